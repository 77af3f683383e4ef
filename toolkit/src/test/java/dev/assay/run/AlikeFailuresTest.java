package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Circumstances;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("P7")
class AlikeFailuresTest {
    private final List<TrialRecord> trials = new ArrayList<>();
    private final AlikeFailures failures = new AlikeFailures();

    @Test
    void see_firstFiveFailAlike_namesTheFifth() {
        begin(7);

        for (int i = 0; i < 4; i++) {
            assertThat(end(i, thrown(1))).isEmpty();
        }
        assertThat(end(4, thrown(1))).map(TrialRecord::hash).contains("trial4");
        assertThat(end(5, thrown(1))).isEmpty();
    }

    @Test
    void see_oneOfTheFirstFiveEndsOtherwise_letsTheOthersGoOn() {
        begin(12);

        end(0, thrown(1));
        end(1, thrown(2));
        for (int i = 2; i < 12; i++) {
            assertThat(end(i, thrown(1))).isEmpty();
        }
    }

    @Test
    void see_firstOneCompletes_letsTheOthersGoOn() {
        begin(12);

        end(0, Optional.empty());
        for (int i = 1; i < 12; i++) {
            assertThat(end(i, Optional.of(Failure.of(FailureKind.NATIVE_CRASH))))
                    .isEmpty();
        }
    }

    @Test
    void see_failuresOfAnEarlierRun_doNotCount() {
        for (int i = 0; i < 5; i++) {
            trials.add(trial(i, TrialState.FAILED, thrown(1)));
        }

        assertThat(failures.see(trials)).isEmpty();
        assertThat(failures.see(trials)).isEmpty();
    }

    private void begin(int size) {
        for (int i = 0; i < size; i++) {
            trials.add(trial(i, TrialState.QUEUED, Optional.empty()));
        }
        assertThat(failures.see(trials)).isEmpty();
    }

    private Optional<TrialRecord> end(int i, Optional<Failure> failure) {
        trials.set(i, trial(i, failure.isPresent() ? TrialState.FAILED : TrialState.COMPLETED, failure));
        return failures.see(trials);
    }

    private static Optional<Failure> thrown(int line) {
        return Optional.of(new Failure(
                FailureKind.ERROR,
                Optional.of("IllegalStateException"),
                Optional.of("Net.forward(Net.java:" + line + ")"),
                Optional.of("at …")));
    }

    private static TrialRecord trial(int i, TrialState state, Optional<Failure> failure) {
        return new TrialRecord(
                "trial" + i,
                "toy",
                JsonMapper.shared().createObjectNode(),
                Optional.empty(),
                state,
                1,
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                new Circumstances("", Optional.empty(), Optional.empty(), failure, Optional.empty(), Optional.empty()));
    }
}
