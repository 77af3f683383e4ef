package dev.assay.cli;

import dev.assay.recipe.Recipe;
import dev.assay.run.Plan;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows which trials a recipe asks for and which of them are there already. Changes nothing.")
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Option(names = "--json", description = "Prints JSON: experiment, and trials with hash, state and config.")
    private boolean json;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Recipe<?> read = session.recipe(recipe);
        Optional<TrialStore> there = TrialStore.openExisting(recipe.store.file);
        try {
            List<TrialRecord> known = there.map(TrialStore::trials).orElse(List.of());
            Plan plan = Plan.of(Session.specs(read), known);
            RecordedConfigs.refuseChanged(read, plan);
            if (json) {
                session.console().out().println(JsonOutput.plan(read.name(), plan));
            } else {
                PlanText.of(plan, known, session.console())
                        .forEach(session.console().out()::println);
            }
            return ExitCode.OK;
        } finally {
            there.ifPresent(TrialStore::close);
        }
    }
}
