package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Native;
import dev.assay.engine.NativeEngine;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import dev.assay.training.Networks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the modes do with batch norm and dropout, and what freezing and resetting do with tensors. */
class ModeTest {
    private static final Map<String, Shape> PICTURES = Map.of("image", new Shape(3, 8, 8));

    @ParameterizedTest
    @EnumSource(names = {"TRAIN", "VALIDATE", "TEST", "GENERATE"})
    @Tag("T5")
    void forward_modesThatDjlHas_isBitEqualToItsBlocks(Mode mode) throws Exception {
        Native.run(memory -> {
            Model own = model(new BatchNorm(), new Dropout(0.3), memory);
            Model stock = model(
                    ai.djl.nn.norm.BatchNorm.builder()
                            .optEpsilon(1e-5f)
                            .optMomentum(0.9f)
                            .build(),
                    ai.djl.nn.norm.Dropout.builder().optRate(0.3f).build(),
                    memory);

            for (int i = 0; i < 3; i++) {
                assertThat(bytes(own, mode, memory, i)).isEqualTo(bytes(stock, mode, memory, i));
            }
            // DJL's part of the statistics that moves is a tenth in single precision.
            own.buffers()
                    .forEach((name, buffer) -> assertThat(buffer.allClose(
                                    Objects.requireNonNull(stock.buffers().get(name)), 1e-6, 1e-6, false))
                            .as(name)
                            .isTrue());
        });
    }

    @Test
    @Tag("T5")
    void forward_rectifiedNormBeforeRectifier_isAsWithoutIt() throws Exception {
        Native.run(memory -> {
            Model one = model(BatchNorm.rectified(), new Dropout(0.3), memory);
            Model two = model(new BatchNorm(), new Dropout(0.3), memory);

            assertThat(bytes(one, Mode.TRAIN, memory, 1)).isEqualTo(bytes(two, Mode.TRAIN, memory, 1));
            assertThat(bytes(one, Mode.TEST, memory, 2)).isEqualTo(bytes(two, Mode.TEST, memory, 2));
        });
    }

    @Test
    @Tag("T5")
    void forward_refresh_movesStatisticsOnly() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            Model trained = model(new BatchNorm(), new Dropout(0.3), memory);
            String parameters = TensorDigest.of(model.parameters());

            byte[] first = bytes(model, Mode.REFRESH, memory, 1);
            byte[] second = bytes(model, Mode.REFRESH, memory, 2);
            bytes(trained, Mode.TRAIN, memory, 1);
            bytes(trained, Mode.TRAIN, memory, 2);

