package dev.assay.engine;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;

/** The native arrays of this process, wherever they belong. */
public final class LiveArrays {
    private LiveArrays() {}

    /**
     * Number of arrays that were made and not freed: those of all managers that were not closed. An array that was
     * detached belongs to none and is not counted. Arrays made meanwhile in other threads may
     * count or not.
     */
    public static long count() {
        try (NDManager below = NDManager.newBaseManager()) {
            return count(below.getParentManager());
        }
    }

    private static long count(NDManager manager) {
        long count = 0;
        for (Object resource : resources(manager).values()) {
            if (resource instanceof NDManager inner) {
                count += count(inner);
            } else if (resource instanceof NDArray) {
                count++;
            }
        }
        return count;
    }

    /** DJL tells the arrays of a manager, but not the managers below it. */
    private static Map<?, ?> resources(NDManager manager) {
        try {
            Field resources = BaseNDManager.class.getDeclaredField("resources");
            resources.setAccessible(true);
            return (Map<?, ?>) resources.get(manager);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This DJL keeps what a manager owns elsewhere.", e);
        }
    }
}
