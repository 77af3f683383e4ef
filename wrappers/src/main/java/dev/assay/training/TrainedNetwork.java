package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.assay.activation.ActivationFile;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.model.Model;
import dev.assay.model.NamePattern;
import dev.assay.random.Seed;
import dev.assay.run.Activations;
import dev.assay.run.FinishedTrial;
import dev.assay.run.NodeSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The network that a trial has left, with the trial's data, to be looked into. Its arrays belong to the manager it was opened on. */
final class TrainedNetwork {
    /** Examples in a batch where nothing depends on it: few enough that the values of all nodes fit in memory. */
    private static final int BATCH = 128;

    private final Model model;
    private final NDManager memory;
    private final Partition partition;
    private final List<String> nodes;
    private final long examples;

    private TrainedNetwork(
            Model model, NDManager memory, Partition partition, List<String> nodes, NodeSelection selection) {
        this.model = model;
        this.memory = memory;
        this.partition = partition;
        this.nodes = nodes;
        this.examples = Math.min(partition.size(), selection.examples().orElse(Long.MAX_VALUE));
    }

    static TrainedNetwork open(FinishedTrial<?> trial, NodeSelection selection, NDManager memory) throws IOException {
        if (!(trial.trainable() instanceof ModelWrapper<?> wrapper)) {
            throw new AssayException("Trial (" + trial.hash() + ") is of a "
                    + trial.trainable().getClass().getName() + ", which has no network to look into.");
        }
        return open(wrapper, trial, selection, memory);
    }

    /** Writes values of some nodes over a partition. */
    static Activations write(FinishedTrial<?> trial, NodeSelection selection, Path file) throws IOException {
        try (NDManager memory = NDManager.newBaseManager()) {
            TrainedNetwork network = open(trial, selection, memory);
            Map<String, Shape> shapes = network.shapes();
            ActivationFile.write(file, shapes, network.examples(), sink -> {
                try (Values values = network.values(BATCH)) {
                    while (values.hasNext()) {
                        try (Scope scope = network.scope()) {
                            sink.add(values.next(scope).values());
                        }
                    }
                }
            });
            Map<String, List<Long>> sizes = new LinkedHashMap<>();
            shapes.forEach((node, shape) ->
                    sizes.put(node, Arrays.stream(shape.getShape()).boxed().toList()));
            return new Activations(sizes, network.examples());
        }
    }

    /** The nodes that were selected, in the order of the network. */
    List<String> nodes() {
        return nodes;
    }

    /** How many examples were selected. */
    long examples() {
        return examples;
    }

    /** What a batch's arrays and values belong to. */
    Scope scope() {
        return Scope.open(memory, List.copyOf(model.tensors().values()));
    }

    /** Begins a pass over the selected examples, in their order. */
    Values values(int batchSize) {
        return new Values(partition.batches(Pass.evaluation(batchSize)));
    }

    /**
     * Some examples and the values of the selected nodes for them.
     *
     * @param inputs arrays of the data by name
     * @param values by node
     */
    record Step(Map<String, NDArray> inputs, Map<String, NDArray> values) {}

    /** A pass over the selected examples. */
    final class Values implements AutoCloseable {
        private final BatchStream batches;
        private long left = examples;

        private Values(BatchStream batches) {
            this.batches = batches;
        }

        boolean hasNext() {
            return left > 0 && batches.hasNext();
        }

        Step next(Scope scope) {
            Batch batch = batches.next(scope.manager());
            int count = (int) Math.min(left, batch.size());
            left -= count;
            Map<String, NDArray> inputs = new LinkedHashMap<>();
            batch.names().forEach(name -> inputs.put(name, first(batch.get(name), count)));
            return new Step(inputs, model.values(Batch.of(count, inputs), nodes));
        }

        @Override
        public void close() {
            batches.close();
        }
    }

    /** Shapes of one example by node, found by running the network on one. */
    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        try (Values values = values(1);
                Scope scope = scope()) {
            if (values.hasNext()) {
                values.next(scope)
                        .values()
                        .forEach((node, value) ->
                                shapes.put(node, value.getShape().slice(1)));
            }
        }
        return shapes;
    }

    private static NDArray first(NDArray array, int count) {
        return array.getShape().get(0) == count ? array : array.get(new NDIndex(":" + count));
    }

    private static <C extends TrainingRun> TrainedNetwork open(
            ModelWrapper<C> wrapper, FinishedTrial<?> trial, NodeSelection selection, NDManager memory)
            throws IOException {
        @SuppressWarnings("unchecked") // A finished trial's config is one for its trainable.
        C config = (C) trial.config();
        Seed seed = new Seed(config.seed());
        Datasets datasets = wrapper.createDatasets(config, seed);
        DataInfo info = DataInfo.of(datasets.train());
        Model model = wrapper.createModel(config, info);
        model.initialize(memory, info.shapes(), seed);
        try (NDManager scratch = memory.newSubManager()) {
            model.load(new WeightFiles(trial.artifacts()).load(trial.weights(), scratch));
        }
        String name = selection.partition();
        Partition partition = name.equals("train") ? datasets.train() : datasets.evaluated(name);
        return new TrainedNetwork(model, memory, partition, select(model.nodes(), selection.nodes()), selection);
    }

    private static List<String> select(List<String> nodes, List<String> asked) {
        if (asked.isEmpty()) {
            return nodes;
        }
        Set<String> selected = new LinkedHashSet<>();
        asked.forEach(pattern -> selected.addAll(NamePattern.parse(pattern).among(nodes)));
        List<String> inOrder = new ArrayList<>(nodes);
        inOrder.retainAll(selected);
        return inOrder;
    }
}
