package dev.assay.data;

import dev.assay.error.AssayException;

/** A file could not be fetched, or what came is not what was expected. */
public final class DownloadFailedException extends AssayException {
    private static final long serialVersionUID = 1L;

    DownloadFailedException(String message) {
        super(message);
    }

    DownloadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
