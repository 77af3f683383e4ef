package dev.assay.analysis;

/**
 * Something about an experiment that makes its answer weaker than it looks.
 *
 * @param kind which
 * @param fact what is the case, with names and numbers
 * @param reason why it matters
 * @param advice what to do
 */
public record Warning(Kind kind, String fact, String reason, String advice) {

    /** What may be wrong with a design. */
    public enum Kind {
        /** Cells have different numbers of values. */
        IMBALANCE,
        /** Too few seeds to tell chance from effect. */
        TOO_FEW_REPLICATES,
        /** Factors vary together. */
        CONFOUNDED,
        /** What should judge the result has chosen it. */
        TUNED_ON_TEST,
        /** The best of many is partly luck. */
        BEST_OF_MANY,
        /** A search chose the trials by their results. */
        BIASED_SEARCH
    }

    /** In three sentences. */
    @Override
    public String toString() {
        return fact + " " + reason + " " + advice;
    }
}
