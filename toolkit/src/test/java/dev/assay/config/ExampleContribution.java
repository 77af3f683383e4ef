package dev.assay.config;

import java.util.List;
import org.immutables.value.Value;

/** What another module adds: an activation, and two things of one kind, which is wrong. */
public final class ExampleContribution implements ConfigAlternatives {
    /** Something below zero. */
    @Config
    @Kind("leaky")
    public interface Leaky extends ExampleActivation {
        @Value.Default
        default double slope() {
            return 0.01;
        }

        @Override
        default double of(double x) {
            return x < 0 ? slope() * x : x;
        }
    }

    /** A choice whose only alternatives clash. */
    @Open
    public interface Clashing extends Validated {}

    /** The first of its kind. */
    @Config
    @Kind("same")
    public interface First extends Clashing {}

    /** The second of that kind. */
    @Config
    @Kind("same")
    public interface Second extends Clashing {}

    @Override
    public List<Class<? extends Validated>> alternatives() {
        return List.of(Leaky.class, First.class);
    }

    /** What a third module adds. */
    public static final class Other implements ConfigAlternatives {
        @Override
        public List<Class<? extends Validated>> alternatives() {
            return List.of(Second.class);
        }
    }
}
