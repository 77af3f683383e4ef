package dev.assay.hook;

/** Settings of hooks for tests. */
final class HookConfigs {
    private HookConfigs() {}

    static NoiseMixingConfig noise() {
        return ImmutableNoiseMixingConfig.builder()
                .addMixture(level(0, 0.5), level(0.25, 0.3), level(2, 0.2))
                .build();
    }

    static NoiseMixingConfig.NoiseLevel level(double level, double proportion) {
        return ImmutableNoiseLevel.builder().level(level).proportion(proportion).build();
    }

    static ImmutableExponentialAverageConfig exponential() {
        return ImmutableExponentialAverageConfig.builder().decay(0.6).build();
    }

    static WeightAveragingConfig averaging(int fromEpoch) {
        return ImmutableWeightAveragingConfig.builder()
                .fromEpoch(fromEpoch)
                .refreshBatches(2)
                .build();
    }

    static ImmutableLookaheadConfig lookahead() {
        return ImmutableLookaheadConfig.builder().every(2).keep(0.6).build();
    }

    static SharpnessAwareConfig sharpness() {
        return ImmutableSharpnessAwareConfig.builder().rho(0.1).build();
    }

    static ImmutableDistillationConfig distillation(String teacher) {
        return ImmutableDistillationConfig.builder().teacher(teacher).build();
    }

    static AttentionTransferConfig attention(String teacher) {
        return ImmutableAttentionTransferConfig.builder()
                .teacher(teacher)
                .putOutputs("features", "features")
                .build();
    }

    static ImmutableRepresentationMatchingConfig matching(String teacher) {
        return ImmutableRepresentationMatchingConfig.builder()
                .teacher(teacher)
                .putOutputs("features", "features")
                .putOutputs("logits", "features")
                .build();
    }
}
