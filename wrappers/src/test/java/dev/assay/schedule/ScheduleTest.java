package dev.assay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.config.ConfigReader;
import dev.assay.metric.Direction;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("E5")
class ScheduleTest {
    private static final Span SPAN = new Span(40, 4, 2);

    @Test
    void factor_constant_isOne() {
        assertThat(at(Schedule.of(ImmutableConstant.builder().build(), SPAN), 7))
                .isEqualTo(1);
    }

    @Test
    void factor_linearBeforeFirstPointAndAfterLast_isTheirs() {
        Schedule schedule = Schedule.of(
                ImmutableLinear.builder()
                        .addPoints(point(0.25, 1), point(0.5, 0.5), point(0.5, 0.2), point(0.75, 0.1))
                        .build(),
                SPAN);

        assertThat(at(schedule, 0)).isEqualTo(1);
        assertThat(at(schedule, 15)).isEqualTo(0.75);
        assertThat(at(schedule, 20)).isEqualTo(0.2);
        assertThat(at(schedule, 39)).isEqualTo(0.1);
    }

    @Test
    void factor_oneCycleOfOneStep_isFinite() {
        Schedule schedule = Schedule.of(ImmutableOneCycle.builder().build(), new Span(1, 1, 1));

        assertThat(at(schedule, 0)).isEqualTo(1);
    }

