package dev.assay.cli;

import dev.assay.analysis.Labels;
import dev.assay.run.Plan;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A plan for people. */
final class PlanText {
    private PlanText() {}

    static List<String> of(Plan plan, Console console) {
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
        return lines;
    }

    /** {@code 6 trials: 4 to train, 2 done already}. */
    static String summary(Plan plan) {
        long again = plan.in(TrialState.FAILED) + plan.in(TrialState.INTERRUPTED) + plan.in(TrialState.ABANDONED);
        return plan.entries().size() + (plan.entries().size() == 1 ? " trial: " : " trials: ") + plan.open()
                + " to train"
                + (again > 0 ? " (" + again + " of them failed or were interrupted before)" : "") + ", "
                + plan.served() + " done already.";
    }
}
