package dev.assay.cli;

import dev.assay.recipe.Recipe;
import dev.assay.run.Plan;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        // Of thousands of trials the recipe and the store take as long to read, so they are read side by side.
        CompletableFuture<List<TrialRecord>> stored = CompletableFuture.supplyAsync(this::stored);
        Recipe<?> read = session.recipe(recipe);
        List<TrialRecord> known = get(stored);
        Plan plan = Plan.of(Session.specs(read), known);
        RecordedConfigs.refuseChanged(read, plan);
        if (json) {
            session.console().out().println(JsonOutput.plan(read.name(), plan));
        } else {
            PlanText.of(plan, known, session.console())
                    .forEach(session.console().out()::println);
        }
        return ExitCode.OK;
    }

    private List<TrialRecord> stored() {
        return TrialStore.openExisting(recipe.store.file)
                .map(store -> {
                    try (store) {
                        return store.trials();
                    }
                })
                .orElse(List.of());
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
