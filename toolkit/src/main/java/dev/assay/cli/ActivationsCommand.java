package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.run.Activations;
import dev.assay.run.Wrapper;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "activations",
        mixinStandardHelpOptions = true,
        description = {
            "Writes values within the network that a trial has left to a file.",
            "The file is of the safetensors format: a tensor of 32-bit floats for each node, its first dimension the example, in the order of the"
                    + " partition. It is written a batch at a time."
        })
final class ActivationsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "HASH", description = "The trial, by its hash or the first digits of it.")
    private String hash = "";

    @Mixin
    private final NodeArguments nodes = new NodeArguments();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Where to write. Default: activations/HASH-PARTITION.safetensors beside the store.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--json", description = "Prints JSON: file, examples, and the shape of each node.")
    private boolean json;

    ActivationsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord trial = Session.trial(open, hash);
            Path to = file.orElseGet(() -> open.directory()
                    .resolve("activations")
                    .resolve(NodeArguments.shortened(trial) + "-" + nodes.partition() + ".safetensors"));
            Activations written = write(session.wrappers().get(trial.wrapper()), trial, open, to);
            PrintStream out = session.console().out();
            if (json) {
                out.println(JsonOutput.text(toJson(to, written)));
            } else {
                written.shapes()
                        .forEach((node, shape) -> out.printf(
                                "%-40s %s%n",
                                node, shape.stream().map(String::valueOf).collect(Collectors.joining(" × "))));
                out.println(written.examples() + " examples in " + to);
            }
            return ExitCode.OK;
        }
    }

    private <C extends RunConfig> Activations write(Wrapper<C> wrapper, TrialRecord trial, TrialStore open, Path to)
            throws Exception {
        var finished = NodeArguments.finished(wrapper, trial, open);
        try {
            return finished.trainable()
                    .activations(finished, nodes.selection(), to)
                    .orElseThrow(() -> NodeArguments.hasNone(wrapper));
        } catch (IOException e) {
            throw new AssayException("The activations (" + to + ") cannot be written: " + e.getMessage(), e);
        }
    }

    private static ObjectNode toJson(Path file, Activations written) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("file", file.toString()).put("examples", written.examples());
        ObjectNode shapes = root.putObject("nodes");
        written.shapes().forEach((node, shape) -> {
            ArrayNode sizes = shapes.putArray(node);
            shape.forEach(sizes::add);
        });
        return root;
    }
}
