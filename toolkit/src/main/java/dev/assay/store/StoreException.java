package dev.assay.store;

import dev.assay.error.AssayException;

/** The store cannot be opened, or cannot do what was asked; the message says which and why. */
public class StoreException extends AssayException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
