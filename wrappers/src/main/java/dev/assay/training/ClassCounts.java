package dev.assay.training;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Counts made of the scores of examples and their true classes. */
interface ClassCounts {

    /**
     * Counts an example.
     *
     * @param scores unnormalised, one for each class
     */
    void add(float[] scores, int label);

    Map<String, Double> values();

    default Map<String, String> tables() {
        return Map.of();
    }

    /** The class with the highest score; of equal ones the first. */
    static int predicted(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Whether the label is among the best k. */
    final class Top implements ClassCounts {
        private final int k;
        private long hits;
        private long examples;

        Top(int k) {
            this.k = k;
        }

        @Override
        public void add(float[] scores, int label) {
            int before = 0;
            for (int i = 0; i < scores.length; i++) {
                boolean isBefore = scores[i] > scores[label] || (scores[i] == scores[label] && i < label);
                before += isBefore ? 1 : 0;
            }
            hits += before < k ? 1 : 0;
            examples++;
        }

        @Override
        public Map<String, Double> values() {
            return Map.of("top" + k + "Accuracy", (double) hits / examples);
        }
    }

    /** True class by predicted class. */
    final class Confusion implements ClassCounts {
        private long[][] counts = new long[0][0];

        @Override
        public void add(float[] scores, int label) {
            if (counts.length == 0) {
                counts = new long[scores.length][scores.length];
            }
            if (label < 0 || label >= counts.length) {
                throw new AssayException(
                        "A label is " + label + ", but there are scores for " + counts.length + " classes only.");
            }
            counts[label][predicted(scores)]++;
        }

        long[][] counts() {
            return counts;
        }

        @Override
        public Map<String, Double> values() {
            return Map.of();
        }

        @Override
        public Map<String, String> tables() {
            StringJoiner rows = new StringJoiner("\n", "", "\n");
            for (long[] row : counts) {
                StringJoiner cells = new StringJoiner(",");
                Arrays.stream(row).forEach(count -> cells.add(String.valueOf(count)));
                rows.add(cells.toString());
            }
            return Map.of("confusion", rows.toString());
        }
    }

    /** Unweighted means over classes. */
    final class Macro implements ClassCounts {
        private final Confusion confusion = new Confusion();

        @Override
        public void add(float[] scores, int label) {
            confusion.add(scores, label);
        }

        @Override
        public Map<String, Double> values() {
            double precision = 0;
            double recall = 0;
            double f1 = 0;
            int classes = 0;
            long[][] counts = confusion.counts();
            for (int c = 0; c < counts.length; c++) {
                long actual = Arrays.stream(counts[c]).sum();
                int column = c;
                long taken = Arrays.stream(counts).mapToLong(row -> row[column]).sum();
                if (actual + taken > 0) {
                    classes++;
                    precision += ratio(counts[c][c], taken);
                    recall += ratio(counts[c][c], actual);
                    f1 += ratio(2 * counts[c][c], actual + taken);
                }
            }
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("precision", precision / classes);
            values.put("recall", recall / classes);
            values.put("f1", f1 / classes);
            return values;
        }

        private static double ratio(long part, long whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }

    /** Confidence against accuracy. */
    final class Calibration implements ClassCounts {
        private final double[] confidence;
        private final long[] hits;
        private long examples;

        Calibration(int bins) {
            confidence = new double[bins];
            hits = new long[bins];
        }

        @Override
        public void add(float[] scores, int label) {
            int predicted = predicted(scores);
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp((double) score - scores[predicted]);
            }
            double probability = 1 / sum;
            int bins = confidence.length;
            // Bins are open below and closed above, as in the paper.
            int bin = (int) Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1));
            confidence[bin] += probability;
            hits[bin] += predicted == label ? 1 : 0;
            examples++;
        }

        @Override
        public Map<String, Double> values() {
            double error = 0;
            for (int i = 0; i < hits.length; i++) {
                error += Math.abs(hits[i] - confidence[i]) / examples;
            }
            return Map.of("calibrationError", error);
        }
    }
}
