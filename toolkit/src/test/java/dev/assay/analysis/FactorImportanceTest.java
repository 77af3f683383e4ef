package dev.assay.analysis;

import static dev.assay.analysis.SampleTrials.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.importance.Importance;
import dev.assay.metric.Metric;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A8")
class FactorImportanceTest {

    @Test
    void of_factorsOverCells_findsTheOneThatMatters() {
        List<TrialRecord> trials = new ArrayList<>();
        for (int a = 0; a < 5; a++) {
            for (int b = 0; b < 5; b++) {
                for (int seed = 0; seed < 2; seed++) {
                    String config = "{\"a\": " + a + ", \"b\": \"level" + b + "\"}";
                    trials.add(completed(config, seed, 0.5 + 0.05 * a + 0.001 * ((a + 2 * b + seed) % 5)));
                }
            }
        }
        Analysis analysis = analysis(trials);

        assertThat(FactorImportance.refusal(analysis)).isEmpty();
        Importance found = FactorImportance.of(analysis);

        assertThat(found.rows()).isEqualTo(25);
        assertThat(found.factors().get(0).name()).isEqualTo("a");
        assertThat(found.factors().get(0).share()).isGreaterThan(0.9);
    }

    @Test
    void refusal_ofFewCells_saysHowManyAreNeeded() {
        Analysis few = analysis(List.of(completed("{\"a\": 1}", 1, 0.5), completed("{\"a\": 2}", 1, 0.6)));

        assertThat(FactorImportance.refusal(few).orElseThrow())
                .startsWith("There are 2 configs with a value, but the importance of 1 factor needs 20 at least.");
    }

    private static Analysis analysis(List<TrialRecord> trials) {
        return Analysis.of(new ExperimentResults(
                "sample",
                Optional.empty(),
                "val.accuracy",
                Map.of(),
                Optional.empty(),
                trials,
                hash -> List.of(),
                Map.of("accuracy", Metric.maximize("accuracy").asFraction()),
                Map.of(),
                Map.of()));
    }
}
