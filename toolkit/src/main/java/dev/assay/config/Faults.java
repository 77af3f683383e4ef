package dev.assay.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong while reading goes on, so that everything can be told at once. The same fault counts once. Not thread-safe. */
public final class Faults {
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Set<Fault> warnings = new LinkedHashSet<>();
    private int additions;

    public void add(Place place, String path, String message) {
        add(new Fault(place, path, message));
    }

    public void add(Place place, String path, String message, String hint) {
        add(new Fault(place, path, message, hint));
    }

    public void add(Fault fault) {
        faults.add(fault);
        additions++;
    }

    /** Notes what should be changed but does no harm. */
    public void warn(Fault warning) {
        warnings.add(warning);
    }

    /** What was warned of, in the order of the places. */
    public List<Fault> warnings() {
        return sorted(warnings);
    }

    public void addAll(Faults others) {
        warnings.addAll(others.warnings);
        faults.addAll(others.faults);
        additions += others.additions;
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** How often a fault was found, known ones included: unchanged over some reading, that reading found none. */
    public int additions() {
        return additions;
    }

    /** In the order of their places; what stands at one place keeps the order in which it was found. */
    public List<Fault> sorted() {
        return sorted(faults);
    }

    private static List<Fault> sorted(Collection<Fault> unsorted) {
        List<Fault> sorted = new ArrayList<>(unsorted);
        sorted.sort(Comparator.comparing(Fault::place));
        return List.copyOf(sorted);
    }

    /**
     * Does nothing if there is no fault.
     *
     * @throws ConfigException if there is a fault
     */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new ConfigException(sorted());
        }
    }
}
