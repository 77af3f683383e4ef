package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.metric.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    @Tag("E1")
    void observe_noProgress_stopsExactlyAtBestPlusPatience() {
        Patience patience = patience(3, 0, 0, Direction.MINIMIZE);

        assertThat(verdicts(patience, 5, 4, 3, 3, 4, 3))
                .containsExactly("GO_ON", "GO_ON", "GO_ON", "GO_ON", "GO_ON", "STOP");
    }

    @Test
    @Tag("E1")
    void observe_progressBelowMinDelta_isNone() {
        Patience patience = patience(2, 0.5, 0, Direction.MAXIMIZE);

        assertThat(verdicts(patience, 1, 1.5, 1.4)).containsExactly("GO_ON", "GO_ON", "STOP");
        assertThat(verdicts(patience(2, 0.5, 0, Direction.MAXIMIZE), 1, 1.6, 2.2, 1))
                .doesNotContain("STOP");
    }

    @Test
    @Tag("E2")
    void observe_rounds_decayThatOftenBeforeTheStop() {
        Patience patience = patience(1, 0, 2, Direction.MINIMIZE);

        assertThat(verdicts(patience, 1, 2, 0.5, 2, 2)).containsExactly("GO_ON", "DECAY", "GO_ON", "DECAY", "STOP");
        assertThat(patience.rateFactor()).isEqualTo(Math.pow(0.1, 2));
    }

    @Test
    @Tag("E9")
    void restore_midway_goesOnAlike() {
        Patience first = patience(3, 0, 0, Direction.MINIMIZE);
        verdicts(first, 5, 4, 6);
        Patience second = patience(3, 0, 0, Direction.MINIMIZE);
        second.restore(first.numbers());

        assertThat(verdicts(second, 6, 6)).containsExactly("GO_ON", "STOP");
    }

    @Test
    @Tag("E1")
    void observe_undefinedValues_areNoProgress() {
        assertThat(verdicts(patience(2, 0, 0, Direction.MINIMIZE), Double.NaN, Double.NaN))
                .containsExactly("GO_ON", "STOP");
        assertThat(verdicts(patience(2, 0, 0, Direction.MINIMIZE), 1, Double.NaN, Double.NaN))
                .containsExactly("GO_ON", "GO_ON", "STOP");
    }

    private static Patience patience(int patience, double minDelta, int rounds, Direction direction) {
        EarlyStopConfig config = ImmutableEarlyStopConfig.builder()
                .metric("val.loss")
                .patience(patience)
                .minDelta(minDelta)
                .rounds(rounds)
                .build();
        return new Patience(config, direction);
    }

    private static List<String> verdicts(Patience patience, double... values) {
        List<String> verdicts = new ArrayList<>();
        for (double value : values) {
            verdicts.add(patience.observe(value).name());
        }
        return verdicts;
    }
}
