package dev.assay.graph.op;

import dev.assay.config.ObjectType;

/** An op that a config can choose. */
public sealed interface OpConfig extends NodeConfig, ScriptOp
        permits Conv,
                Linear,
                Normalization,
                Activation,
                Pooling,
                Rearrangement,
                Junction,
                Scale,
                Dropout,
                Interpolate,
                Softmax,
                Attention,
                Embedding,
                Learned,
                LossOp {

    @Override
    default String kind() {
        return ObjectType.of(this).kind().orElseThrow();
    }
}
