package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.recipe.Recipe;
import dev.assay.run.RateSearch;
import dev.assay.run.ScratchTrial;
import dev.assay.run.Trainable;
import dev.assay.run.Wrapper;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "rate",
        mixinStandardHelpOptions = true,
        description = {
            "Suggests a learning rate for the first trial of a recipe (Smith 2017).",
            "It makes some steps with a rate that rises from one to the next until the loss explodes, and looks where the loss fell. Nothing is"
                    + " recorded."
        })
final class RateCommand implements Callable<Integer> {
    private static final int BARS = 40;
    private static final int LINES = 25;

    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Option(names = "--from", paramLabel = "RATE", description = "Rate of the first step. Default: ${DEFAULT-VALUE}.")
    private double from = 1e-6;

    @Option(names = "--to", paramLabel = "RATE", description = "Rate of the last step. Default: ${DEFAULT-VALUE}.")
    private double to = 10;

    @Option(names = "--steps", paramLabel = "N", description = "Steps at most. Default: ${DEFAULT-VALUE}.")
    private int steps = 100;

    @Option(names = "--json", description = "Prints JSON: samples with rate and loss, valley and steepest.")
    private boolean json;

    RateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Recipe<?> read = session.recipe(recipe);
        RateSearch search = search(
                session.wrappers().get(read.wrapper()), read.trials().get(0).config());
        if (json) {
            session.console().out().println(toJson(search));
        } else {
            print(search, session.console().out());
        }
        return ExitCode.OK;
    }

    private <C extends RunConfig> RateSearch search(Wrapper<C> wrapper, RunConfig config) throws Exception {
        C typed = wrapper.configType().cast(config);
        Trainable<C> trainable = wrapper.factory().get();
        trainable.prepare(typed);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ScratchTrial<C> trial = new ScratchTrial<>(typed, threads)) {
            trial.see(recipe.store.file);
            return trainable
                    .findRate(trial, new RateSearch.Range(from, to, steps))
                    .orElseThrow(() -> new AssayException("Wrapper (" + wrapper.name() + ") has no learning rate."));
        }
    }

    private static void print(RateSearch search, PrintStream out) {
        List<RateSearch.Sample> samples = search.samples();
        double most =
                samples.stream().mapToDouble(RateSearch.Sample::loss).max().orElse(1);
        int every = Math.max(1, (samples.size() + LINES - 1) / LINES);
        for (int i = 0; i < samples.size(); i += every) {
            RateSearch.Sample sample = samples.get(i);
            String bar = "▇".repeat((int) Math.round(sample.loss() / most * BARS));
            out.printf(Locale.ROOT, "%9.2e  %8.4f  %s%n", sample.rate(), sample.loss(), bar);
        }
        out.println();
        out.println("after " + samples.size() + " steps: " + suggestion("valley", search.valley()) + ", "
                + suggestion("steepest", search.steepest()));
    }

    private static String suggestion(String name, OptionalDouble rate) {
        return name + " " + (rate.isPresent() ? String.format(Locale.ROOT, "%.2g", rate.getAsDouble()) : "none");
    }

    private static ObjectNode toJson(RateSearch search) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        ArrayNode samples = node.putArray("samples");
        search.samples()
                .forEach(
                        sample -> samples.addObject().put("rate", sample.rate()).put("loss", sample.loss()));
        search.valley().ifPresent(rate -> node.put("valley", rate));
        search.steepest().ifPresent(rate -> node.put("steepest", rate));
        return node;
    }
}
