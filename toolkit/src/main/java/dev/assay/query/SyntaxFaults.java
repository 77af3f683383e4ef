package dev.assay.query;

import dev.assay.query.grammar.QueryLexer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says in plain words where a text leaves the grammar. */
final class SyntaxFaults extends BaseErrorListener {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(QueryLexer.NAME, "a field"),
            Map.entry(QueryLexer.QUOTED, "a field"),
            Map.entry(QueryLexer.NUMBER, "a number"),
            Map.entry(QueryLexer.TEXT, "text in single quotes"),
            Map.entry(QueryLexer.COMPARATOR, "a comparison such as < or ="),
            Map.entry(QueryLexer.INDEX, "an index"),
            Map.entry(Token.EOF, "the end"));

    private final List<QueryFault> faults;

    SyntaxFaults(List<QueryFault> faults) {
        this.faults = faults;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object offending,
            int line,
            int column,
            String message,
            @Nullable RecognitionException e) {
        Token token = (Token) offending;
        boolean isEnd = token.getType() == Token.EOF;
        String found = isEnd ? "The query ends" : "There stands (" + token.getText() + ")";
        faults.add(new QueryFault(
                token.getStartIndex() + 1,
                found + ", but expected is " + expected((Parser) recognizer) + ".",
                hint(token)));
    }

    private static String expected(Parser parser) {
        IntervalSet expected = parser.getExpectedTokens();
        TreeSet<String> words = new TreeSet<>();
        for (int type : expected.toList()) {
            String name = parser.getVocabulary().getDisplayName(type).replace("'", "");
            words.add(WORDS.getOrDefault(type, name.toLowerCase(Locale.ROOT)));
        }
        return String.join(", ", words);
    }

    private static String hint(Token token) {
        return switch (token.getText()) {
            case "==" -> "Maybe = was meant.";
            case "&&", "&" -> "Maybe and was meant.";
            case "||", "|" -> "Maybe or was meant.";
            case "!" -> "Maybe not was meant.";
            case "'" -> "Maybe the text lacks its closing quote.";
            default -> "";
        };
    }
}
