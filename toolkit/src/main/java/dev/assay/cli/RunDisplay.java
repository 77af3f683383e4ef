package dev.assay.cli;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Shows how a run goes: one line for each trial that ends and, on a terminal, a bar below them that moves. Elsewhere a line now and then
 * takes the bar's place. A quiet one shows only the trials that fail.
 */
final class RunDisplay implements Consumer<List<TrialRecord>> {
    private static final int BAR = 24;
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(30);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Console console;
    private final boolean isQuiet;
    private final boolean hasBar;
    private final Function<TrialRecord, String> label;
    private final Function<TrialRecord, String> result;
    private final Map<String, TrialState> seen = new HashMap<>();
    private final long begin = System.nanoTime();
    private long lastPlain = System.nanoTime();
    private double doneAtBegin = -1;

    /**
     * @param label names a trial for people
     * @param result says how well a completed trial did
     */
    RunDisplay(
            Console console,
            boolean isQuiet,
            Function<TrialRecord, String> label,
            Function<TrialRecord, String> result) {
        this.console = console;
        this.isQuiet = isQuiet;
        this.hasBar = console.terminal() && !isQuiet;
        this.label = label;
        this.result = result;
    }

    @Override
    public void accept(List<TrialRecord> trials) {
        double done = trials.stream().mapToDouble(RunDisplay::fraction).sum();
        if (doneAtBegin < 0) {
            doneAtBegin = done;
            trials.forEach(trial -> seen.put(trial.hash(), trial.state()));
        }
        if (hasBar) {
            console.err().print(CLEAR_LINE);
        }
        for (int i = 0; i < trials.size(); i++) {
            TrialRecord trial = trials.get(i);
            if (seen.put(trial.hash(), trial.state()) != trial.state()) {
                changed(trial, i + 1, trials.size());
            }
        }
        if (hasBar) {
            console.err().print(status(trials, done));
            console.err().flush();
        } else if (!isQuiet && System.nanoTime() - lastPlain > PLAIN_EVERY.toNanos()) {
            lastPlain = System.nanoTime();
            console.err().println(status(trials, done));
        }
    }

    /** Removes the bar. */
    void close() {
        if (hasBar) {
            console.err().print(CLEAR_LINE);
            console.err().flush();
        }
    }

    private void changed(TrialRecord trial, int number, int of) {
        String name = String.format("%d/%d %s  %s", number, of, trial.hash().substring(0, 10), label.apply(trial));
        switch (trial.state()) {
            case COMPLETED -> tell(console.green("✓") + " " + name + "  " + result.apply(trial) + took(trial));
            case FAILED, DIVERGED, ABANDONED ->
                console.err()
                        .println(
                                console.red("✗") + " " + name + "  " + trial.state() + ": " + firstLine(trial.cause()));
            case INTERRUPTED, PRUNED -> tell("– " + name + "  " + trial.state());
            case RUNNING -> {
                if (!hasBar) {
                    tell("  " + name + "  begins");
                }
            }
            case QUEUED -> {}
        }
    }

    private void tell(String line) {
        if (!isQuiet) {
            console.err().println(line);
        }
    }

    private static String took(TrialRecord trial) {
        return trial.started()
                .flatMap(start -> trial.ended().map(end -> "  in " + Console.duration(Duration.between(start, end))))
                .orElse("");
    }

    private static String firstLine(Optional<String> cause) {
        return cause.flatMap(text -> text.lines().findFirst()).orElse("cause unknown");
    }

    private String status(List<TrialRecord> trials, double done) {
        long ended = trials.stream().filter(t -> !t.state().isOpen()).count();
        long running =
                trials.stream().filter(t -> t.state() == TrialState.RUNNING).count();
        long failed =
                trials.stream().filter(t -> t.state() == TrialState.FAILED).count();
        double fraction = trials.isEmpty() ? 1 : done / trials.size();
        int full = (int) Math.round(fraction * BAR);
        return "━".repeat(full)
                + console.dim("─".repeat(BAR - full))
                + String.format(
                        " %3.0f%%  %d of %d trials done, %d running", fraction * 100, ended, trials.size(), running)
                + (failed > 0 ? ", " + failed + " failed" : "")
                + left(trials.size(), done);
    }

    private String left(int size, double done) {
        double gained = done - doneAtBegin;
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (gained < 0.02 || seconds < 2) {
            return "";
        }
        return ", about " + Console.duration(Duration.ofSeconds(Math.round(seconds / gained * (size - done))))
                + " left";
    }

    private static double fraction(TrialRecord trial) {
        return switch (trial.state()) {
            case COMPLETED, DIVERGED, PRUNED, FAILED, ABANDONED -> 1;
            case RUNNING -> Math.min(1, trial.progress());
            case QUEUED, INTERRUPTED -> 0;
        };
    }
}
