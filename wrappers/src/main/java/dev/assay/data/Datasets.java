package dev.assay.data;

import dev.assay.error.AssayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The partitions of a trial: the one that is trained on and those that are evaluated, by name and in order. Immutable. */
public final class Datasets {
    private final Partition train;
    private final Map<String, Partition> evaluated;
    private final Map<String, Role> roles;

    private Datasets(Partition train, Map<String, Partition> evaluated, Map<String, Role> roles) {
        this.train = train;
        this.evaluated = evaluated;
        this.roles = roles;
    }

    /** Only training data; add what is evaluated by {@link #with}. */
    public static Datasets training(Partition train) {
        return new Datasets(train, Map.of(), Map.of());
    }

    /**
     * These and one more evaluated partition.
     *
     * @throws AssayException if there is a partition of that name
     */
    public Datasets with(String name, Role role, Partition partition) {
        Map<String, Partition> more = new LinkedHashMap<>(evaluated);
        if (name.equals("train") || more.put(name, partition) != null) {
            throw new AssayException("There is a partition (" + name + ") already.");
        }
        Map<String, Role> moreRoles = new LinkedHashMap<>(roles);
        moreRoles.put(name, role);
        return new Datasets(train, more, moreRoles);
    }

    public Partition train() {
        return train;
    }

    /** Evaluated partitions by name, in order of addition. */
    public Map<String, Partition> evaluated() {
        return Collections.unmodifiableMap(evaluated);
    }

    /**
     * The evaluated partition of that name.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public Partition evaluated(String name) {
        Partition partition = evaluated.get(name);
        if (partition == null) {
            throw new AssayException(
                    "There is no partition (" + name + ") to evaluate; there is " + evaluated.keySet() + ".");
        }
        return partition;
    }

    /** What each evaluated partition is for, by name, in order of addition. */
    public Map<String, Role> roles() {
        return Collections.unmodifiableMap(roles);
    }
}
