package dev.assay.query;

import dev.assay.error.AssayException;
import java.util.List;
import java.util.stream.Collectors;

/** A query that is no such thing, or names what is not there. */
public final class QueryException extends AssayException {
    private static final long serialVersionUID = 1L;

    private final transient List<QueryFault> faults;

    QueryException(String query, List<QueryFault> faults) {
        super(faults.stream().map(fault -> shown(query, fault)).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong, in the order of the columns. */
    public List<QueryFault> faults() {
        return faults;
    }

    private static String shown(String query, QueryFault fault) {
        return fault.message() + "\n  " + query.replaceAll("\\s", " ") + "\n  " + " ".repeat(fault.column() - 1) + "^"
                + (fault.hint().isEmpty() ? "" : "\n" + fault.hint());
    }
}
