package dev.assay.store;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * What a failed trial died of, beside the message, which is its cause.
 *
 * @param kind what ended it
 * @param errorClass the class that was thrown
 * @param place the method and line that threw it
 * @param stack the whole stack trace
 */
public record Failure(FailureKind kind, Optional<String> errorClass, Optional<String> place, Optional<String> stack) {

    public static Failure of(FailureKind kind) {
        return new Failure(kind, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What a trial's code threw. */
    public static Failure of(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        StackTraceElement[] frames = thrown.getStackTrace();
        return new Failure(
                FailureKind.ERROR,
                Optional.of(thrown.getClass().getName()),
                frames.length == 0 ? Optional.empty() : Optional.of(frames[0].toString()),
                Optional.of(stack.toString()));
    }

    /** Whether both are the same mistake, as far as can be told: the same kind, thrown at the same place. */
    public boolean isLike(Failure other) {
        return kind == other.kind && errorClass.equals(other.errorClass) && place.equals(other.place);
    }
}
