package dev.assay.model;

import java.util.Optional;
import java.util.function.Supplier;

/** The mode the current thread runs a model in; DJL's blocks are told no more than whether they train. */
final class CurrentMode {
    private static final ThreadLocal<Optional<Mode>> MODE = ThreadLocal.withInitial(Optional::empty);

    private CurrentMode() {}

    static <T> T within(Mode mode, Supplier<T> body) {
        Optional<Mode> before = MODE.get();
        MODE.set(Optional.of(mode));
        try {
            return body.get();
        } finally {
            MODE.set(before);
        }
    }

    /** The mode; for a block that is run without a {@link Model}, what DJL says. */
    static Mode or(boolean training) {
        return MODE.get().orElse(training ? Mode.TRAIN : Mode.TEST);
    }
}
