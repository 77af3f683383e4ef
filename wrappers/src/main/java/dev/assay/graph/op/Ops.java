package dev.assay.graph.op;

/** Ops with their usual settings, for graphs that are written in Java; the builders of their configs have all settings. */
public final class Ops {
    private Ops() {}

    /** A convolution with stride 1, without padding. */
    public static Conv conv(int filters, int kernel) {
        return ImmutableConv.builder().filters(filters).kernel(kernel).build();
    }

    /** A convolution whose output has the places of its input, for an odd kernel, without bias, as it stands before batch norm. */
    public static Conv convSame(int filters, int kernel) {
        return ImmutableConv.builder()
                .filters(filters)
                .kernel(kernel)
                .padding(kernel / 2)
                .bias(false)
                .build();
    }

    public static Linear linear(int units) {
        return ImmutableLinear.builder().units(units).build();
    }

    public static Normalization.BatchNorm batchNorm() {
        return ImmutableBatchNorm.builder().build();
    }

    public static Normalization.LayerNorm layerNorm() {
        return ImmutableLayerNorm.builder().build();
    }

    public static Activation.Relu relu() {
        return ImmutableRelu.builder().build();
    }

    public static Activation.Gelu gelu() {
        return ImmutableGelu.builder().build();
    }

    public static Pooling.MaxPool maxPool(int kernel) {
        return ImmutableMaxPool.builder().kernel(kernel).build();
    }

    public static Pooling.AveragePool averagePool(int kernel) {
        return ImmutableAveragePool.builder().kernel(kernel).build();
    }

    /** The mean over all places. */
    public static Pooling.AdaptiveAveragePool averageAll() {
        return ImmutableAdaptiveAveragePool.builder().build();
    }

    public static Rearrangement.Flatten flatten() {
        return ImmutableFlatten.builder().build();
    }

    public static Junction.Add add() {
        return ImmutableAdd.builder().build();
    }

    public static Junction.Multiply multiply() {
        return ImmutableMultiply.builder().build();
    }

    /** One after the other along the channels. */
    public static Junction.Concat concat() {
        return ImmutableConcat.builder().build();
    }

    public static Scale scale(double factor) {
        return ImmutableScale.builder().factor(factor).build();
    }

    public static Dropout dropout(double rate) {
        return ImmutableDropout.builder().rate(rate).build();
    }

    public static Softmax softmax() {
        return ImmutableSoftmax.builder().build();
    }

    public static Attention attention(int heads) {
        return ImmutableAttention.builder().heads(heads).build();
    }

    public static LossOp.CrossEntropy crossEntropy() {
        return ImmutableCrossEntropy.builder().build();
    }

    public static LossOp.MeanSquaredError meanSquaredError() {
        return ImmutableMeanSquaredError.builder().build();
    }
}
