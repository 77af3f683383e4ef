package dev.assay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.golden.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("E5")
class ScheduleGoldenTest {
    private static final long STEPS = 40;

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("cosine", 0.1, ImmutableCosine.builder().end(0.01).build()),
                Arguments.of(
                        "warmup_then_cosine",
                        0.1,
                        ImmutableCosine.builder().warmUp(0.125).build()),
                Arguments.of(
                        "one_cycle_linear",
                        0.5,
                        ImmutableOneCycle.builder().end(0.04 / 1e4).build()),
                Arguments.of(
                        "linear_warmup",
                        0.1,
                        ImmutableLinear.builder()
                                .addPoints(point(0, 0.1), point(0.2, 1))
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void factor_everyStep_isPyTorchs(String name, double rate, ScheduleConfig schedule) {
        double[] expected = Golden.doubles(Golden.json("schedules.json").at("/cases/" + name + "/lr"));

        for (int step = 0; step < expected.length; step++) {
            assertThat(rate * schedule.factor(step, STEPS))
                    .as("step %d", step)
                    .isCloseTo(expected[step], within(1e-13));
        }
        assertThat(expected).hasSizeGreaterThan(38);
    }

    @Test
    void factor_linearBeforeFirstPointAndAfterLast_isTheirs() {
        ScheduleConfig schedule = ImmutableLinear.builder()
                .addPoints(point(0.25, 1), point(0.5, 0.5), point(0.5, 0.2), point(0.75, 0.1))
                .build();

        assertThat(schedule.factor(0, STEPS)).isEqualTo(1);
        assertThat(schedule.factor(15, STEPS)).isEqualTo(0.75);
        assertThat(schedule.factor(20, STEPS)).isEqualTo(0.2);
        assertThat(schedule.factor(39, STEPS)).isEqualTo(0.1);
    }

    @Test
    void factor_constant_isOne() {
        assertThat(ImmutableConstant.builder().build().factor(7, STEPS)).isEqualTo(1);
    }

    @Test
    void factor_oneCycleOfOneStep_isFinite() {
        assertThat(ImmutableOneCycle.builder().build().factor(0, 1)).isEqualTo(1);
    }

    private static Point point(double at, double factor) {
        return ImmutablePoint.builder().at(at).factor(factor).build();
    }
}
