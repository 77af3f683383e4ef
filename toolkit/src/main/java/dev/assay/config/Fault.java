package dev.assay.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place where it was written
 * @param path dot path of the key or value; empty for the file as a whole
 * @param message what was found and what was expected, a sentence
 * @param hint what may have been meant, a sentence that begins with "Maybe"; empty where that is not known
 */
public record Fault(Place place, String path, String message, String hint) {

    public Fault(Place place, String path, String message) {
        this(place, path, message, "");
    }

    /** {@code file:line:column path: message}, and the hint on a line of its own. */
    @Override
    public String toString() {
        return place + (path.isEmpty() ? "" : " " + path) + ": " + message + (hint.isEmpty() ? "" : "\n  " + hint);
    }
}
