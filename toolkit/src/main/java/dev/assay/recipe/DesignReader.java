package dev.assay.recipe;

import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the shape of a design: which cells around a base tell what its factors do. What its paths and values mean is checked in the cells. */
final class DesignReader {
    static final String LEAVE_ONE_OUT = "leave-one-out";
    static final String ONE_AT_A_TIME = "one-factor-at-a-time";
    static final String FULL = "full-factorial";
    static final String FRACTION = "fractional-factorial";
    static final List<String> KINDS = List.of(LEAVE_ONE_OUT, ONE_AT_A_TIME, FULL, FRACTION);

    private static final List<String> KEYS = List.of("kind", "factors", "resolution");
    private static final String PATH = "design";
    private static final int DEFAULT_RESOLUTION = 4;

    private final SweepReader sweep;
    private final Faults faults;

    /** @param sweep reads the factors, and so knows their settings */
    DesignReader(SweepReader sweep, Faults faults) {
        this.sweep = sweep;
        this.faults = faults;
    }

    /** The cells; any where the shape is wrong, which is then among the faults. */
    Sweep read(LocatedNode node) {
        if (!(node instanceof LocatedNode.Mapping mapping)) {
            faults.add(node.place(), PATH, node.found() + " but must be a mapping with kind and factors.");
            return nothing();
        }
        for (LocatedNode.Entry entry : mapping.entries()) {
            if (!KEYS.contains(entry.key())) {
                faults.add(
                        entry.keyPlace(),
                        PATH + "." + entry.key(),
                        "This key is not known; known are " + String.join(", ", KEYS) + ".",
                        Texts.maybe(entry.key(), KEYS));
            }
        }
        Optional<String> kind = kind(mapping);
        int before = faults.additions();
        List<List<Sweep.Setting>> axes = axes(mapping);
        kind.ifPresent(known -> check(known, axes, mapping));
        return kind.isEmpty() || axes.isEmpty() || faults.additions() != before
                ? nothing()
                : sweep(kind.get(), axes, mapping);
    }

    /** The paths of a design without faults whose first cell is the base as it is; none of another kind. */
    static List<String> pathsAround(LocatedNode design) {
        if (!(design instanceof LocatedNode.Mapping mapping)) {
            return List.of();
        }
        boolean isAround = mapping.find("kind")
                .map(LocatedNode.Entry::value)
                .filter(LocatedNode.Scalar.class::isInstance)
                .map(kind -> ((LocatedNode.Scalar) kind).text())
                .filter(List.of(LEAVE_ONE_OUT, ONE_AT_A_TIME)::contains)
                .isPresent();
        return mapping.find("factors")
                .filter(factors -> isAround && factors.value() instanceof LocatedNode.Mapping)
                .map(factors -> ((LocatedNode.Mapping) factors.value())
                        .entries().stream().map(LocatedNode.Entry::key).toList())
                .orElse(List.of());
    }

    private Optional<String> kind(LocatedNode.Mapping mapping) {
        Optional<LocatedNode.Entry> entry = mapping.find("kind");
        if (entry.isEmpty()) {
            faults.add(mapping.place(), PATH + ".kind", "The key (kind) is missing; it is one of " + kinds() + ".");
            return Optional.empty();
        }
        LocatedNode value = entry.get().value();
        if (value instanceof LocatedNode.Scalar scalar && KINDS.contains(scalar.text())) {
            return Optional.of(scalar.text());
        }
        faults.add(
                value.place(),
                PATH + ".kind",
                value.found() + " but must be one of " + kinds() + ".",
                value instanceof LocatedNode.Scalar scalar ? Texts.maybe(scalar.text(), KINDS) : "");
        return Optional.empty();
    }

    private static String kinds() {
        return String.join(", ", KINDS);
    }

    private List<List<Sweep.Setting>> axes(LocatedNode.Mapping mapping) {
        Optional<LocatedNode.Entry> factors = mapping.find("factors");
        if (factors.isEmpty()) {
            faults.add(mapping.place(), PATH + ".factors", "The key (factors) is missing: paths with lists of values.");
            return List.of();
        }
        List<List<Sweep.Setting>> axes = sweep.axes(factors.get().value(), PATH + ".factors");
        if (factors.get().value() instanceof LocatedNode.Mapping written
                && written.entries().isEmpty()) {
            faults.add(written.place(), PATH + ".factors", "There must be a factor.");
        }
        return axes;
    }

