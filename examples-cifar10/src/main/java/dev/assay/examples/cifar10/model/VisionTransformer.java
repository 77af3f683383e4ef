package dev.assay.examples.cifar10.model;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.op.ImmutableAttention;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.ImmutableLearned;
import dev.assay.graph.op.ImmutableMean;
import dev.assay.graph.op.ImmutablePermute;
import dev.assay.graph.op.ImmutableReshape;
import dev.assay.graph.op.Ops;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/**
 * A transformer over patches of the picture, after Dosovitskiy and others 2021, with norms before attention and map; the scores are made of the mean
 * of all tokens in place of a class token, as in Beyer, Zhai and Kolesnikov 2022.
 */
@Config
@Kind("vit")
@Doc("A transformer over patches of the picture.")
public non-sealed interface VisionTransformer extends VisionModel {
    /** Height and width of pictures. */
    int SIDE = 32;

    @Doc("Height and width of a patch, which divides those of a picture.")
    @Positive @Value.Default
    default int patch() {
        return 4;
    }

    @Doc("Values of a token.")
    @Positive @Value.Default
    default int width() {
        return 96;
    }

    @Doc("Number of blocks, each of attention and a map.")
    @Positive @Value.Default
    default int depth() {
        return 6;
    }

    @Doc("Heads of the attention, which share out the values of a token.")
    @Positive @Value.Default
    default int heads() {
        return 3;
    }

    @Doc("Values within a map for each of a token.")
    @Positive @Value.Default
    default int expansion() {
        return 2;
    }

    @Doc("Part of the attention and of what blocks add that is left out in training.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double dropout() {
        return 0;
    }

    @AssertTrue(message = "patch must divide 32, the height of pictures") default boolean isWholePatches() {
        return SIDE % patch() == 0;
    }

    @AssertTrue(message = "heads must divide width") default boolean isWholeHeads() {
        return width() % heads() == 0;
    }

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        return Classification.graph(labelSmoothing, graph -> {
            addTokens(graph);
            for (int i = 1; i <= depth(); i++) {
                graph.group("block" + i, this::addBlock);
            }
            graph.add("norm", Ops.layerNorm())
                    .add("mean", ImmutableMean.builder().build())
                    .add("logits", Ops.linear(classes));
        });
    }

    /** Arrays of shape (N, tokens, width): a linear map of each patch, and where it is. */
    private void addTokens(GraphBuilder graph) {
        int tokens = SIDE / patch() * (SIDE / patch());
        graph.add(
                        "patches",
                        ImmutableConv.builder()
                                .filters(width())
                                .kernel(patch())
                                .stride(patch())
                                .build())
                .add(
                        "columns",
                        ImmutableReshape.builder().addShape(width(), tokens).build())
                .add("tokens", ImmutablePermute.builder().addOrder(0, 2, 1).build())
                .add(
                        "positions",
                        ImmutableLearned.builder().addSize(tokens, width()).build())
                .add("placed", Ops.add(), "tokens", "positions");
    }

    private void addBlock(GraphBuilder block) {
        block.add("norm1", Ops.layerNorm())
                .add(
                        "attention",
                        ImmutableAttention.builder()
                                .heads(heads())
                                .dropout(dropout())
                                .build());
        addDropout(block, "dropout1");
        block.add("sum1", Ops.add(), "in", dropout() > 0 ? "dropout1" : "attention")
                .add("norm2", Ops.layerNorm())
                .add("fc1", Ops.linear(expansion() * width()))
                .add("gelu", Ops.gelu())
                .add("fc2", Ops.linear(width()));
        addDropout(block, "dropout2");
        block.add("sum2", Ops.add(), "sum1", dropout() > 0 ? "dropout2" : "fc2");
    }

    private void addDropout(GraphBuilder block, String name) {
        if (dropout() > 0) {
            block.add(name, Ops.dropout(dropout()));
        }
    }
}
