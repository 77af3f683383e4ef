package dev.assay.examples.cifar10;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.config.ConfigException;
import dev.assay.config.ConfigReader;
import dev.assay.data.Datasets;
import dev.assay.error.AssayException;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.examples.cifar10.model.VisionModel;
import dev.assay.graph.GraphModel;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.ShapedGraph;
import dev.assay.model.Model;
import dev.assay.model.PartialLoad;
import dev.assay.random.Seed;
import dev.assay.stitching.Stitching;
import dev.assay.store.TrialRecord;
import dev.assay.store.Weights;
import dev.assay.training.DataInfo;
import dev.assay.training.Measure;
import dev.assay.training.Measures;
import dev.assay.training.ModelWrapper;
import dev.assay.training.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two trained networks made one by a layer between, which alone is trained: how well it does tells how alike what the two have learned is (Bansal,
 * Nakkiran and Barak 2021).
 */
public final class StitchedClassifier extends ModelWrapper<StitchedRun> {
    private static final Logger LOG = LoggerFactory.getLogger(StitchedClassifier.class);

    @Override
    public void prepare(StitchedRun config) {
        CifarDatasets.prepare(config.data());
    }

    /** Both trials by their whole hashes, with their networks. */
    @Override
    public StitchedRun resolve(StitchedRun config, Function<String, TrialRecord> trials) {
        StitchedModel model = config.model();
        return ImmutableStitchedRun.copyOf(config)
                .withModel(ImmutableStitchedModel.copyOf(model)
                        .withFirst(known(model.first(), trials))
                        .withSecond(known(model.second(), trials)));
    }

    private static StitchedModel.Part known(StitchedModel.Part part, Function<String, TrialRecord> trials) {
        TrialRecord trial = trials.apply(part.trial());
        if (trial.weights().isEmpty()) {
            throw new AssayException("Trial (" + trial.hash() + ") is " + trial.state()
                    + " and has left no weights; what is stitched must have ended well.");
        }
        try {
            VisionModel network =
                    ConfigReader.of(VisionModel.class).fromJson(trial.config().get("model"));
            return ImmutablePart.copyOf(part).withTrial(trial.hash()).withNetwork(network);
        } catch (ConfigException e) {
            throw new AssayException(
                    "Trial (" + trial.hash() + ") of wrapper (" + trial.wrapper()
                            + ") has no network of one part; what is stitched must be a classifier's.",
                    e);
        }
    }

    @Override
    protected Datasets createDatasets(StitchedRun config, Seed seed) {
        return CifarDatasets.load(config.data());
    }

    @Override
    protected Model createModel(StitchedRun config, DataInfo info) {
        return stitching(config, info).graph().toModel();
    }

    @Override
    protected List<Measure> measures() {
        return List.of(Measures.loss(), Measures.accuracy(Stitching.SECOND + ".logits", "label"));
    }

    @Override
    protected boolean isFrozen(StitchedRun config, String tensor) {
        return !tensor.startsWith(Stitching.LAYER + ".");
    }

    @Override
    protected void start(StitchedRun config, Start start) {
        StitchedModel model = config.model();
        try (NDManager scratch = start.memory().newSubManager()) {
            Map<String, NDArray> second = weights(model.second(), start, scratch);
            PartialLoad load = PartialLoad.into(
                    start.model(), Stitching.arrays(weights(model.first(), start, scratch), second), Map.of());
            LOG.info(
                    "Of the two networks {} tensors were taken over.",
                    load.matched().size());
            GraphNetwork whole = GraphNetwork.over(network(model.second(), config, start.data()), scratch, second);
            GraphNetwork stitched = ((GraphModel) start.model().network()).network();
            stitching(config, start.data())
                    .start(model.start(), stitched, whole, start.train())
                    .ifPresent(map -> LOG.info("The layer starts from a {}.", map));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, NDArray> weights(StitchedModel.Part part, Start start, NDManager owner)
            throws IOException {
        Weights weights = start.other(part.trial())
                .flatMap(TrialRecord::weights)
                .orElseThrow(
                        () -> new AssayException("Trial (" + part.trial() + ") is not in the store with weights."));
        return start.weights(weights, owner);
    }

    private static Stitching stitching(StitchedRun config, DataInfo info) {
        StitchedModel model = config.model();
        return Stitching.of(
                network(model.first(), config, info),
                model.first().node(),
                network(model.second(), config, info),
                model.second().node(),
                model.layer());
    }

    private static ShapedGraph network(StitchedModel.Part part, StitchedRun config, DataInfo info) {
        VisionModel network = part.network()
                .orElseThrow(
                        () -> new AssayException("The network of trial (" + part.trial() + ") was not looked up."));
        return ShapedGraph.of(
                network.graph(info.classes().size(), config.train().labelSmoothing()), info.shapes());
    }
}
