package dev.assay.analysis;

import static dev.assay.analysis.SampleTrials.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metric.Metric;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("A9")
class ComparisonTest {
    private static final Map<String, Metric> DECLARED =
            Map.of("accuracy", Metric.maximize("accuracy").withUnit("fraction"));

    @Test
    void of_experimentsThatVaryTheSameKey_matchesCellsAndSeeds() {
        List<TrialRecord> before = new ArrayList<>();
        List<TrialRecord> after = new ArrayList<>();
        for (int a = 0; a < 2; a++) {
            for (int seed = 0; seed < 3; seed++) {
                // Cells and seeds differ far more than the groups do.
                double shared = 0.5 + 0.3 * a + 0.05 * seed;
                before.add(completed("{\"a\": " + a + ", \"lr\": 0.1}", seed, shared));
                after.add(completed("{\"a\": " + a + ", \"lr\": 0.2}", seed, shared + 0.01 + 0.001 * ((seed + a) % 3)));
            }
        }

        Comparison found = Comparison.of(List.of(group("before", before), group("after", after)), DECLARED);

        assertThat(found.config()).containsExactly(new Comparison.Row("lr", List.of("0.1", "0.2")));
        Comparison.MetricRow accuracy = found.metrics().get(0);
        assertThat(accuracy.metric()).isEqualTo("val.accuracy");
        assertThat(accuracy.means().get(0).orElseThrow().mean()).isCloseTo(0.7, within(1e-9));
        Difference difference = accuracy.differences().get(1).orElseThrow();
        assertThat(difference.paired()).isTrue();
        assertThat(difference.estimate().n()).isEqualTo(3);
        assertThat(difference.estimate().mean()).isCloseTo(0.011, within(1e-9));
        assertThat(difference.estimate().excludesZero()).isTrue();
        assertThat(found.sentences(accuracy))
                .singleElement()
                .asString()
                .startsWith("The val.accuracy of after differs from that of before by +1.10 points (95 % interval +")
                .endsWith(": it is better beyond what seeds explain.");
    }

    @Test
    void of_twoTrials_tellsWhatDiffersAndThatOneSeedSaysLittle() {
        Comparison found = Comparison.of(
                List.of(
                        group("one", List.of(completed("{\"o\": {\"kind\": \"sgd\", \"lr\": 0.1}}", 1, 0.5))),
                        group("two", List.of(completed("{\"o\": {\"kind\": \"adamw\"}}", 2, 0.4)))),
                DECLARED);

        assertThat(found.config())
                .containsExactly(
                        new Comparison.Row("o.kind", List.of("sgd", "adamw")),
                        new Comparison.Row("o.lr", List.of("0.1", "–")));
        assertThat(found.provenance()).containsExactly(new Comparison.Row("commit", List.of("one", "two")));
        assertThat(found.sentences(found.metrics().get(0)))
                .containsExactly(
                        "The val.accuracy of two differs from that of one by −10.00 points; with one seed nothing can be said"
                                + " about whether it is more than chance.");
    }

    @Test
    void group_withoutTrials_isRefused() {
        assertThatThrownBy(() -> group("none", List.of()))
                .hasMessage("The group (none) has no trials.\nMaybe its condition holds for none; `list` tells.");
    }

    private static Group group(String name, List<TrialRecord> trials) {
        return new Group(name, trials, List.of(JsonMapper.shared().readTree("{\"commit\": \"" + name + "\"}")));
    }
}
