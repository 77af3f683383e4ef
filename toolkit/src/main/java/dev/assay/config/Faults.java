package dev.assay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong while reading goes on, so that everything can be told at once. The same fault counts once. Not thread-safe. */
public final class Faults {
    private final Set<Fault> faults = new LinkedHashSet<>();
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

    public void addAll(Faults others) {
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
        List<Fault> sorted = new ArrayList<>(faults);
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
