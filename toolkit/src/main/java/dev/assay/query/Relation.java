package dev.assay.query;

/** How two values may stand to one another. */
public enum Relation {
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    static Relation of(String sign) {
        for (Relation relation : values()) {
            if (relation.sign.equals(sign)) {
                return relation;
            }
        }
        throw new IllegalArgumentException("The sign (" + sign + ") must be one of the grammar's.");
    }

    boolean isOfOrder() {
        return this != EQUAL && this != UNEQUAL;
    }

    /** The same said from the other side: {@code 1 < x} is {@code x > 1}. */
    Relation turned() {
        return switch (this) {
            case EQUAL, UNEQUAL -> this;
            case LESS -> GREATER;
            case AT_MOST -> AT_LEAST;
            case GREATER -> LESS;
            case AT_LEAST -> AT_MOST;
        };
    }

    /** @param order of one to the other, as {@link Comparable} has it */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }
}
