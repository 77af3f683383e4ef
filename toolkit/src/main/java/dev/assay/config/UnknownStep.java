package dev.assay.config;

import java.util.Collection;

/** Words for a step of a path that leads nowhere. */
final class UnknownStep {
    private UnknownStep() {}

    /** @param known what the step could have been */
    static String message(DotPath path, int at, Collection<String> known) {
        String walked = new DotPath(path.steps().subList(0, at)).toString();
        String name = name(path.steps().get(at));
        String hint = Texts.maybe(name, known);
        return "The path (" + path + ") must lead to a value, but " + name + " is not known"
                + (walked.isEmpty() ? "" : " in " + walked)
                + (known.isEmpty() ? ", which is a single value." : "; known are " + String.join(", ", known) + ".")
                + (hint.isEmpty() ? "" : "\n" + hint);
    }

    static String name(DotPath.Step step) {
        return step instanceof DotPath.Key key ? key.name() : "[" + ((DotPath.Index) step).position() + "]";
    }
}
