package dev.assay.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "extend",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a finished trial for more epochs, as a new trial that remembers it as its origin.",
            "The schedule of the learning rate is that of a training of so many epochs, from the step it starts at."
        })
final class ExtendCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "HASH", description = "The trial to go on with, by its hash or the first digits of it.")
    private String hash = "";

    @Option(
            names = "--epochs",
            required = true,
            paramLabel = "N",
            description = "Epochs in all, those done included: the new value of train.epochs.")
    private int epochs;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "What the new experiment is called. Default: extend-HASH.")
    private Optional<String> experiment = Optional.empty();

    @Mixin
    private final StoreOption store = new StoreOption();

    ExtendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> sets = List.of("train.epochs=" + epochs);
        return new Branch(session, store.file, "extend").run(hash, Optional.empty(), sets, experiment);
    }
}
