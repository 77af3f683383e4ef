package dev.assay.cli;

import dev.assay.config.DotPath;
import dev.assay.error.AssayException;

/** Paths into a run config, as people give them to commands: also with {@code base.} in front, as {@code --set} has it. */
final class RunPath {
    private RunPath() {}

    static DotPath parse(String text) {
        try {
            DotPath path = DotPath.parse(text);
            boolean whole = path.steps().size() > 1 && path.steps().get(0).equals(new DotPath.Key("base"));
            return whole ? path.tail() : path;
        } catch (IllegalArgumentException e) {
            throw new AssayException(String.valueOf(e.getMessage()), e);
        }
    }
}
