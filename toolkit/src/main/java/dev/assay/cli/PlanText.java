package dev.assay.cli;

import dev.assay.analysis.Labels;
import dev.assay.analysis.TimeEstimate;
import dev.assay.run.Plan;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A plan for people. */
final class PlanText {
    private PlanText() {}

    /** @param known every trial of the store, the latest first */
    static List<String> of(Plan plan, List<TrialRecord> known, Console console) {
        List<ObjectNode> configs =
                plan.entries().stream().map(entry -> entry.spec().config()).toList();
        Labels labels = Labels.of(configs);
        TextTable table = new TextTable(List.of("trial", "state", "seed", "cell"));
        plan.entries()
                .forEach(entry -> table.add(List.of(
                        entry.spec().hash().substring(0, 10),
                        entry.state(),
                        entry.spec().config().get("seed").asString(),
                        labels.label(entry.spec().config()))));
        List<String> lines = new ArrayList<>(table.lines());
        lines.set(0, console.bold(lines.get(0)));
        lines.add("");
        lines.add(summary(plan));
        if (plan.open() > 0) {
            MemoryBudget memory = MemoryBudget.of(plan, known);
            int workers = memory.workers(Runtime.getRuntime().availableProcessors());
            time(plan, known, workers).ifPresent(lines::add);
            memory.sentence().ifPresent(lines::add);
        }
        return lines;
    }

    /** {@code 6 trials: 4 to train (3 new, 1 failed), 2 done already.} */
    static String summary(Plan plan) {
        long isNew =
                plan.entries().stream().filter(entry -> entry.known().isEmpty()).count();
        String states = Stream.concat(
                        Stream.of(count(isNew, "new")),
                        Stream.of(TrialState.values())
                                .filter(TrialState::isOpen)
                                .map(state -> count(plan.in(state), state.name().toLowerCase(Locale.ROOT))))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(", "));
        return plan.entries().size() + (plan.entries().size() == 1 ? " trial: " : " trials: ") + plan.open()
                + " to train"
                + (isNew == plan.open() || plan.in(TrialState.QUEUED) == plan.open() ? "" : " (" + states + ")") + ", "
                + plan.served() + " done already.";
    }

    private static String count(long count, String what) {
        return count == 0 ? "" : count + " " + what;
    }

    /**
     * {@code About 3:20 with 2 workers, going by 6 similar trials.}; empty where nothing similar is done.
     *
     * @param workers at once, if there is as much to do
     */
    private static Optional<String> time(Plan plan, List<TrialRecord> known, int workers) {
        int width = (int) Math.min(workers, plan.open());
        return TimeEstimate.of(plan.openConfigs(), plan.comparable(known))
                .map(estimate -> "About " + Console.duration(estimate.with(width)) + " with "
                        + (width == 1 ? "1 worker" : width + " workers") + ", going by "
                        + (estimate.from() == 1 ? "1 similar trial." : estimate.from() + " similar trials."));
    }
}
