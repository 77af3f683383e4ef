package dev.assay.error;

/**
 * Something Assay cannot go on with. The message says what is wrong with names and values, what was expected and, where it
 * is known, on the next line what may be the reason ("Maybe …"); it is meant to be shown to a person without a stack trace.
 */
public class AssayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AssayException(String message) {
        super(message);
    }

    public AssayException(String message, Throwable cause) {
        super(message, cause);
    }
}
