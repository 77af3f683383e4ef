package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.TrialRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("R6")
class TimeEstimateTest {
    @Test
    void of_configs_goesByTheMostSimilarTrials() {
        List<TrialRecord> known = List.of(
                took("{\"model\": {\"kind\": \"a\", \"width\": 8}}", 1, 100),
                took("{\"model\": {\"kind\": \"a\", \"width\": 8}}", 2, 300),
                took("{\"model\": {\"kind\": \"a\", \"width\": 8}}", 3, 200),
                took("{\"model\": {\"kind\": \"a\", \"width\": 64}}", 1, 5000),
                took("{\"model\": {\"kind\": \"b\", \"width\": 8}}", 1, 9000),
                SampleTrials.failed("{\"model\": {\"kind\": \"b\", \"width\": 10}}", 1, "broken"));

        assertThat(TimeEstimate.of(List.of(config("a", 9), config("a", 60), config("b", 10)), known))
                .contains(new TimeEstimate(Duration.ofMillis(200 + 5000 + 9000), 5));
        assertThat(TimeEstimate.of(List.of(config("a", 9), config("a", 10)), known))
                .contains(new TimeEstimate(Duration.ofMillis(400), 3))
                .map(estimate -> estimate.with(2))
                .contains(Duration.ofMillis(200));
        assertThat(TimeEstimate.of(List.of(config("a", 9)), known.subList(5, 6)))
                .isEmpty();
    }

    @Test
    void of_manyTrials_isQuick() {
        List<TrialRecord> known = new ArrayList<>();
        List<ObjectNode> configs = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            known.add(took("{\"model\": {\"kind\": \"a\", \"width\": " + i + "}}", 1, 1000));
            configs.add(config("b", i));
        }

        long begin = System.nanoTime();
        Optional<TimeEstimate> estimate = TimeEstimate.of(configs, known);

        assertThat(estimate.orElseThrow().work()).isEqualTo(Duration.ofSeconds(10_000));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    private static TrialRecord took(String config, long seed, long millis) {
        TrialRecord trial = SampleTrials.completed(config, seed, 0.5);
        return new TrialRecord(
                trial.hash(),
                trial.wrapper(),
                trial.config(),
                trial.origin(),
                trial.state(),
                trial.attempt(),
                trial.cause(),
                trial.lastLog(),
                trial.progress(),
                trial.metrics(),
                trial.weights(),
                trial.created(),
                trial.started(),
                trial.started().map(start -> start.plusMillis(millis)));
    }

    private static ObjectNode config(String kind, int width) {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putObject("model").put("kind", kind).put("width", width);
        return config.put("seed", 7);
    }
}
