package dev.assay.config;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made at its first use. Thread-safe; the supplier may run more than once if threads race, and must not mind. */
final class Lazy<T> {
    private final Supplier<T> supplier;
    private volatile @Nullable T value;

    Lazy(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    T get() {
        T known = value;
        if (known == null) {
            known = supplier.get();
            value = known;
        }
        return known;
    }
}
