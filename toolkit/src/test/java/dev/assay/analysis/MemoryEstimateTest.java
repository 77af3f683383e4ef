package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Circumstances;
import dev.assay.store.TrialRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("P5")
class MemoryEstimateTest {
    private final List<TrialRecord> known = List.of(
            had("{\"model\": {\"width\": 8}}", 1, Optional.of(300L)),
            had("{\"model\": {\"width\": 8}}", 2, Optional.of(400L)),
            had("{\"model\": {\"width\": 64}}", 1, Optional.of(5000L)),
            had("{\"model\": {\"width\": 9}}", 1, Optional.empty()));

    @Test
    void of_configs_isTheMostThatSimilarTrialsHad() {
        assertThat(MemoryEstimate.of(List.of(config(9)), known)).contains(new MemoryEstimate(400, 2));
        assertThat(MemoryEstimate.of(List.of(config(9), config(60)), known)).contains(new MemoryEstimate(5000, 3));
    }

    @Test
    void of_nothingMeasured_isUnknown() {
        assertThat(MemoryEstimate.of(List.of(config(9)), known.subList(3, 4))).isEmpty();
    }

    @Test
    void fitting_isAtLeastOne() {
        assertThat(new MemoryEstimate(400, 2).fitting(1300)).isEqualTo(3);
        assertThat(new MemoryEstimate(400, 2).fitting(399)).isEqualTo(1);
        assertThat(new MemoryEstimate(400, 2).fitting(-5)).isEqualTo(1);
    }

    private static TrialRecord had(String config, long seed, Optional<Long> peak) {
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
                trial.ended(),
                new Circumstances("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), peak));
    }

    private static ObjectNode config(int width) {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putObject("model").put("width", width);
        return config.put("seed", 7);
    }
}