            assertThat(second).as("nothing random").isEqualTo(first);
            assertThat(TensorDigest.of(model.parameters())).isEqualTo(parameters);
            assertThat(TensorDigest.of(model.buffers())).isEqualTo(TensorDigest.of(trained.buffers()));
            assertThat(model.forward(batch(memory), Mode.REFRESH).get("logits").hasGradient())
                    .isFalse();
        });
    }

    @Test
    @Tag("T5")
    void forward_mcDropout_variesWhileStatisticsStay() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            String before = TensorDigest.of(model.tensors());

            byte[] first = bytes(model, Mode.MC_DROPOUT, memory, 1);

            assertThat(bytes(model, Mode.MC_DROPOUT, memory, 2)).isNotEqualTo(first);
            assertThat(bytes(model, Mode.MC_DROPOUT, memory, 1)).isEqualTo(first);
            assertThat(TensorDigest.of(model.tensors())).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"REFRESH", "MC_DROPOUT"})
    @Tag("T5")
    void forward_stockDropoutInAModeItDoesNotKnow_isRefused(Mode mode) throws Exception {
        Native.run(memory -> {
            Model model =
                    model(new BatchNorm(), ai.djl.nn.norm.Dropout.builder().build(), memory);
            assertThatThrownBy(() -> model.forward(batch(memory), mode))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("The model has DJL's Dropout, which does not know mode " + mode
                            + "; dev.assay.model.Dropout does and is otherwise the same.");
        });
    }

    @Test
    @Tag("T11")
    void freeze_parameters_haveNoGradientWithinTheScopeOnly() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);

            try (Frozen frozen = model.freeze("0.*, *.bias")) {
                assertThat(frozen.names()).containsExactly("0.weight", "5.bias");
                learn(model, memory);
                assertThat(model.gradients(memory)).containsOnlyKeys("1.gamma", "1.beta", "5.weight");
            }

            learn(model, memory);
            assertThat(model.gradients(memory).keySet())
                    .isEqualTo(model.parameters().keySet());
        });
    }

    @Test
    @Tag("T11")
    void freeze_statistics_normalisesByThemAndLeavesThem() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            String before = TensorDigest.of(model.buffers());

            try (Frozen frozen = model.freeze("*.runningMean, *.runningVar")) {
                assertThat(frozen.names()).containsExactly("1.runningMean", "1.runningVar");
                assertThat(bytes(model, Mode.TRAIN, memory, 1)).isEqualTo(bytes(model, Mode.MC_DROPOUT, memory, 1));
            }

            assertThat(TensorDigest.of(model.buffers())).isEqualTo(before);
            bytes(model, Mode.TRAIN, memory, 1);
            assertThat(TensorDigest.of(model.buffers())).isNotEqualTo(before);
        });
    }

    @Test
    @Tag("T11")
    void freeze_bodyThrows_isRestoredAllTheSame() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            Map<String, Boolean> before = frozen(model);

            assertThatThrownBy(() -> {
                        try (Frozen all = model.freeze("*")) {
                            assertThat(all.names()).hasSize(7);
                            assertThat(frozen(model)).isNotEqualTo(before);
                            throw new IllegalStateException("no more");
                        }
                    })
                    .hasMessage("no more");

            assertThat(frozen(model)).isEqualTo(before);
        });
    }

    @Test
    @Tag("T11")
    void freeze_parametersOfEqualContent_areAllRestored() throws Exception {
        Native.run(memory -> {
            Block block = new SequentialBlock()
                    .add(Networks.convolution(6, false))
                    .add(new BatchNorm())
                    .add(new BatchNorm());
            Model model = Model.of(block).input("image").output("logits").build();
            model.initialize(memory, PICTURES, new Seed(1));

            try (Frozen frozen = model.freeze("*")) {
                assertThat(frozen.names()).hasSize(9);
            }

            assertThat(model.parameters().values()).allMatch(NDArray::hasGradient);
        });
    }

    @Test
    @Tag("T11")
    void freeze_withinAnother_restoresWhatWasBeforeEach() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            Map<String, Boolean> before = frozen(model);

            try (Frozen outer = model.freeze("0.*, *.runningMean")) {
                Map<String, Boolean> byOuter = frozen(model);
                try (Frozen inner = model.freeze("*")) {
                    assertThat(inner.names()).containsAll(outer.names());
                    assertThat(frozen(model).values()).containsOnly(true);
                }
                assertThat(frozen(model)).isEqualTo(byOuter).isNotEqualTo(before);
            }

            assertThat(frozen(model)).isEqualTo(before);
        });
    }

    @Test
    @Tag("T11")
    void freeze_statisticsOfDjlsBatchNorm_isRefused() throws Exception {
        Native.run(memory -> {
            Model model = model(ai.djl.nn.norm.BatchNorm.builder().build(), new Dropout(0.3), memory);
            assertThatThrownBy(() -> model.freeze("*.runningMean"))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("Tensor (1.runningMean) is a statistic of DJL's BatchNorm, which cannot be frozen;"
                            + " dev.assay.model.BatchNorm can and is otherwise the same.");
            try (Frozen gamma = model.freeze("1.gamma")) {
                assertThat(gamma.names()).containsExactly("1.gamma");
            }
        });
    }

    @Test
    @Tag("T11")
    void freeze_patternWithoutMatch_listsTheNames() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            assertThatThrownBy(() -> model.freeze("head.*"))
                    .isInstanceOf(AssayException.class)
                    .hasMessageStartingWith("The pattern (head.*) matches no name; there are [0.weight, 1.gamma,");
        });
    }

    @Test
    @Tag("T11")
    void reset_byPattern_givesTheFirstValuesToTheBit() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            Map<String, String> first = digests(model);
            bytes(model, Mode.TRAIN, memory, 1);
            Autograd.notRecording(() -> {
                model.parameters().values().forEach(parameter -> parameter.addi(1));
                return true;
            });
            Map<String, String> changed = digests(model);

            model.reset("0.*, 1.running*", new Seed(1));

            Map<String, String> expected = new LinkedHashMap<>(changed);
            first.forEach((name, digest) -> {
                if (name.startsWith("0.") || name.startsWith("1.running")) {
                    expected.put(name, digest);
                }
            });
            assertThat(digests(model)).isEqualTo(expected).isNotEqualTo(first);
            model.reset("*", new Seed(1));
            assertThat(digests(model)).isEqualTo(first);
        });
    }

    @Test
    @Tag("T11")
    void restoring_resetInsideAndThrown_givesBackWhatWas() throws Exception {
        Native.run(memory -> {
            Model model = model(new BatchNorm(), new Dropout(0.3), memory);
            bytes(model, Mode.TRAIN, memory, 1);
            Map<String, String> before = digests(model);
            NDArray weight = Objects.requireNonNull(model.parameters().get("0.weight"));

            assertThatThrownBy(() -> {
                        try (Restored restored = model.restoring("0.*, 1.*")) {
                            assertThat(restored.names())
                                    .containsExactly("0.weight", "1.gamma", "1.beta", "1.runningMean", "1.runningVar");
                            model.reset("*", new Seed(9));
                            bytes(model, Mode.TRAIN, memory, 2);
                            throw new IllegalStateException("no more");
                        }
                    })
                    .hasMessage("no more");

            Map<String, String> now = digests(model);
            assertThat(now.remove("5.weight")).isNotEqualTo(before.remove("5.weight"));
            assertThat(now.remove("5.bias")).isNotEqualTo(before.remove("5.bias"));
            assertThat(now).isEqualTo(before);
            assertThat(model.parameters().get("0.weight")).isSameAs(weight);
            assertThat(weight.hasGradient()).isTrue();
            assertThatThrownBy(() -> model.restoring("head.*"))
                    .hasMessageStartingWith("The pattern (head.*) matches no name;");
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T5")
    void current_inABlock_isTheModeOfTheModel(Mode mode) throws Exception {
        Native.run(memory -> {
            List<Mode> seen = new ArrayList<>();
            Block asking = new LambdaBlock(arrays -> {
                seen.add(Mode.current(false));
                return arrays;
            });
            Model model = Model.of(asking).input("image").output("image").build();
            model.initialize(memory, PICTURES, new Seed(1));
            seen.clear();

            model.forward(batch(memory), mode);

            assertThat(seen).containsExactly(mode);
            assertThat(Mode.current(true)).isEqualTo(Mode.TRAIN);
            assertThat(Mode.current(false)).isEqualTo(Mode.TEST);
        });
    }

    /** Convolution, batch norm, relu, dropout, flattening, linear. */
    private static Model model(Block norm, Block dropout, NDManager memory) {
        Block block = new SequentialBlock()
                .add(Networks.convolution(6, false))
                .add(norm)
                .add(Activation.reluBlock())
                .add(dropout)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build());
        Model model = Model.of(block).input("image").output("logits").build();
        model.initialize(memory, PICTURES, new Seed(1));
        return model;
    }

    private static Batch batch(NDManager memory) {
        return Batch.of(
                4, Map.of("image", memory.arange(4f * 3 * 8 * 8).div(500).sin().reshape(4, 3, 8, 8)));
    }

    private static byte[] bytes(Model model, Mode mode, NDManager memory, long seed) {
        NativeEngine.seed(seed);
        NDArray logits = model.forward(batch(memory), mode).get("logits");
        return Autograd.notRecording(logits::toByteArray);
    }

    private static void learn(Model model, NDManager memory) {
        Autograd.recording(() -> {
            Autograd.backward(model.forward(batch(memory), Mode.TRAIN)
                    .get("logits")
                    .square()
                    .mean());
            return true;
        });
    }

    /** Whether each tensor is kept from changing. */
    private static Map<String, Boolean> frozen(Model model) {
        Map<String, Boolean> frozen = new LinkedHashMap<>();
        model.parameters().forEach((name, parameter) -> frozen.put(name, !parameter.hasGradient()));
        model.buffers().keySet().forEach(name -> {
            boolean isFrozen = model.network().freezeStatistics(name, true);
            model.network().freezeStatistics(name, isFrozen);
            frozen.put(name, isFrozen);
        });
        return frozen;
    }

    private static Map<String, String> digests(Model model) {
        Map<String, String> digests = new LinkedHashMap<>();
        model.tensors().forEach((name, tensor) -> digests.put(name, TensorDigest.of(Map.of("", tensor))));
        return digests;
    }
}
