package dev.assay.error;

/** Something that is needed is not there: a file, a store, a trial, data. */
public class NotFoundException extends AssayException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
