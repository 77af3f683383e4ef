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

    /** The trials, in order and each once; what cannot be one is among the faults. */
    List<PlannedTrial<C>> trials(List<Sweep.Cell> cells, int replicates) {
        Map<String, PlannedTrial<C>> trials = new LinkedHashMap<>();
        for (Sweep.Cell cell : cells) {
            for (Sweep.Cell whole : whole(cell)) {
                for (PlannedTrial<C> trial : replicates(whole, replicates)) {
                    trials.putIfAbsent(trial.identity().trial(), trial);
                }
            }
        }
        return List.copyOf(trials.values());
    }

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

    private List<PlannedTrial<C>> replicates(Sweep.Cell cell, int replicates) {
        List<PlannedTrial<C>> trials = new ArrayList<>();
        LocatedNode tree = tree(cell, faults);
        Optional<C> first = config(tree, cell.wheres());
        first.flatMap(config -> trial(config, tree, cell.wheres())).ifPresent(trials::add);
        for (int i = 1; first.isPresent() && i < replicates; i++) {
            withSeed(tree, first.get().seed(), i)
                    .flatMap(next -> config(next, cell.wheres()).flatMap(config -> trial(config, next, cell.wheres())))
                    .ifPresent(trials::add);
        }
        return trials;
    }

    /** The config of a cell. What is wrong with one that nobody wants need not be mended. */
    private Optional<C> config(LocatedNode tree, List<Sweep.Where> wheres) {
        Faults own = new Faults();
        Optional<C> config = reader.check(tree, BASE, own);
        if (config.isPresent() || !conditions.isSurelyUnwanted(wheres, tree)) {
            faults.addAll(own);
        }
        return config;
    }

    private Optional<PlannedTrial<C>> trial(C config, LocatedNode tree, List<Sweep.Where> wheres) {
        return conditions.isWanted(wheres, config)
                ? Optional.of(new PlannedTrial<>(config, TrialIdentity.of(wrapper, config), new Origins(tree, index)))
                : Optional.empty();
    }

    private Optional<LocatedNode> withSeed(LocatedNode tree, long seed, int replicate) {
        LocatedNode written = LocatedTrees.find(tree, SEED).orElse(tree);
        if (seed > Long.MAX_VALUE - replicate) {
            faults.add(
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
