package dev.assay.examples.cifar10.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.NativeEngine;
import dev.assay.engine.Scalars;
import dev.assay.examples.cifar10.ClassifierRun;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphException;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.op.Weight;
import dev.assay.model.Mode;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G1")
class VisionModelTest {
    private static final Map<String, Shape> EXAMPLE = Map.of("image", new Shape(3, 32, 32), "label", new Shape());

    /** Numbers that PyTorch counts for the same networks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{kind: small-cnn}; 24346",
                "{kind: lenet}; 62006",
                "{kind: resnet9}; 412944",
                "{kind: resnet18}; 11173962",
                "{kind: vit}; 460714",
                "{kind: speedrun}; 1972792"
            })
    void graph_eachKind_hasAsManyParametersAsInPyTorch(String model, long parameters) {
        ShapedGraph shaped = ShapedGraph.of(model(model).graph(10, 0), EXAMPLE);

        assertThat(shaped.weights().values().stream()
                        .map(ShapedGraph.OwnedWeight::weight)
                        .filter(Weight::isTrained)
                        .mapToLong(weight -> weight.shape().size())
                        .sum())
                .isEqualTo(parameters);
    }

    @Test
    void graph_ofResNet18WithStemForLargePictures_hasTorchvisionsParameters() {
        ShapedGraph shaped = ShapedGraph.of(
                model("{kind: resnet18, stem: imagenet}").graph(1000, 0),
                Map.of("image", new Shape(3, 224, 224), "label", new Shape()));

        assertThat(shaped.weights().values().stream()
                        .map(ShapedGraph.OwnedWeight::weight)
                        .filter(Weight::isTrained)
                        .mapToLong(weight -> weight.shape().size())
                        .sum())
                .isEqualTo(11_689_512);
        assertThat(shaped.shape("layer4.1.relu2")).isEqualTo(new Shape(-1, 512, 7, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: small-cnn, width: 4, dropout: 0.1}",
                "{kind: lenet}",
                "{kind: resnet9, width: 4}",
                "{kind: resnet18, width: 4}",
                "{kind: vit, width: 12, depth: 2, dropout: 0.1}",
                "{kind: speedrun, width: 8}"
            })
    void forward_eachKind_givesScoresAndGradientsForAllParameters(String text) throws Exception {
        NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Model model = model(text).graph(10, 0.1).toModel();
                model.initialize(memory, EXAMPLE, new Seed(1));
                Batch batch = batch(memory);

                NDArray loss = model.forward(batch, Mode.TRAIN).loss();
                Autograd.backward(loss);

                assertThat(Scalars.value(loss)).isBetween(1.0, 6.0);
                assertThat(model.outputs()).containsExactly("logits");
                assertThat(model.gradients(memory))
                        .containsOnlyKeys(model.parameters().keySet());
            }
            return true;
        });
    }

    @Test
    void graph_ofConfigWithoutLoss_hasCrossEntropyWithTheRunsSmoothing() {
        VisionModel model = model("""
                {kind: graph, inputs: [image], nodes: [{kind: flatten}, {kind: linear, name: logits, units: 10}]}""");

        Graph graph = model.graph(10, 0.2);

        assertThat(graph.inputs()).containsExactly("image", "label");
        assertThat(graph.loss()).contains("loss");
        assertThat(graph.node("loss").op()).isEqualTo(Classification.loss(0.2));
        assertThat(graph.outputs()).containsExactly("logits");
    }

    @Test
    void graph_ofConfigWithoutLogits_saysWhatItGives() {
        VisionModel model =
                model("{kind: graph, inputs: [image], nodes: [{kind: flatten}, {kind: linear, units: 10}]}");

        assertThatThrownBy(() -> model.graph(10, 0))
                .isInstanceOf(GraphException.class)
                .hasMessage("""
                The graph gives [linear1]; a classifier gives (logits), a score for each of 10 classes.
                Maybe its last node should have that name.""");
    }

    @Test
    void graph_ofConfigWithAnotherNumberOfClasses_saysBoth() {
        VisionModel model = model("""
                {kind: graph, inputs: [image], nodes: [{kind: flatten}, {kind: linear, name: logits, units: 100}]}""");

        assertThatThrownBy(() -> model.graph(10, 0))
                .isInstanceOf(GraphException.class)
                .hasMessage(
                        "The output (logits) of the graph has shape (-1, 100); the data have 10 classes, for which it must"
                                + " be (-1, 10), -1 being the batch.");
    }

    @Test
    void graph_ofConfigWithoutPictures_saysItsInputs() {
        VisionModel model = model("{kind: graph, inputs: [picture], nodes: [{kind: flatten, name: logits}]}");

        assertThatThrownBy(() -> model.graph(10, 0))
                .hasMessage("The graph has inputs [picture]; pictures come as (image), and their classes as (label).");
    }

    @Test
    void graph_ofConfigWithOwnLossAndSmoothingOfTheRun_isRefused() {
        VisionModel model = model("""
                {kind: graph, inputs: [image, label], nodes: [{kind: flatten}, {kind: linear, name: logits, units: 10},
                  {kind: cross-entropy, name: objective, from: [logits, label]}]}""");

        assertThat(model.graph(10, 0).loss()).contains("objective");
        assertThatThrownBy(() -> model.graph(10, 0.1))
                .hasMessage("The graph has a loss of its own (objective), which labelSmoothing (0.1) says nothing to.\n"
                        + "Maybe its node should have the smoothing, or be left out.");
    }

    static VisionModel model(String text) {
        return ConfigReader.of(ClassifierRun.class)
                .parse(
                        "{data: {kind: synthetic}, train: {epochs: 1, batchSize: 4, optimizer: {kind: sgd, lr: 0.1}}, seed: 1, model: "
                                + text + "}",
                        "config")
                .model();
    }

    static Batch batch(NDManager memory) {
        NDArray images = memory.randomNormal(new Shape(4, 3, 32, 32));
        NDArray labels = memory.create(new int[] {0, 1, 2, 3});
        return Batch.of(4, Map.of("image", images, "label", labels));
    }
}