    private void check(String kind, List<List<Sweep.Setting>> axes, LocatedNode.Mapping mapping) {
        if (kind.equals(LEAVE_ONE_OUT)) {
            requireValues(axes, 1, "the value it has when left out");
        }
        if (kind.equals(FRACTION)) {
            requireValues(axes, 2, "low and high");
            resolution(mapping);
        } else {
            mapping.find("resolution")
                    .ifPresent(entry -> faults.add(
                            entry.keyPlace(), PATH + ".resolution", "Only a " + FRACTION + " has a resolution."));
        }
    }

    private Sweep sweep(String kind, List<List<Sweep.Setting>> axes, LocatedNode.Mapping mapping) {
        return switch (kind) {
            case LEAVE_ONE_OUT, ONE_AT_A_TIME -> around(axes);
            case FULL -> new Sweep.Product(axes.stream().map(DesignReader::axis).toList());
            default -> fraction(axes, mapping);
        };
    }

    private void requireValues(List<List<Sweep.Setting>> axes, int count, String what) {
        axes.stream()
                .filter(axis -> axis.size() != count)
                .forEach(axis -> faults.add(
                        axis.get(0).place(),
                        PATH + ".factors." + axis.get(0).path(),
                        "There are " + axis.size() + " values, but a factor has " + count + " here: " + what + "."));
    }

    private static Sweep axis(List<Sweep.Setting> axis) {
        return new Sweep.Listed(
                axis.stream().map(setting -> Sweep.Cell.of(List.of(setting))).toList());
    }

    /** The base, then the base with one value of one factor after another. */
    private static Sweep around(List<List<Sweep.Setting>> axes) {
        List<Sweep> parts = new ArrayList<>(List.of(new Sweep.Product(List.of())));
        axes.forEach(axis -> parts.add(axis(axis)));
        return new Sweep.Union(parts);
    }

    private Sweep fraction(List<List<Sweep.Setting>> axes, LocatedNode.Mapping mapping) {
        int resolution = resolution(mapping);
        Optional<int[]> columns = TwoLevelFraction.smallest(axes.size(), resolution);
        if (columns.isEmpty()) {
            faults.add(
                    mapping.place(),
                    PATH,
                    "There is no fraction of " + axes.size() + " factors with resolution " + resolution
                            + ": 3 to " + TwoLevelFraction.MOST_FACTORS
                            + " factors have one of resolution 3, 4 or more one of"
                            + " resolution 4, 5 or more one of resolution 5.",
                    axes.size() > TwoLevelFraction.MOST_FACTORS ? "" : "Maybe take kind: " + FULL + ".");
            return nothing();
        }
        return listed(axes, columns.get());
    }

    private static Sweep listed(List<List<Sweep.Setting>> axes, int[] columns) {
        int runs = 2 * Arrays.stream(columns).map(Integer::highestOneBit).max().orElse(0);
        return new Sweep.Listed(IntStream.range(0, runs)
                .mapToObj(run -> Sweep.Cell.of(IntStream.range(0, columns.length)
                        .mapToObj(i -> axes.get(i).get(TwoLevelFraction.level(columns[i], run)))
                        .toList()))
                .toList());
    }

    private int resolution(LocatedNode.Mapping mapping) {
        Optional<LocatedNode> value = mapping.find("resolution").map(LocatedNode.Entry::value);
        if (value.isPresent()
                && value.get() instanceof LocatedNode.Scalar scalar
                && scalar.text().matches("[345]")) {
            return Integer.parseInt(scalar.text());
        }
        value.ifPresent(
                node -> faults.add(
                        node.place(),
                        PATH + ".resolution",
                        node.found()
                                + " but must be 3 (effects mixed with interactions of two), 4 (these mixed with one another) or 5."));
        return DEFAULT_RESOLUTION;
    }

    private static Sweep nothing() {
        return new Sweep.Product(List.of());
    }
}
