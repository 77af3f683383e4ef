package dev.assay.query;

/** What values are compared as. */
public enum ValueType {
    NUMBER("a number", true),
    TEXT("text", true),
    /** One of a closed set of names. */
    NAME("a name", false),
    FLAG("true or false", false),
    DURATION("a duration such as '90s' or '1h30m'", true),
    SIZE("a size such as '512MiB' or '1.5GB'", true),
    TIME("a time such as '2026-11-20' or '2026-11-20T18:30'", true),
    /** A mapping or a list, which is there or not and compared with nothing. */
    STRUCTURE("a mapping or list", false);

    private final String expected;
    private final boolean isOrdered;

    ValueType(String expected, boolean isOrdered) {
        this.expected = expected;
        this.isOrdered = isOrdered;
    }

    /** For messages: {@code a number}. */
    public String expected() {
        return expected;
    }

    /** Whether one such value can be less than another. */
    public boolean isOrdered() {
        return isOrdered;
    }
}
