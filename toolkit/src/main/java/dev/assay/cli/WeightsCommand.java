package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.run.FinishedTrial;
import dev.assay.run.Wrapper;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the weights that a trial has left to one file of the safetensors format, for other programs.",
            "A store has each tensor once, whatever trials share it; this puts those of a trial together."
        })
final class WeightsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "HASH", description = "The trial, by its hash or the first digits of it.")
    private String hash = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where to write.")
    private Path file = Path.of("");

    WeightsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord trial = Session.trial(open, hash);
            SortedMap<String, List<Long>> shapes = write(session.wrappers().get(trial.wrapper()), trial, open);
            PrintStream out = session.console().out();
            shapes.forEach((name, shape) -> out.printf(
                    "%-40s %s%n", name, shape.stream().map(String::valueOf).collect(Collectors.joining(" × "))));
            out.println(shapes.size() + " tensors in " + file);
            return ExitCode.OK;
        }
    }

    private <C extends RunConfig> SortedMap<String, List<Long>> write(
            Wrapper<C> wrapper, TrialRecord trial, TrialStore open) throws Exception {
        FinishedTrial<C> finished = FinishedTrial.of(wrapper, trial, open.artifacts(), 1);
        try {
            return finished.trainable()
                    .exportWeights(finished, file)
                    .orElseThrow(() ->
                            new AssayException("The weights of wrapper (" + wrapper.name() + ") are no tensors."));
        } catch (IOException e) {
            throw new AssayException("The weights (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }
}
