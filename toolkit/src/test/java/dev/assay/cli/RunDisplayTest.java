package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a run shows on a terminal, elsewhere, and when it is to be quiet. */
@Tag("T24")
class RunDisplayTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void terminal_tableAndBarMoveBelowTheLinesOfWhatEnded() {
        assertThat(shown(true, false).replace("~\n", "~")).isEqualTo("""
                        ~────────────────────────   0%  0 of 2 trials done, 0 running~~  aaaaaaaaaa  cell  ━━━━━━──────  50%
                        ━━━━━━──────────────────  25%  0 of 2 trials done, 1 running^1~✓ 1/2 aaaaaaaaaa  cell  score 0.5  in 3.0 s
                        ~  bbbbbbbbbb  cell  ────────────   0%
                        ━━━━━━━━━━━━────────────  50%  1 of 2 trials done, 1 running^1~✗ 2/2 bbbbbbbbbb  cell  FAILED: It broke.
                        ~━━━━━━━━━━━━━━━━━━━━━━━━ 100%  1 of 2 trials done, 0 running, 1 failed~""");
    }

    @Test
    void block_afterTheTerminalGotNarrower_clearsTheRowsItsLinesTakeNow() {
        AtomicInteger width = new AtomicInteger(40);
        LiveBlock block = new LiveBlock(new PrintStream(err, true, StandardCharsets.UTF_8), width::get);

        block.draw(List.of("a".repeat(30), "b".repeat(100)));
        width.set(10);
        block.draw(List.of("c", "d".repeat(10)));
        block.clear();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[J" + "a".repeat(30) + "\n" + "b".repeat(38) + "…" + "\u001b[6A\r\u001b[Jc\n"
                        + "d".repeat(8) + "…" + "\u001b[1A\r\u001b[J");
    }

    @Test
    void elsewhere_aLineForEachBeginAndEnd() {
        assertThat(shown(false, false)).isEqualTo("""
                  1/2 aaaaaaaaaa  cell  begins
                ✓ 1/2 aaaaaaaaaa  cell  score 0.5  in 3.0 s
                  2/2 bbbbbbbbbb  cell  begins
                ✗ 2/2 bbbbbbbbbb  cell  FAILED: It broke.
                """);
    }

    @Test
    void quiet_onlyWhatFails() {
        String expected = "✗ 2/2 bbbbbbbbbb  cell  FAILED: It broke.\n";

        assertThat(shown(false, true)).isEqualTo(expected);
        assertThat(shown(true, true)).isEqualTo(expected);
    }

    /** What two trials look like, one after the other; going up is shown as ^ with the rows, clearing as a tilde. */
    private String shown(boolean isTerminal, boolean isQuiet) {
        err.reset();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        RunDisplay display = new RunDisplay(
                new Console(print, print, isTerminal, false), isQuiet, trial -> "cell", trial -> "score 0.5");
        display.accept(List.of(trial("a", TrialState.QUEUED, 0), trial("b", TrialState.QUEUED, 0)));
        display.accept(List.of(trial("a", TrialState.RUNNING, 0.5), trial("b", TrialState.QUEUED, 0)));
        display.accept(List.of(trial("a", TrialState.COMPLETED, 1), trial("b", TrialState.RUNNING, 0)));
        display.accept(List.of(trial("a", TrialState.COMPLETED, 1), trial("b", TrialState.FAILED, 0)));
        display.close();
        return err.toString(StandardCharsets.UTF_8).replace("\r\u001b[J", "~").replaceAll("\u001b\\[(\\d+)A", "^$1");
    }

    private static TrialRecord trial(String letter, TrialState state, double progress) {
        boolean isFailed = state == TrialState.FAILED;
        return new TrialRecord(
                letter.repeat(64),
                "toy",
                JsonMapper.shared().createObjectNode(),
                Optional.empty(),
                state,
                1,
                isFailed ? Optional.of("It broke.\nMaybe it was old.") : Optional.empty(),
                Optional.empty(),
                progress,
                Map.of(),
                Optional.empty(),
                BEGIN,
                Optional.of(BEGIN),
                Optional.of(BEGIN.plusSeconds(3)));
    }
}
