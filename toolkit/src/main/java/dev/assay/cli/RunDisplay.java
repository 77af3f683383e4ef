package dev.assay.cli;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes: one line for each trial that ends and, on a terminal, a table of the running ones below them and a bar for the whole, which
 * move. Elsewhere a line now and then takes their place. A quiet one shows only the trials that fail.
 */
final class RunDisplay implements Consumer<List<TrialRecord>> {
    private static final int BAR = 24;
    private static final int SHORT_BAR = 12;
    private static final int LONGEST_LABEL = 40;

    /** Rows of the terminal that are left to what has been. */
    private static final int SPARED = 4;

    private static final Duration DRAW_EVERY = Duration.ofSeconds(1);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(30);

    private final Console console;
    private final boolean isQuiet;
    private final boolean hasBar;
    private final Function<TrialRecord, String> label;
    private final Function<TrialRecord, String> result;
    private final Map<String, TrialState> seen = new HashMap<>();
    private final Map<String, Pace> paces = new HashMap<>();
    private final TerminalSize size;
    private final LiveBlock block;
    private @Nullable Pace whole;
    private long lastPlain = System.nanoTime();
    private long lastDrawn = System.nanoTime() - DRAW_EVERY.toNanos() - 1;

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
        this.size = new TerminalSize(console.columns());
        this.block = new LiveBlock(console.err(), size::columns);
    }

    @Override
    public void accept(List<TrialRecord> trials) {
        double done = trials.stream().mapToDouble(RunDisplay::fraction).sum();
        Pace pace = whole;
        if (pace == null) {
            pace = new Pace(done);
            whole = pace;
            trials.forEach(trial -> seen.put(trial.hash(), trial.state()));
        }
        boolean isDue = System.nanoTime() - lastDrawn > DRAW_EVERY.toNanos();
        for (int i = 0; i < trials.size(); i++) {
            TrialRecord trial = trials.get(i);
            if (seen.put(trial.hash(), trial.state()) != trial.state()) {
                isDue = true;
                block.clear();
                changed(trial, i + 1, trials.size());
            }
        }
        if (hasBar && isDue) {
            lastDrawn = System.nanoTime();
            List<String> lines = running(trials);
            lines.add(status(trials, done, pace));
            block.draw(lines);
        } else if (!hasBar && !isQuiet && System.nanoTime() - lastPlain > PLAIN_EVERY.toNanos()) {
            lastPlain = System.nanoTime();
            console.err().println(status(trials, done, pace));
        }
    }

    /** Removes what moves. */
    void close() {
        block.clear();
    }

    /** A line for each running trial, as many as fit. */
    private List<String> running(List<TrialRecord> trials) {
        List<TrialRecord> running = trials.stream()
                .filter(trial -> trial.state() == TrialState.RUNNING)
                .toList();
        int shown = Math.min(running.size(), Math.max(1, size.rows() - SPARED));
        int width = running.stream()
                .mapToInt(trial -> Math.min(LONGEST_LABEL, label.apply(trial).length()))
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        running.subList(0, shown).forEach(trial -> lines.add(row(trial, width)));
        if (running.size() > shown) {
            lines.add("  … and " + (running.size() - shown) + " more");
        }
        return lines;
    }

    private String row(TrialRecord trial, int width) {
        double done = fraction(trial);
        Pace pace = paces.computeIfAbsent(trial.hash() + " " + trial.attempt(), key -> new Pace(done));
        String name = label.apply(trial);
        String cut = name.length() <= width ? name : name.substring(0, width - 1) + "…";
        return "  " + trial.hash().substring(0, 10) + "  " + cut + " ".repeat(width - cut.length()) + "  "
                + bar(done, SHORT_BAR) + String.format(" %3.0f%%", done * 100)
                + pace.perSecond(done)
                        .map(rate -> rate < 0.01
                                ? String.format("  %.2f %%/min", rate * 6000)
                                : String.format("  %.1f %%/s", rate * 100))
                        .orElse("")
                + pace.left(done, 1)
                        .map(left -> "  " + Console.duration(left) + " left")
                        .orElse("");
    }

    private static String bar(double fraction, int width) {
        int full = (int) Math.round(fraction * width);
        return "━".repeat(full) + "─".repeat(width - full);
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

    private static String status(List<TrialRecord> trials, double done, Pace pace) {
        long ended = trials.stream().filter(t -> !t.state().isOpen()).count();
        long running =
                trials.stream().filter(t -> t.state() == TrialState.RUNNING).count();
        long failed =
                trials.stream().filter(t -> t.state() == TrialState.FAILED).count();
        double fraction = trials.isEmpty() ? 1 : done / trials.size();
        return bar(fraction, BAR)
                + String.format(
                        " %3.0f%%  %d of %d trials done, %d running", fraction * 100, ended, trials.size(), running)
                + (failed > 0 ? ", " + failed + " failed" : "")
                + pace.left(done, trials.size())
                        .map(left -> ", about " + Console.duration(left) + " left")
                        .orElse("");
    }

    private static double fraction(TrialRecord trial) {
        return switch (trial.state()) {
            case COMPLETED, DIVERGED, PRUNED, FAILED, ABANDONED -> 1;
            case RUNNING -> Math.min(1, trial.progress());
            case QUEUED, INTERRUPTED -> 0;
        };
    }
}
