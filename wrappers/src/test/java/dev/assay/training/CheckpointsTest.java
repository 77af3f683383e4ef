package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are written, in two epochs of ten steps. */
@Tag("E7")
class CheckpointsTest {
    @TempDir
    Path folder;

    @Test
    void run_noCadenceFallsDue_writesTheLastStateOnly() throws Exception {
        assertThat(written(checkpoints())).containsExactly(20L);
    }

    @Test
    void run_everySoManySteps_writesThen() throws Exception {
        assertThat(written(checkpoints().withSteps(6L))).containsExactly(6L, 12L, 18L, 20L);
    }

    @Test
    void run_everyFractionOfAnEpoch_writesThen() throws Exception {
        assertThat(written(checkpoints().withEpochs(0.5))).containsExactly(5L, 10L, 15L, 20L);
    }

    @Test
    void run_timeHasPassed_writesThen() throws Exception {
        assertThat(written(checkpoints().withTime(Duration.ZERO)))
                .startsWith(1L, 2L, 3L)
                .hasSizeGreaterThan(19);
    }

    @Test
    void run_severalCadences_areUnited() throws Exception {
        assertThat(written(checkpoints().withSteps(8L).withEpochs(0.5))).containsExactly(5L, 8L, 10L, 15L, 16L, 20L);
    }

    private static ImmutableCheckpointConfig checkpoints() {
        return ImmutableCheckpointConfig.builder().time(Duration.ofDays(1)).build();
    }

    private Set<Long> written(CheckpointConfig checkpoints) throws Exception {
        Set<Long> written = new LinkedHashSet<>();
        Hook seeing = new Hook() {
            @Override
            public String name() {
                return "seeing";
            }

            @Override
            public void preCheckpoint(long step) {
                written.add(step);
            }
        };
        ToyWrapper wrapper = new ToyWrapper() {
            @Override
            protected List<Hook> hooks(ToyRun config) {
                return List.of(seeing);
            }
        };
        wrapper.run(new MemoryTrial(
                ToyRun.of(ToyWrapper.fiveEpochs().withEpochs(2).withCheckpoint(checkpoints), 1), folder));
        return written;
    }
}
