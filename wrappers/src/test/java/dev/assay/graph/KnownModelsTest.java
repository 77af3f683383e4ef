package dev.assay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.ImmutableMaxPool;
import dev.assay.graph.op.Ops;
import dev.assay.model.Mode;
import dev.assay.random.Seed;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models whose figures are known from elsewhere. */
class KnownModelsTest {
    private static final String VISION_TRANSFORMER = """
            inputs: [image, label]
            nodes:
              - {name: patches, kind: conv, filters: 32, kernel: 4, stride: 4}
              - {name: places, kind: flatten, first: 2}
              - {name: tokens, kind: permute, order: [0, 2, 1]}
              - {name: class, kind: parameter, size: [1, 32], deviation: 0}
              - {name: sequence, kind: concat, from: [class, tokens]}
              - {name: position, kind: parameter, size: [65, 32]}
              - {name: start, kind: add, from: [sequence, position]}
              - name: block1
                kind: group
                nodes: &block
                  - {name: norm1, kind: layer-norm}
                  - {name: attention, kind: attention, heads: 4}
                  - {name: sum1, kind: add, from: [attention, in]}
                  - {name: norm2, kind: layer-norm}
                  - {name: up, kind: linear, units: 128}
                  - {name: gelu, kind: gelu}
                  - {name: down, kind: linear, units: 32}
                  - {name: sum2, kind: add, from: [down, sum1]}
              - {name: block2, kind: group, nodes: *block}
              - {name: norm, kind: layer-norm}
              - {name: token, kind: select}
              - {name: scores, kind: linear, units: 10}
              - {name: loss, kind: cross-entropy, from: [scores, label]}
            """;

    private static ImmutableConv convolution(int filters, int kernel, int stride) {
        return ImmutableConv.builder()
                .filters(filters)
                .kernel(kernel)
                .stride(stride)
                .padding(kernel / 2)
                .bias(false)
                .build();
    }

    private static void block(GraphBuilder block, int filters, int stride) {
        block.add("conv1", convolution(filters, 3, stride))
                .add("bn1", Ops.batchNorm())
                .add("relu1", Ops.relu())
                .add("conv2", convolution(filters, 3, 1))
                .add("bn2", Ops.batchNorm());
        if (stride > 1) {
            block.group(
                    "downsample",
                    down -> down.add("0", convolution(filters, 1, stride)).add("1", Ops.batchNorm()),
                    "in");
        }
        block.add("sum", Ops.add(), "bn2", stride > 1 ? "downsample" : "in").add("relu2", Ops.relu());
    }

    private static Graph resNet18() {
        return Graph.of(g -> {
            g.input("image")
                    .add("conv1", convolution(64, 7, 2))
                    .add("bn1", Ops.batchNorm())
                    .add("relu", Ops.relu())
                    .add(
                            "maxpool",
                            ImmutableMaxPool.builder()
                                    .kernel(3)
                                    .stride(2)
                                    .padding(1)
                                    .build());
            for (int i = 1; i <= 4; i++) {
                int filters = 32 << i;
                int stride = i == 1 ? 1 : 2;
                g.group(
                        "layer" + i,
                        layer -> layer.group("0", first -> block(first, filters, stride))
                                .group("1", second -> block(second, filters, 1)));
            }
            g.add("avgpool", Ops.averageAll()).add("flatten", Ops.flatten()).add("fc", Ops.linear(1000));
        });
    }

    /** The figures of He and others 2015 as torchvision states them: 11,689,512 parameters, 1.814 billion multiply-adds. */
    @Test
    @Tag("G12")
    void figuresOfResNet18_areThoseOfTorchvision() {
        ShapedGraph shaped = ShapedGraph.of(resNet18(), Map.of("image", new Shape(3, 224, 224)));

        long parameters = shaped.weights().values().stream()
                .filter(owned -> owned.weight().isTrained())
                .mapToLong(owned -> owned.weight().shape().size())
                .sum();
        long multiplyAdds = shaped.known().stream()
                .mapToLong(node -> node.op().multiplyAdds(shaped.inputShapes(node)))
                .sum();

        assertThat(parameters).isEqualTo(11_689_512);
        assertThat(multiplyAdds).isEqualTo(1_814_073_344);
        assertThat(shaped.weights())
                .containsKeys(
                        "conv1.weight",
                        "bn1.running_var",
                        "layer2.0.downsample.0.weight",
                        "layer2.0.downsample.1.running_mean",
                        "layer4.1.bn2.bias",
                        "fc.bias");
    }

    @Test
    @Tag("G1")
    void visionTransformer_ofConfig_runsAndTrains() throws Exception {
        Graph graph = ConfigReader.of(GraphConfig.class)
                .parse(VISION_TRANSFORMER, "vit.yaml")
                .graph();
        ShapedGraph shaped = ShapedGraph.of(graph, Map.of("image", new Shape(3, 32, 32), "label", new Shape()));

        assertThat(shaped.shape("block2.sum2")).isEqualTo(new Shape(-1, 65, 32));
        assertThat(graph.node("block2.sum1").inputs()).containsExactly("block2.attention", "block1.sum2");
        Native.run(memory -> {
            GraphNetwork network = GraphNetwork.initialize(shaped, memory, new Seed(1), DataType.FLOAT32);
            NDArray image =
                    memory.arange(2 * 3072).toType(DataType.FLOAT32, true).sin().reshape(2, 3, 32, 32);
            NDArray label = memory.create(new long[] {3, 7});

            Values values = network.forward(Map.of("image", image, "label", label), Mode.TRAIN);
            Autograd.backward(values.get("loss"));

            network.parameters().forEach((name, parameter) -> {
                NDArray gradient = Autograd.gradient(parameter, memory).orElseThrow();
                assertThat(gradient.abs().sum().toFloatArray()[0]).as(name).isPositive();
            });
        });
    }
}
