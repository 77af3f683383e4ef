package dev.assay.graph.op;

import dev.assay.error.AssayException;

/** An op was given shapes it cannot take. */
public final class ShapeMismatchException extends AssayException {
    private static final long serialVersionUID = 1L;

    public ShapeMismatchException(String message) {
        super(message);
    }
}
