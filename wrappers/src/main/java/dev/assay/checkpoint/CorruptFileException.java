package dev.assay.checkpoint;

import dev.assay.error.AssayException;
import java.nio.file.Path;

/** A file of tensors is damaged or is no such file. */
public final class CorruptFileException extends AssayException {
    private static final long serialVersionUID = 1L;

    CorruptFileException(Path file, String what) {
        super("File (" + file + ") is damaged: " + what + ".\nMaybe it was not copied to its end.");
    }

    CorruptFileException(Path file, String what, Throwable cause) {
        super("File (" + file + ") is damaged: " + what + ".", cause);
    }
}
