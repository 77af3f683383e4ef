package dev.assay.recipe;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DotPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.LocatedTrees;
import dev.assay.config.Place;
import dev.assay.config.RunConfig;
import dev.assay.identity.TrialIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Turns the base and the cells of a sweep into trials, checking each whole. */
final class Cells<C extends RunConfig> {
    /** More trials than anyone means to ask for. */
    static final int MOST = 100_000;

    private static final String BASE = "base";
    private static final DotPath SEED = DotPath.parse("seed");

    private final String wrapper;
    private final ConfigReader<C> reader;
    private final LocatedNode base;
    private final LayerIndex index;
    private final SweepConditions conditions;
    private final Faults faults;

    Cells(
            String wrapper,
            ConfigReader<C> reader,
            LocatedNode base,
            LayerIndex index,
            SweepConditions conditions,
            Faults faults) {
        this.wrapper = wrapper;
        this.reader = reader;
        this.base = withSeed(base);
        this.index = index;
        this.conditions = conditions;
        this.faults = faults;
    }

    private static LocatedNode withSeed(LocatedNode base) {
        if (!(base instanceof LocatedNode.Mapping mapping)
                || mapping.find("seed").isPresent()) {
            return base;
        }
        Place place = Origin.DEFAULT.place();
        return LocatedTrees.set(base, SEED, new LocatedNode.Scalar(place, LocatedNode.Form.INTEGER, "1"), place);
    }

    /** Checks what can be checked while the cells cannot be made: the base as far as it goes, and each value of the sweep in it. */
    void checkParts(List<Sweep.Setting> settings) {
        reader.checkPart(base, BASE, faults);
        for (Sweep.Setting setting : settings) {
            Faults inCell = new Faults();
            reader.checkPart(tree(Sweep.Cell.of(List.of(setting)), inCell), BASE, inCell);
            faults.addAll(inCell);
        }
    }

    /**
     * The trials, in order and each once; what cannot be one is among the faults. They are checked side by side, since thousands take longer
     * than anyone likes to wait for a plan.
     */
    List<PlannedTrial<C>> trials(List<Sweep.Cell> cells, int replicates) {
        List<List<Checked<C>>> checked = cells.parallelStream()
                .flatMap(cell -> whole(cell).stream())
                .map(cell -> replicates(cell, replicates))
                .toList();
        Map<String, PlannedTrial<C>> trials = new LinkedHashMap<>();
        checked.stream().flatMap(List::stream).forEach(each -> {
            faults.addAll(each.faults);
            each.trial.ifPresent(trial -> trials.putIfAbsent(trial.identity().trial(), trial));
        });
        return List.copyOf(trials.values());
    }

    /** What came of checking one config: what is wrong with it, and the trial if it is wanted. */
    private record Checked<C extends RunConfig>(Optional<C> config, Optional<PlannedTrial<C>> trial, Faults faults) {}

    /** The cells that come of one when all is done that depends on its values. */
    private List<Sweep.Cell> whole(Sweep.Cell cell) {
        if (cell.whens().isEmpty()) {
            return List.of(cell);
        }
        Sweep.When when = cell.whens().get(0);
        Sweep.Cell rest = cell.withoutFirstWhen();
        return value(tree(rest, new Faults()), when.path())
                .flatMap(when::of)
                .map(sweep -> sweep.cells().stream()
                        .flatMap(more -> whole(rest.and(more)).stream())
                        .toList())
                .orElseGet(() -> whole(rest));
    }

    /** The value at a path, as it was written or by default. */
    private Optional<String> value(LocatedNode tree, DotPath path) {
        Optional<LocatedNode> written = LocatedTrees.find(tree, path);
        if (written.isPresent()) {
            return written.filter(LocatedNode.Scalar.class::isInstance).map(node -> ((LocatedNode.Scalar) node).text());
        }
        return reader.check(tree, BASE, new Faults())
                .map(config -> path.in(ConfigWriter.toJson(config)))
                .filter(value -> !value.isMissingNode())
                .map(JsonNode::asString);
    }

    private List<Checked<C>> replicates(Sweep.Cell cell, int replicates) {
        Faults own = new Faults();
        LocatedNode tree = tree(cell, own);
        Checked<C> first = checked(tree, cell.wheres(), own);
        if (first.config.isEmpty()) {
            return List.of(first);
        }
        long seed = first.config.get().seed();
        IntStream others = IntStream.range(1, replicates).parallel();
        return Stream.concat(Stream.of(first), others.mapToObj(i -> replicate(tree, cell.wheres(), seed, i)))
                .toList();
    }

    private Checked<C> replicate(LocatedNode tree, List<Sweep.Where> wheres, long seed, int replicate) {
        Faults own = new Faults();
        return withSeed(tree, seed, replicate, own)
                .map(next -> checked(next, wheres, own))
                .orElseGet(() -> new Checked<>(Optional.empty(), Optional.empty(), own));
    }

    /** What is wrong with a config that nobody wants need not be mended. */
    private Checked<C> checked(LocatedNode tree, List<Sweep.Where> wheres, Faults own) {
        Faults found = new Faults();
        Optional<C> config = reader.check(tree, BASE, found);
        if (config.isPresent() || !conditions.isSurelyUnwanted(wheres, tree)) {
            own.addAll(found);
        }
        Optional<PlannedTrial<C>> trial = config.filter(wanted -> conditions.isWanted(wheres, wanted))
                .map(wanted -> new PlannedTrial<>(wanted, TrialIdentity.of(wrapper, wanted), new Origins(tree, index)));
        return new Checked<>(config, trial, own);
    }

    private static Optional<LocatedNode> withSeed(LocatedNode tree, long seed, int replicate, Faults own) {
        LocatedNode written = LocatedTrees.find(tree, SEED).orElse(tree);
        if (seed > Long.MAX_VALUE - replicate) {
            own.add(
                    written.place(),
                    "base.seed",
                    "The seed (" + seed + ") is too large to count the replicates up from.");
            return Optional.empty();
        }
        LocatedNode next =
                new LocatedNode.Scalar(written.place(), LocatedNode.Form.INTEGER, Long.toString(seed + replicate));
        return Optional.of(LocatedTrees.set(tree, SEED, next, written.place()));
    }

    /** The base with the cell's settings; whole objects are set before what lies in them. What cannot be set is a fault and left out. */
    private LocatedNode tree(Sweep.Cell cell, Faults into) {
        List<Sweep.Setting> settings = new ArrayList<>(cell.settings());
        settings.sort(Comparator.comparingInt(setting -> setting.path().steps().size()));
        LocatedNode tree = base;
        for (Sweep.Setting setting : settings) {
            try {
                // A key missing in an object is told where the object stands, anything else about the path where the
                // path stands.
                Place place = setting.value() instanceof LocatedNode.Mapping object ? object.place() : setting.place();
                tree = LocatedTrees.set(tree, setting.path(), setting.value(), place);
            } catch (IllegalArgumentException e) {
                into.add(setting.place(), BASE + "." + setting.path(), String.valueOf(e.getMessage()));
            }
        }
        return tree;
    }
}
