package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings, padded with spaces; columns of numbers stand to the right. */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+(e-?[0-9]+)?%?");

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    TextTable add(List<String> row) {
        rows.add(List.copyOf(row));
        return this;
    }

    /** The lines, headings first. */
    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] areNumeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = width(column);
            areNumeric[column] = isNumeric(column);
        }
        return rows.stream().map(row -> line(row, widths, areNumeric)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] areNumeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(areNumeric[column] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.subList(1, rows.size()).stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.isEmpty()
                                || cell.equals("–")
                                || NUMBER.matcher(cell).matches());
    }
}
