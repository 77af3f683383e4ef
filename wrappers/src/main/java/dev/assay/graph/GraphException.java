package dev.assay.graph;

import dev.assay.error.AssayException;

/** A graph that cannot be: a name that is missing, meant twice or ambiguous, or nodes that wait for one another. */
public final class GraphException extends AssayException {
    private static final long serialVersionUID = 1L;

    public GraphException(String message) {
        super(message);
    }
}
