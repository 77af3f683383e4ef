package dev.assay.statistics;

import dev.assay.error.AssayException;

/** A sample that a statistic is not defined for: too few values, no spread, values that are no numbers. */
public final class UnsuitableSampleException extends AssayException {
    private static final long serialVersionUID = 1L;

    UnsuitableSampleException(String message) {
        super(message);
    }
}
