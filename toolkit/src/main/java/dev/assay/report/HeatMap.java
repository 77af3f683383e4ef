package dev.assay.report;

import java.util.List;
import java.util.Locale;

/**
 * A table of numbers from 0 to 1 to be drawn in colours, such as the similarities of all layers of two networks. The first row is at the bottom, so that
 * the diagonal rises; a number outside of 0 to 1 has the colour of the nearer end.
 *
 * @param title what is shown
 * @param caption how it was had, in a sentence or two
 * @param measure name of the numbers
 * @param rowTitle what the rows are of
 * @param columnTitle what the columns are of
 * @param rows names
 * @param columns names
 * @param values a list for each row
 */
public record HeatMap(
        String title,
        String caption,
        String measure,
        String rowTitle,
        String columnTitle,
        List<String> rows,
        List<String> columns,
        List<List<Double>> values) {

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
    }

    double value(int row, int column) {
        return values.get(row).get(column);
    }

    /** With two digits, as cells show it. */
    String text(int row, int column) {
        return String.format(Locale.ROOT, "%.2f", value(row, column));
    }

    /** A line for each row, the names first. */
    String csv() {
        StringBuilder csv = new StringBuilder(quoted(measure));
        columns.forEach(column -> csv.append(',').append(quoted(column)));
        for (int i = 0; i < rows.size(); i++) {
            csv.append('\n').append(quoted(rows.get(i)));
            values.get(i).forEach(value -> csv.append(',').append(value));
        }
        return csv.append('\n').toString();
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
