package dev.assay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The way from every {@code schemaVersion} there ever was to the present one. A file says its version by the key {@code schemaVersion}; one without it is
 * of version 1, the first, so that what was written before there were versions is migrated, too. Immutable and thread-safe.
 */
public final class Migrations {
    /** The key that says the version of a file. */
    public static final String KEY = "schemaVersion";

    private final List<Migration> steps;

    private Migrations(List<Migration> steps) {
        this.steps = List.copyOf(steps);
    }

    /** No migration: version 1 is the present one. */
    public static Migrations none() {
        return new Migrations(List.of());
    }

    /**
     * Some migrations, in any order.
     *
     * @throws IllegalArgumentException unless there is exactly one for each version from 1 on
     */
    public static Migrations of(List<Migration> migrations) {
        List<Migration> sorted = new ArrayList<>(migrations);
        sorted.sort(Comparator.comparingInt(Migration::from));
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).from() != i + 1) {
                throw new IllegalArgumentException("The migrations must begin with the versions 1 to " + sorted.size()
                        + ", one each, but " + sorted.get(i).getClass().getName() + " begins with "
                        + sorted.get(i).from() + ".");
            }
        }
        return new Migrations(sorted);
    }

    /** Those on the class path. */
    public static Migrations registered() {
        return of(ServiceLoader.load(Migration.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** The present version. */
    public int current() {
        return steps.size() + 1;
    }

    /** A tree in the present version, without the key for it; what is migrated is among the warnings, a version that cannot be read among the faults. */
    public LocatedNode apply(LocatedNode tree, Faults faults) {
        if (!(tree instanceof LocatedNode.Mapping written)) {
            return tree;
        }
        Optional<LocatedNode.Entry> entry = written.find(KEY);
        LocatedNode.Mapping migrated = written.without(KEY);
        Place place = entry.map(known -> known.value().place()).orElse(written.place());
        for (Migration step : steps.subList(version(entry, faults) - 1, steps.size())) {
            LocatedNode.Mapping before = migrated;
            migrated = step.migrate(before);
            if (!migrated.equals(before)) {
                faults.warn(
                        new Fault(place, KEY, "This was read as version " + step.from() + ". " + step.description()));
            }
        }
        return migrated;
    }

    private int version(Optional<LocatedNode.Entry> entry, Faults faults) {
        Faults own = new Faults();
        Optional<Object> read = entry.flatMap(known ->
                new Checker(own, Checker.Mode.WRITTEN).read(ScalarType.INT, known.value(), KEY, known.keyPlace()));
        faults.addAll(own);
        int version = read.map(Integer.class::cast).orElse(entry.isPresent() ? current() : 1);
        if (version < 1 || version > current()) {
            faults.add(
                    entry.orElseThrow().value().place(),
                    KEY,
                    "The version (" + version + ") must be from 1 to " + current() + ".",
                    version < 1 ? "" : "Maybe a newer version of this program wrote the file.");
            return current();
        }
        return version;
    }
}
