package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.error.NotFoundException;
import dev.assay.recipe.Recipe;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what differs between two configs, one path a line: path: old → new.",
            "Each is a recipe or a trial of the store; of a recipe that varies something one cell is taken."
        })
final class ConfigDiffCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "A recipe file, or a trial by the first digits of its hash.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "Likewise.")
    private String after = "";

    @Mixin
    private final CellOption cell = new CellOption();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--all", description = "Stateless values, too: those that are no part of what a trial is.")
    private boolean all;

    @Option(names = "--json", description = "Prints JSON: wrappers, and differences with path, before and after.")
    private boolean json;

    ConfigDiffCommand(Session session) {
        this.session = session;
    }

    /** One of the two. */
    private record Side(String wrapper, RunConfig config) {}

    @Override
    public Integer call() {
        Side a = side(before);
        Side b = side(after);
        List<ConfigDiff> differences = ConfigDiff.between(a.config, b.config, all);
        if (json) {
            session.console().out().println(JsonOutput.differences(a.wrapper, b.wrapper, differences));
            return ExitCode.OK;
        }
        boolean same = a.wrapper.equals(b.wrapper);
        if (!same) {
            session.console().out().println("wrapper: " + a.wrapper + " → " + b.wrapper);
        }
        differences.forEach(session.console().out()::println);
        if (same && differences.isEmpty()) {
            session.console().err().println("There is no difference" + (all ? "." : " but what --all may show."));
        }
        return ExitCode.OK;
    }

    private Side side(String argument) {
        Path file = Path.of(argument);
        if (Files.exists(file)) {
            RecipeArguments arguments = new RecipeArguments();
            arguments.file = file;
            arguments.store.file = store.file;
            Recipe<?> recipe = session.recipe(arguments);
            return new Side(recipe.wrapper(), cell.of(recipe).config());
        }
        if (!argument.matches("[0-9a-f]{1,64}")) {
            throw new NotFoundException("There is no file (" + argument + "), and it is no trial's hash.");
        }
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord trial = Session.trial(open, argument);
            Class<? extends RunConfig> type =
                    session.wrappers().get(trial.wrapper()).configType();
            return new Side(trial.wrapper(), read(type, trial.config()));
        }
    }

    private static <C extends RunConfig> C read(Class<C> type, JsonNode config) {
        return ConfigReader.of(type).fromJson(config);
    }
}
