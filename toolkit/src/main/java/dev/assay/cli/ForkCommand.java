package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a new trial from where another was, with a changed config.",
            "The other trial stays as it is; the new one remembers it as its origin. After an interruption or a crash the same command goes"
                    + " on."
        })
final class ForkCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "HASH", description = "The trial to start from, by its hash or the first digits of it.")
    private String hash = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A change of the config, such as train.optimizer.lr=0.01; may be given more than once.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "The step to start after. Default: the last whose state was kept.")
    private Optional<Long> step = Optional.empty();

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "What the new experiment is called. Default: fork-HASH.")
    private Optional<String> experiment = Optional.empty();

    @Mixin
    private final StoreOption store = new StoreOption();

    ForkCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new Branch(session, store.file, "fork").run(hash, step, sets, experiment);
    }
}
