package dev.assay.cli;

import dev.assay.store.Experiment;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sources",
        mixinStandardHelpOptions = true,
        description =
                "Shows what an experiment of the store was read from when it was last run: its recipe, what that includes,"
                        + " profiles, variables, arguments.")
final class ConfigSourcesCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment's name, as its recipe gives it.")
    private String experiment = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--json", description = "Prints JSON: sources with layer, name and the text to the letter.")
    private boolean json;

    ConfigSourcesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            List<Experiment.Source> sources =
                    Session.experiment(open, experiment).sources();
            if (json) {
                session.console().out().println(JsonOutput.sources(sources));
            } else {
                sources.forEach(this::print);
            }
            return ExitCode.OK;
        }
    }

    private void print(Experiment.Source source) {
        String layer = source.layer().toLowerCase(Locale.ROOT).replace('_', ' ');
        session.console().out().println(session.console().bold(layer + " " + source.name()));
        session.console().out().print(source.text().indent(2));
    }
}
