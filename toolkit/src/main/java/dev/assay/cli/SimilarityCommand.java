package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.report.HeatMap;
import dev.assay.report.HeatMapFiles;
import dev.assay.run.FinishedTrial;
import dev.assay.run.Similarities;
import dev.assay.run.Wrapper;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "similarity",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the layers of the networks that two trials have left, on the same examples.",
            "It writes a heat map, layer by layer, as a page (similarity.html) and a picture (similarity.png), and the numbers (similarity.csv)."
        })
final class SimilarityCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "HASH", description = "The first trial, whose nodes are the rows.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "HASH", description = "The second trial, whose nodes are the columns.")
    private String second = "";

    @Mixin
    private final NodeArguments nodes = new NodeArguments();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            description =
                    "cka, cka-biased, cka-unbiased, cca, svcca, procrustes or regression (how well the first explains the second)."
                            + " Default: ${DEFAULT-VALUE}.")
    private String measure = "cka";

    @Option(
            names = "--units",
            paramLabel = "NAME",
            description =
                    "all: each value is a unit; means: each channel is, by its mean over the positions. Default: ${DEFAULT-VALUE}.")
    private String units = "all";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Examples in a batch, at most; cka compares within batches. Default: ${DEFAULT-VALUE}.")
    private int batch = 256;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where to write. Default: reports/MEASURE-HASH-HASH beside the store.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--json", description = "Prints JSON: files, measure, examples, rows, columns, values.")
    private boolean json;

    SimilarityCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord a = Session.trial(open, first);
            TrialRecord b = Session.trial(open, second);
            FinishedTrial<?> other = NodeArguments.finished(session.wrappers().get(b.wrapper()), b, open);
            Similarities found = compare(session.wrappers().get(a.wrapper()), a, other, open);
            Path to = folder.orElseGet(() -> Session.reportFolder(
                    open, measure + "-" + NodeArguments.shortened(a) + "-" + NodeArguments.shortened(b)));
            List<Path> files = HeatMapFiles.write(map(found, a, b), to, "similarity");
            if (json) {
                session.console().out().println(JsonOutput.text(toJson(found, files)));
            } else {
                files.forEach(session.console().out()::println);
            }
            return ExitCode.OK;
        }
    }

    private <C extends RunConfig> Similarities compare(
            Wrapper<C> wrapper, TrialRecord trial, FinishedTrial<?> other, TrialStore open) throws Exception {
        FinishedTrial<C> finished = NodeArguments.finished(wrapper, trial, open);
        return finished.trainable()
                .similarity(finished, other, nodes.selection(), new Similarities.Question(measure, units, batch))
                .orElseThrow(() -> NodeArguments.hasNone(wrapper));
    }

    private HeatMap map(Similarities found, TrialRecord a, TrialRecord b) {
        return new HeatMap(
                "Similarity of " + NodeArguments.shortened(a) + " and " + NodeArguments.shortened(b),
                "By " + found.measure() + " on " + found.examples() + " examples of (" + nodes.partition() + "), "
                        + (units.equals("all") ? "each value a unit." : "units: " + units + ".")
                        + " Layers are in the order of their networks, from the bottom and from the left.",
                found.measure(),
                name(a),
                name(b),
                found.rows(),
                found.columns(),
                found.values());
    }

    private static String name(TrialRecord trial) {
        return "trial " + NodeArguments.shortened(trial) + ", seed " + trial.seed();
    }

    private static ObjectNode toJson(Similarities found, List<Path> files) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("measure", found.measure()).put("examples", found.examples());
        files.forEach(file -> root.withArray("files").add(file.toString()));
        found.rows().forEach(root.putArray("rows")::add);
        found.columns().forEach(root.putArray("columns")::add);
        ArrayNode values = root.putArray("values");
        found.values().forEach(row -> row.forEach(values.addArray()::add));
        return root;
    }
}
