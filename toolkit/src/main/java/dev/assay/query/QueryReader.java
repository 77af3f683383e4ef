package dev.assay.query;

import dev.assay.query.grammar.QueryLexer;
import dev.assay.query.grammar.QueryParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;

/**
 * Reads conditions, orders and lists of fields, and checks them against the types of the fields. Immutable and thread-safe.
 *
 * @param <R> the rows they are about
 */
public final class QueryReader<R> {
    private final Fields<R> fields;

    public QueryReader(Fields<R> fields) {
        this.fields = fields;
    }

    /**
     * Reads a condition: {@code train.optimizer.lr < 0.01 and metrics.val.accuracy > 0.9}.
     *
     * @throws QueryException with every fault
     */
    public Condition<R> condition(String text) {
        return read(text, QueryParser::condition, QueryReading<R>::condition);
    }

    /**
     * Reads an order: {@code metrics.val.accuracy desc, seed}.
     *
     * @throws QueryException with every fault
     */
    public Comparator<R> order(String text) {
        return read(text, QueryParser::order, QueryReading<R>::order).orElseThrow();
    }

    /**
     * Reads fields: {@code train.optimizer.lr, metrics.val.accuracy}.
     *
     * @throws QueryException with every fault
     */
    public List<Field<R>> fields(String text) {
        return read(text, QueryParser::fields, QueryReading<R>::fields);
    }

    private <T, V> V read(String text, Function<QueryParser, T> rule, Reading<R, T, V> reading) {
        List<QueryFault> faults = new ArrayList<>();
        QueryParser parser = new QueryParser(new CommonTokenStream(new QueryLexer(CharStreams.fromString(text))));
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxFaults(faults));
        T tree = rule.apply(parser);
        // What the parser makes of a text that it does not understand is guesswork: nothing more is said of it.
        if (!faults.isEmpty()) {
            throw new QueryException(text, faults.subList(0, 1));
        }
        V value = reading.of(new QueryReading<>(fields, faults), tree);
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(QueryFault::column));
            throw new QueryException(text, faults);
        }
        return value;
    }

    /** What is made of a tree. */
    private interface Reading<R, T, V> {
        V of(QueryReading<R> reading, T tree);
    }
}
