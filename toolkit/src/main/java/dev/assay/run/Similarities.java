package dev.assay.run;

import java.util.List;

/**
 * How alike the layers of two networks are.
 *
 * @param measure by which
 * @param rows nodes of the first network
 * @param columns nodes of the second
 * @param values a list for each row; 1 where two are the same in the measure's sense
 * @param examples on how many
 */
public record Similarities(
        String measure, List<String> rows, List<String> columns, List<List<Double>> values, long examples) {
    public Similarities {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
    }

    /**
     * How they are to be compared.
     *
     * @param measure name of a measure, such as {@code cka}
     * @param units what counts as a unit of a layer, such as {@code all}
     * @param batchSize examples in a batch, at most
     */
    public record Question(String measure, String units, int batchSize) {}
}
