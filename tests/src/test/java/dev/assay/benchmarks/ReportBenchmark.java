package dev.assay.benchmarks;

import dev.assay.browser.SampleExperiment;
import dev.assay.report.Report;
import dev.assay.store.ExperimentResults;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the report of 10,000 trials of 20 factors costs, with two curves of 1,000 points each. The results are made up, and their making counts, too. */
public final class ReportBenchmark {
    private ReportBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("report-benchmark");
        ExperimentResults results = SampleExperiment.large(10_000, 20, 1_000);
        for (int round = 1; round <= 2; round++) {
            long begin = System.nanoTime();
            long points = 0;
            for (var trial : results.trials()) {
                points += results.series().apply(trial.hash()).stream()
                        .mapToInt(series -> series.size())
                        .sum();
            }
            long made = System.nanoTime();
            Path file = Report.write(results, folder);
            long written = System.nanoTime();
            System.out.printf(
                    "round %d: %.1f s with %.1f s for making %,d points; %.1f MB: %s%n",
                    round, (written - made) / 1e9, (made - begin) / 1e9, points, Files.size(file) / 1e6, file);
        }
    }
}
