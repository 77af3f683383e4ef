package dev.assay.analysis;

import static dev.assay.analysis.SampleTrials.completed;
import static dev.assay.analysis.SampleTrials.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.metric.Metric;
import dev.assay.store.TrialRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CellsTest {
    private static final String SGD =
            "{\"train\": {\"optimizer\": {\"kind\": \"sgd\", \"lr\": 0.1, \"momentum\": 0.9}}}";
    private static final String SLOW_SGD =
            "{\"train\": {\"optimizer\": {\"kind\": \"sgd\", \"lr\": 0.01, \"momentum\": 0.9}}}";
    private static final String ADAMW = "{\"train\": {\"optimizer\": {\"kind\": \"adamw\", \"lr\": 0.001}}}";
    private static final Metric ACCURACY = Metric.maximize("accuracy").withUnit("fraction");

    @Test
    @Tag("A6")
    void of_trialsThatDifferInTheSeed_areOneCell() {
        List<Cell> cells = Cells.of(List.of(completed(SGD, 1, 0.5), completed(ADAMW, 1, 0.6), completed(SGD, 2, 0.7)));

        assertThat(cells).extracting(Cell::label).containsExactly("optimizer=sgd", "optimizer=adamw");
        assertThat(cells.get(0).values("val.accuracy")).containsExactly(Map.entry(1L, 0.5), Map.entry(2L, 0.7));
    }

    @Test
    void label_sameKindTwice_addsWhatTellsThemApart() {
        List<Cell> cells =
                Cells.of(List.of(completed(SGD, 1, 0.5), completed(SLOW_SGD, 1, 0.5), completed(ADAMW, 1, 0.6)));

        assertThat(cells)
                .extracting(Cell::label)
                .containsExactly("optimizer=sgd lr=0.1", "optimizer=sgd lr=0.01", "optimizer=adamw lr=0.001");
    }

    @Test
    void label_lastWordsThatAreAlike_getAsManyWordsAsNeeded() {
        List<Cell> cells = Cells.of(List.of(
                completed("{\"a\": {\"x\": 1}, \"b\": {\"x\": 1}}", 1, 0),
                completed("{\"a\": {\"x\": 2}, \"b\": {\"x\": 1}}", 1, 0),
                completed("{\"a\": {\"x\": 1}, \"b\": {\"x\": 2}}", 1, 0)));

        assertThat(cells).extracting(Cell::label).containsExactly("a.x=1 b.x=1", "a.x=2 b.x=1", "a.x=1 b.x=2");
    }

    @Test
    void matching_baseline_findsTheOneCell() {
        List<Cell> cells =
                Cells.of(List.of(completed(SGD, 1, 0.5), completed(SLOW_SGD, 1, 0.5), completed(ADAMW, 1, 0.6)));
        JsonMapper json = JsonMapper.builder().build();

        assertThat(Cells.matching(cells, Map.of("train.optimizer.lr", json.readTree("1e-2"))))
                .contains(cells.get(1));
        assertThat(Cells.matching(cells, Map.of("train.optimizer", json.readTree("{\"kind\": \"adamw\"}"))))
                .contains(cells.get(2));
        assertThat(Cells.matching(cells, Map.of("train.optimizer.kind", json.readTree("\"sgd\""))))
                .isEmpty();
    }

    @Test
    @Tag("C7")
    void matching_baselineInsideAListOrUnderAQuotedKey_findsTheOneCell() {
        List<Cell> cells = Cells.of(List.of(
                completed("{\"model\": {\"widths\": [4, 8], \"scales\": {\"a.b\": 1}}}", 1, 0.5),
                completed("{\"model\": {\"widths\": [4, 16], \"scales\": {\"a.b\": 2}}}", 1, 0.6)));
        JsonMapper json = JsonMapper.builder().build();

        assertThat(Cells.matching(cells, Map.of("model.widths[1]", json.readTree("16"))))
                .contains(cells.get(1));
        assertThat(Cells.matching(cells, Map.of("model.scales.\"a.b\"", json.readTree("1"))))
                .contains(cells.get(0));
        assertThat(Cells.matching(cells, Map.of("model.widths[2]", json.readTree("16"))))
                .isEmpty();
    }

    @Test
    @Tag("A6")
    void estimate_threeValues_isStudentsInterval() {
        Estimate estimate = Estimate.of(List.of(1.0, 2.0, 4.0));

        // t(0.975, 2) = 4.302652729911275; s = 1.527525231651947.
        assertThat(estimate.mean()).isCloseTo(7 / 3.0, within(1e-12));
        assertThat(estimate.deviation()).isCloseTo(1.527525231651947, within(1e-12));
        assertThat(estimate.high() - estimate.mean())
                .isCloseTo(4.302652729911275 * 1.527525231651947 / Math.sqrt(3), within(1e-9));
        assertThat(Estimate.of(List.of(1.0)).hasInterval()).isFalse();
    }

    @Test
    @Tag("A6")
    void difference_sharedSeeds_isPaired() {
        Difference difference = Difference.of(Map.of(1L, 2.0, 2L, 3.0, 3L, 5.0), Map.of(1L, 1.0, 2L, 2.0, 3L, 3.0));

        // Differences 1, 1 and 2: t = 4 with two degrees of freedom.
        assertThat(difference.paired()).isTrue();
        assertThat(difference.estimate().mean()).isCloseTo(4 / 3.0, within(1e-12));
        assertThat(difference.estimate().low()).isCloseTo(4 / 3.0 - 4.302652729911275 / 3, within(1e-9));
        assertThat(difference.p()).isCloseTo(0.05719095841793663, within(1e-9));
    }

    @Test
    @Tag("A6")
    void difference_sameForEverySeed_hasNoInterval() {
        Difference difference = Difference.of(Map.of(1L, 0.3, 2L, 0.4), Map.of(1L, 0.2, 2L, 0.3));

        assertThat(difference.estimate().mean()).isCloseTo(0.1, within(1e-12));
        assertThat(difference.estimate().hasInterval()).isFalse();
        assertThat(difference.p()).isNaN();
    }

    @Test
    @Tag("A6")
    void difference_otherSeeds_isWelchs() {
        Difference difference =
                Difference.of(Map.of(1L, 1.0, 2L, 2.0, 3L, 4.0), Map.of(4L, 2.0, 5L, 3.0, 6L, 7.0, 7L, 8.0));

        // By the formulas of Welch and Satterthwaite: error √(7/9 + 26/12), 4.712 degrees of freedom.
        assertThat(difference.paired()).isFalse();
        assertThat(difference.estimate().mean()).isCloseTo(-8 / 3.0, within(1e-12));
        assertThat(difference.estimate().excludesZero()).isFalse();
    }

    @Test
    @Tag("A6")
    void answer_clearLead_namesTheWinner() {
        List<TrialRecord> trials = Stream.of(1, 2, 3)
                .flatMap(seed ->
                        Stream.of(completed(SGD, seed, 0.9 + 0.001 * seed), completed(ADAMW, seed, 0.8 + 0.002 * seed)))
                .toList();

        Answer answer = Answer.of(Cells.of(trials), "val.accuracy", ACCURACY);

        assertThat(answer.isWinner()).isTrue();
        assertThat(answer.sentences())
                .containsExactly(
                        "The best mean val.accuracy is that of optimizer=sgd: 90.20 % (95 % interval 89.95 to 90.45 %, n = 3 seeds).",
                        "Against the next, optimizer=adamw, the difference is +9.80 points (95 % interval +9.55 to +10.05 points, paired"
                                + " by seed, p < 0.0001): optimizer=sgd is better beyond what seeds explain.",
                        "A trial of optimizer=sgd does better than one of optimizer=adamw with a probability of 1.00 (0.50 to 1.00).");
    }

    @Test
    @Tag("A6")
    void answer_smallLead_saysThereIsNoWinner() {
        List<TrialRecord> trials = List.of(
                completed(SGD, 1, 0.90),
                completed(SGD, 2, 0.92),
                completed(ADAMW, 1, 0.91),
                completed(ADAMW, 2, 0.90),
                failed(ADAMW, 3, "no memory"));

        Answer answer = Answer.of(Cells.of(trials), "val.accuracy", ACCURACY);

        assertThat(answer.isWinner()).isFalse();
        assertThat(answer.sentences().get(1)).endsWith("): no winner can be named from these seeds.");
        assertThat(answer.sentences().get(3))
                .isEqualTo("One trial has no result and is left out; see the table of trials.");
    }
}
