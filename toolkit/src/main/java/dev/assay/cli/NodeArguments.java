package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.run.FinishedTrial;
import dev.assay.run.NodeSelection;
import dev.assay.run.Wrapper;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Which values within networks a command looks at. */
final class NodeArguments {
    static final int SHORT_HASH = 10;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "NAME",
            description = "Nodes, by name or pattern with * and ?. Default: all.")
    private List<String> nodes = List.of();

    @Option(
            names = "--partition",
            paramLabel = "NAME",
            description = "Data to run the network on; train is the training data. Default: ${DEFAULT-VALUE}.")
    private String partition = "test";

    @Option(names = "--examples", paramLabel = "N", description = "Only so many of the first examples.")
    private Optional<Long> examples = Optional.empty();

    /** @throws AssayException if the number of examples is not positive */
    NodeSelection selection() {
        if (examples.orElse(1L) < 1) {
            throw new AssayException("The number of examples (" + examples.get() + ") must be positive.");
        }
        return new NodeSelection(
                nodes, partition, examples.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    String partition() {
        return partition;
    }

    /** The trial on record, its data made sure of. */
    static <C extends RunConfig> FinishedTrial<C> finished(Wrapper<C> wrapper, TrialRecord trial, TrialStore store) {
        int threads = Runtime.getRuntime().availableProcessors();
        FinishedTrial<C> finished = FinishedTrial.of(wrapper, trial, store.artifacts(), threads);
        finished.prepare();
        return finished;
    }

    static String shortened(TrialRecord trial) {
        return trial.hash().substring(0, SHORT_HASH);
    }

    static AssayException hasNone(Wrapper<?> wrapper) {
        return new AssayException("Wrapper (" + wrapper.name() + ") has no network to look into.");
    }
}
