package dev.assay.report;

import static dev.assay.analysis.SampleTrials.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metric.Metric;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("A6")
class RankFigureTest {
    private static final Pattern BAR =
            Pattern.compile("<polyline points=\"([0-9.]+),[0-9.]+ ([0-9.]+),[^>]*stroke-width=\"3\"");

    @TempDir
    Path folder;

    @Test
    void ranks_ofFourCellsOverTenSeeds_joinThoseThatNemenyiCannotTellApart() throws Exception {
        Report report = Report.of(results(4, 10));

        report.writeFigures(folder);
        String html = Files.readString(report.write(folder));

        String svg = Files.readString(folder.resolve("figures/ranks.svg"));
        // Demšar 2006, table 5: q is 2.569 for four; 2.569 √(4 · 5 / (6 · 10)).
        assertThat(svg).contains(">critical difference 1.48</text>").contains(">a=0</text>", ">a=3</text>");
        List<MatchResult> bars = BAR.matcher(svg).results().toList();
        assertThat(bars).hasSize(3);
        double first = Double.parseDouble(bars.get(0).group(1));
        double second = Double.parseDouble(bars.get(1).group(1));
        assertThat(Double.parseDouble(bars.get(0).group(2)) - first).isCloseTo(second - first + 6, within(0.02));
        assertThat(html)
                .contains("class=\"diagram\"")
                .contains("How to read the diagram")
                .contains(">critical difference 1.48</text>");
    }

    @Test
    void ranks_ofTwoCells_areLeftOut() throws Exception {
        Report report = Report.of(results(2, 10));

        assertThat(report.writeFigures(folder)).noneMatch(file -> file.endsWith("ranks.svg"));
        assertThat(Files.readString(report.write(folder))).doesNotContain("class=\"diagram\"");
    }

    /** The more of a, the worse, whatever the seed. */
    private static ExperimentResults results(int cells, int seeds) {
        List<TrialRecord> trials = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            for (int seed = 1; seed <= seeds; seed++) {
                trials.add(
                        completed("{\"a\": " + cell + "}", seed, 0.9 - 0.1 * cell + 0.005 * (seed * (cell + 1) % 7)));
            }
        }
        return new ExperimentResults(
                "ranks",
                Optional.empty(),
                "val.accuracy",
                Map.of(),
                Optional.empty(),
                trials,
                hash -> List.of(),
                Map.of("accuracy", Metric.maximize("accuracy").asFraction()),
                Map.of(),
                Map.of());
    }
}
