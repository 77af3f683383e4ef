package dev.assay.recipe;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigType;
import dev.assay.config.DotPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.RunConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One recipe being made from its tree. Every part is checked even where another is faulty. */
final class RecipeAssembly {
    private static final ConfigReader<RecipeFile> KEYS = ConfigReader.of(RecipeFile.class);

    private final Map<String, Class<? extends RunConfig>> wrappers;
    private final Path file;
    private final LocatedNode root;
    private final LayerIndex index;
    private final Faults faults;

    RecipeAssembly(
            Map<String, Class<? extends RunConfig>> wrappers,
            Path file,
            LocatedNode root,
            LayerIndex index,
            Faults faults) {
        this.wrappers = wrappers;
        this.file = file;
        this.root = root;
        this.index = index;
        this.faults = faults;
    }

    /** The recipe, if nothing is wrong with it. */
    Optional<Recipe<? extends RunConfig>> recipe() {
        Optional<RecipeFile> keys = KEYS.check(root, "", faults);
        Optional<String> wrapper = find("wrapper").flatMap(this::wrapper);
        SweepReader sweepReader = new SweepReader(faults);
        int before = faults.additions();
        Sweep sweep = sweep(sweepReader);
        boolean sound = faults.additions() == before
                && isBounded(sweep, keys.map(RecipeFile::replicates).orElse(1));
        return wrapper.flatMap(name -> Optional.ofNullable(wrappers.get(name))
                .flatMap(type -> typed(name, type, keys, sound ? Optional.of(sweep) : Optional.empty(), sweepReader)));
    }

    private Sweep sweep(SweepReader reader) {
        Optional<Sweep> design = find("design").map(node -> new DesignReader(reader, faults).read(node));
        Optional<Sweep> sweep = find("sweep").map(node -> reader.read(node, "sweep"));
        if (design.isPresent() && sweep.isPresent() && root instanceof LocatedNode.Mapping mapping) {
            return reader.joined(design.get(), sweep.get(), mapping);
        }
        return design.or(() -> sweep).orElseGet(() -> new Sweep.Product(List.of()));
    }

    private Optional<LocatedNode> find(String key) {
        return root instanceof LocatedNode.Mapping mapping
                ? mapping.find(key).map(LocatedNode.Entry::value)
                : Optional.empty();
    }

    private Optional<String> wrapper(LocatedNode node) {
        List<String> names = List.copyOf(wrappers.keySet());
        Faults own = new Faults();
        Optional<Object> name = ConfigTrees.check(new ConfigType.EnumType(names, names), node, "wrapper", own);
        // What is no text at all is told by the check of the keys.
        if (node instanceof LocatedNode.Scalar scalar && scalar.form() == LocatedNode.Form.TEXT) {
            faults.addAll(own);
        }
        return name.map(Object::toString);
    }

    private boolean isBounded(Sweep sweep, int replicates) {
        long size = multiplied(sweep.size(), replicates);
        if (size > Cells.MOST) {
            LocatedNode at = find("sweep").orElse(root);
            String count = size == Long.MAX_VALUE ? "more than can be counted" : Long.toString(size);
            faults.add(at.place(), "sweep", "The trials (" + count + ") must be at most " + Cells.MOST + ".");
        }
        return size <= Cells.MOST;
    }

    private static long multiplied(long size, int replicates) {
        return size > Long.MAX_VALUE / replicates ? Long.MAX_VALUE : size * replicates;
    }

    private <C extends RunConfig> Optional<Recipe<? extends RunConfig>> typed(
            String wrapper, Class<C> type, Optional<RecipeFile> keys, Optional<Sweep> sweep, SweepReader read) {
        BaselineReader baseline = new BaselineReader(ConfigType.of(type), faults);
        Recipe.ReportSettings report = baseline.read(find("report"), keys);
        Optional<LocatedNode> base = find("base");
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int before = faults.additions();
        SweepConditions conditions = new SweepConditions(ConfigType.of(type), faults);
        conditions.check(read.wheres(), read.whens());
        Cells<C> cells = new Cells<>(wrapper, ConfigReader.of(type), base.get(), index, conditions, faults);
        if (sweep.isEmpty() || faults.additions() != before) {
            cells.checkParts(read.settings());
            return Optional.empty();
        }
        int replicates = keys.map(RecipeFile::replicates).orElse(1);
        List<PlannedTrial<C>> trials = cells.trials(sweep.get().cells(), replicates);
        if (faults.isEmpty() && trials.isEmpty()) {
            LocatedNode at = find("sweep").orElse(root);
            faults.add(at.place(), "sweep", "There must be a trial, but no cell holds the conditions.");
        }
        if (faults.isEmpty()) {
            baseline.match(find("report"), report, trials);
        }
        return keys.map(known -> new Recipe<>(
                known.experiment(),
                known.description(),
                wrapper,
                file,
                withBaseline(report, trials),
                trials,
                index.sources(),
                faults.warnings()));
    }

    /** A design around a base compares with it, unless another baseline was named. */
    private Recipe.ReportSettings withBaseline(Recipe.ReportSettings report, List<? extends PlannedTrial<?>> trials) {
        Optional<LocatedNode> design = find("design");
        if (!report.baseline().isEmpty() || find("sweep").isPresent() || trials.isEmpty()) {
            return report;
        }
        Map<String, JsonNode> baseline = new LinkedHashMap<>();
        design.map(DesignReader::pathsAround).orElse(List.of()).forEach(path -> {
            JsonNode value = DotPath.parse(path).in(trials.get(0).json());
            if (!value.isMissingNode()) {
                baseline.put(path, value);
            }
        });
        return new Recipe.ReportSettings(report.metric(), baseline);
    }
}
