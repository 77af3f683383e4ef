package dev.assay.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.engine.NativeEngine;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.StepScript;
import dev.assay.graph.op.Conv;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.ImmutableMaxPool;
import dev.assay.graph.op.Ops;
import dev.assay.optimizer.Gradients;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.optimizer.Optimizer;
import dev.assay.random.Seed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Times what comes before the first step of a graph of ResNet-50's size (He and others 2016; torchvision's layout, 53 convolutions, 25.6 million
 * parameters), on pictures of 64×64: its declaration, first arrays, compilation. Prints one line of JSON for each of three rounds, in milliseconds; the
 * first is that of a new process, but for loading the engine.
 */
public final class CompileBenchmark {
    private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

    private CompileBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        NativeEngine.call(2, () -> {
            for (int i = 0; i < 3; i++) {
                try (NDManager memory = NDManager.newBaseManager()) {
                    round(memory);
                }
            }
            return true;
        });
    }

    private static void round(NDManager memory) {
        NDArray image = memory.ones(new Shape(2, 3, 64, 64));
        NDArray label = memory.zeros(new Shape(2), DataType.INT64);
        long begin = System.nanoTime();
        ShapedGraph shaped = ShapedGraph.of(resNet50(), Map.of("image", new Shape(3, 64, 64), "label", new Shape()));
        long declared = System.nanoTime();
        GraphNetwork network = GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);
        long initialized = System.nanoTime();
        GraphNetwork again = GraphNetwork.over(shaped, memory, network.tensors());
        long compiledNodes = System.nanoTime();
        Optimizer optimizer =
                Optimizer.of(ImmutableSgd.builder().lr(0.01).momentum(0.9).build(), memory);
        StepScript.Parts parts = new StepScript.Parts(
                names -> optimizer.code("update").text(), Gradients.code(), Optional.empty(), Optional.empty(), false);
        try (StepScript script = StepScript.compile(again, network.parameters().keySet(), parts)) {
            long compiled = System.nanoTime();
            Batch batch = Batch.of(2, Map.of("image", image, "label", label));
            step(memory, network, optimizer, script, batch);
            long first = System.nanoTime();
            step(memory, network, optimizer, script, batch);
            long second = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "{\"parameters\": %d, \"declaration\": %.0f, \"arrays and nodes\": %.0f, \"nodes again\": %.0f, \"step\": %.0f,"
                            + " \"first step\": %.0f, \"second step\": %.0f}%n",
                    network.parameters().values().stream()
                            .mapToLong(NDArray::size)
                            .sum(),
                    (declared - begin) / 1e6,
                    (initialized - declared) / 1e6,
                    (compiledNodes - initialized) / 1e6,
                    (compiled - compiledNodes) / 1e6,
                    (first - compiled) / 1e6,
                    (second - first) / 1e6);
        }
    }

    private static void step(
            NDManager memory, GraphNetwork network, Optimizer optimizer, StepScript script, Batch batch) {
        Optimizer.Arguments arguments = optimizer.arguments(network.parameters(), script.trained(), 0.01);
        NDArray loss = script.run(memory, batch, arguments.remembered(), arguments.factors());
        if (!Float.isFinite(loss.getFloat())) {
            throw new IllegalStateException("The loss is " + loss.getFloat() + ".");
        }
    }

    private static Graph resNet50() {
        return Graph.of(g -> {
            g.input("image", "label")
                    .add("conv1", conv(64, 7, 2))
                    .add("bn1", Ops.batchNorm())
                    .add("relu", Ops.relu())
                    .add(
                            "maxpool",
                            ImmutableMaxPool.builder()
                                    .kernel(3)
                                    .stride(2)
                                    .padding(1)
                                    .build());
            for (int layer = 0; layer < BLOCKS.size(); layer++) {
                for (int block = 0; block < BLOCKS.get(layer); block++) {
                    int filters = 64 << layer;
                    int stride = layer > 0 && block == 0 ? 2 : 1;
                    boolean isFirst = block == 0;
                    g.group("layer" + (layer + 1) + "." + block, b -> bottleneck(b, filters, stride, isFirst));
                }
            }
            g.add("avgpool", Ops.averageAll())
                    .add("flat", Ops.flatten())
                    .add("fc", Ops.linear(1000))
                    .add("loss", Ops.crossEntropy(), "fc", "label");
        });
    }

    private static void bottleneck(GraphBuilder block, int filters, int stride, boolean isFirst) {
        block.add("conv1", conv(filters, 1, 1), "in")
                .add("bn1", Ops.batchNorm())
                .add("relu1", Ops.relu())
                .add("conv2", conv(filters, 3, stride))
                .add("bn2", Ops.batchNorm())
                .add("relu2", Ops.relu())
                .add("conv3", conv(4 * filters, 1, 1))
                .add("bn3", Ops.batchNorm());
        if (isFirst) {
            block.add("downsample.0", conv(4 * filters, 1, stride), "in").add("downsample.1", Ops.batchNorm());
        }
        block.add("sum", Ops.add(), "bn3", isFirst ? "downsample.1" : "in").add("out", Ops.relu());
    }

    private static Conv conv(int filters, int kernel, int stride) {
        return ImmutableConv.builder()
                .filters(filters)
                .kernel(kernel)
                .stride(stride)
                .padding(kernel / 2)
                .bias(false)
                .build();
    }
}