    @Test
    void factor_multiStepPointTwice_decaysTwice() {
        Schedule schedule =
                Schedule.of(ImmutableMultiStep.builder().addAt(3, 3, 5).build(), SPAN);

        assertThat(at(schedule, 2)).isEqualTo(1);
        assertThat(at(schedule, 3)).isCloseTo(0.01, within(1e-15));
        assertThat(at(schedule, 5)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void factor_equalRestarts_repeatForEver() {
        Schedule schedule =
                Schedule.of(ImmutableCosineRestarts.builder().length(4).build(), SPAN);

        assertThat(at(schedule, 2)).isCloseTo(0.5, within(1e-15));
        assertThat(at(schedule, 4_000_000_002L)).isCloseTo(0.5, within(1e-15));
    }

    static Stream<Arguments> toTheEnd() {
        return Stream.of(
                Arguments.of(ImmutableCosine.builder().end(0.25).build()),
                Arguments.of(ImmutablePolynomial.builder().end(0.25).power(3).build()),
                Arguments.of(ImmutableOneCycle.builder().end(0.25).build()));
    }

    @ParameterizedTest
    @MethodSource("toTheEnd")
    void factor_afterTheTraining_isThatOfTheEnd(ScheduleConfig config) {
        Schedule schedule = Schedule.of(config, SPAN);

        assertThat(at(schedule, 40)).isEqualTo(0.25);
        assertThat(at(schedule, 90)).isEqualTo(0.25);
        assertThat(at(Schedule.of(config, new Span(0, 0, 0)), 0)).isBetween(0.25, 1.0);
    }

    @Test
    @Tag("E4")
    void factor_warmUpInSteps_givesWholeEpochsThatAreLeft() {
        ScheduleConfig decay =
                ImmutableStep.builder().every(1).factor(0.5).per(Unit.EPOCH).build();
        Schedule schedule = Schedule.of(
                ImmutableWarmUp.builder().steps(15).from(0.4).then(decay).build(), SPAN);

        assertThat(schedule.factor(new Progress(0, 0, 0))).isEqualTo(0.4);
        assertThat(schedule.factor(new Progress(5, 0, 0))).isCloseTo(0.6, within(1e-15));
        // One epoch of ten steps has ended within the warm-up.
        assertThat(schedule.factor(new Progress(15, 1, 0))).isEqualTo(1);
        assertThat(schedule.factor(new Progress(20, 2, 1))).isEqualTo(0.5);
    }

    @Test
    @Tag("E4")
    void factor_warmUpInEpochs_givesStepsThatAreLeft() {
        Schedule schedule = Schedule.of(
                ImmutableWarmUp.builder()
                        .steps(2)
                        .per(Unit.EPOCH)
                        .from(0.5)
                        .then(ImmutablePolynomial.builder().build())
                        .build(),
                SPAN);

        assertThat(schedule.factor(new Progress(19, 1, 0))).isEqualTo(0.75);
        assertThat(schedule.factor(new Progress(20, 2, 1))).isEqualTo(1);
        assertThat(schedule.factor(new Progress(25, 2, 1))).isEqualTo(0.75);
    }

    @Test
    @Tag("E4")
    void factor_warmUpLongerThanTraining_neverEnds() {
        Schedule schedule = Schedule.of(
                ImmutableWarmUp.builder()
                        .steps(80)
                        .from(0)
                        .then(ImmutableCosine.builder().build())
                        .build(),
                SPAN);

        assertThat(at(schedule, 39)).isEqualTo(39 / 80.0);
    }

    @Test
    @Tag("E4")
    void factor_warmUpOfAWarmUp_givesEachItsPart() {
        ScheduleConfig inner = ImmutableWarmUp.builder()
                .steps(10)
                .from(0)
                .then(ImmutablePolynomial.builder().build())
                .build();
        Schedule schedule = Schedule.of(
                ImmutableWarmUp.builder().steps(20).from(0).then(inner).build(), SPAN);

        assertThat(at(schedule, 10)).isEqualTo(0.5);
        assertThat(at(schedule, 20)).isEqualTo(0);
        assertThat(at(schedule, 25)).isEqualTo(0.5);
        assertThat(at(schedule, 30)).isEqualTo(1);
        assertThat(at(schedule, 35)).isEqualTo(0.5);
    }

    @Test
    @Tag("E4")
    void observe_withinWarmUp_isNoConcernOfPlateau() {
        Schedule schedule = Schedule.of(warmUpThenPlateau(), new Span(100, 10, 10));
        assertThat(schedule.metric()).contains("val.loss");

        for (int i = 0; i < 5; i++) {
            schedule.observe(1, Direction.MINIMIZE);
        }
        assertThat(at(schedule, 50)).isEqualTo(1);
        schedule.observe(1, Direction.MINIMIZE);
        assertThat(at(schedule, 50)).isEqualTo(1);
        schedule.observe(1, Direction.MINIMIZE);
        assertThat(at(schedule, 50)).isEqualTo(0.5);
    }

    @Test
    void observe_maximize_countsHigherAsProgress() {
        Schedule schedule = Schedule.of(
                ImmutablePlateau.builder()
                        .metric("val.accuracy")
                        .patience(0)
                        .threshold(0.1)
                        .thresholdMode(ThresholdMode.ABSOLUTE)
                        .build(),
                SPAN);

        schedule.observe(0.5, Direction.MAXIMIZE);
        schedule.observe(0.625, Direction.MAXIMIZE);
        assertThat(at(schedule, 1)).isEqualTo(1);
        schedule.observe(0.7, Direction.MAXIMIZE);
        assertThat(at(schedule, 1)).isEqualTo(0.1);
    }

    @Test
    void observe_noNumber_isNoProgress() {
        Schedule schedule = Schedule.of(
                ImmutablePlateau.builder().metric("val.loss").patience(1).build(), SPAN);

        schedule.observe(Double.NaN, Direction.MINIMIZE);
        schedule.observe(Double.NaN, Direction.MINIMIZE);
        assertThat(at(schedule, 1)).isEqualTo(0.1);
        schedule.observe(3, Direction.MINIMIZE);
        assertThat(schedule.state()).containsEntry("best", 3.0);
    }

    @Test
    @Tag("E9")
    void restore_plateauAfterWarmUp_goesOnEqually() {
        Span span = new Span(100, 10, 10);
        for (int stop = 0; stop < 40; stop++) {
            RandomStream random = new Seed(stop).stream("metric");
            Schedule straight = Schedule.of(warmUpThenPlateau(), span);
            for (int i = 0; i < stop; i++) {
                straight.observe(random.nextGaussian(), Direction.MINIMIZE);
            }
            Schedule resumed = Schedule.of(warmUpThenPlateau(), span);
            resumed.restore(straight.state());
            for (int i = stop; i < 45; i++) {
                double value = random.nextGaussian();
                straight.observe(value, Direction.MINIMIZE);
                resumed.observe(value, Direction.MINIMIZE);
                assertThat(at(resumed, 60)).as("stopped after %d", stop).isEqualTo(at(straight, 60));
                assertThat(resumed.state()).isEqualTo(straight.state());
            }
        }
    }

    @Test
    void state_ofPureSchedule_isEmpty() {
        Schedule schedule = Schedule.of(ImmutableWarmUp.builder().steps(3).build(), SPAN);
        schedule.observe(1, Direction.MINIMIZE);

        assertThat(schedule.metric()).isEmpty();
        assertThat(schedule.state()).isEmpty();
        schedule.restore(schedule.state());
    }

    @Test
    @Tag("E4")
    void parse_nestedSchedules_readsThem() {
        WarmUp config = ConfigReader.of(WarmUp.class)
                .parse("{kind: warm-up, steps: 500, from: 0.1, then: {kind: cosine, end: 0.1}}", "schedule.yaml");

        assertThat(config)
                .isEqualTo(ImmutableWarmUp.builder()
                        .steps(500)
                        .from(0.1)
                        .then(ImmutableCosine.builder().end(0.1).build())
                        .build());
    }

    private static ScheduleConfig warmUpThenPlateau() {
        return ImmutableWarmUp.builder()
                .steps(30)
                .then(ImmutableWarmUp.builder().steps(20).then(plateau()).build())
                .build();
    }

    private static ScheduleConfig plateau() {
        return ImmutablePlateau.builder()
                .metric("val.loss")
                .patience(0)
                .factor(0.5)
                .cooldown(1)
                .build();
    }

    private static double at(Schedule schedule, long step) {
        return schedule.factor(new Progress(step, 0, 0));
    }

    private static Point point(double at, double factor) {
        return ImmutablePoint.builder().at(at).factor(factor).build();
    }
}
