package dev.assay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.golden.Golden;
import dev.assay.metric.Direction;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@Tag("E5")
class ScheduleGoldenTest {
    private static final JsonNode GOLDEN = Golden.json("schedules.json").get("cases");
    private static final double RATE = 0.1;
    private static final double GAMMA = GOLDEN.at("/step/args/gamma").asDouble();
    private static final int STEPS = 40;

    private static Map<String, ScheduleConfig> cases(Unit unit) {
        Map<String, ScheduleConfig> cases = new TreeMap<>();
        cases.put(
                "step", ImmutableStep.builder().every(7).factor(GAMMA).per(unit).build());
        cases.put("multi_step", multiStep(unit));
        cases.put(
                "exponential",
                ImmutableExponential.builder().factor(GAMMA).per(unit).build());
        cases.put("polynomial", ImmutablePolynomial.builder().power(2).build());
        cases.put("cosine", ImmutableCosine.builder().end(0.01).build());
        cases.put("cosine_warm_restarts", restarts(unit));
        cases.put("one_cycle_cos", oneCycleCosine());
        cases.put(
                "one_cycle_linear", ImmutableOneCycle.builder().end(0.04 / 1e4).build());
        cases.put(
                "linear_warmup",
                ImmutableWarmUp.builder().steps(8).from(0.1).per(unit).build());
        cases.put("warmup_then_cosine", warmUp(unit));
        cases.put("plateau_min", plateau());
        return cases;
    }

    static Stream<Arguments> cases() {
        return Stream.of(Unit.values())
                .flatMap(unit -> cases(unit).entrySet().stream()
                        .map(each -> Arguments.of(unit, each.getKey(), each.getValue())));
    }

    /** With an epoch and an evaluation in each step, all units count alike. */
    @ParameterizedTest(name = "{1} per {0}")
    @MethodSource("cases")
    @Tag("E4")
    void factor_everyStep_isPyTorchs(Unit unit, String name, ScheduleConfig config) {
        double[] expected = Golden.doubles(GOLDEN.at("/" + name + "/lr"));
        double[] metrics = Golden.doubles(GOLDEN.at("/plateau_min/metrics"));
        double rate = name.startsWith("one_cycle") ? 0.5 : RATE;
        int span = name.equals("polynomial") ? 25 : STEPS;
        Schedule schedule = Schedule.of(config, new Span(span, span, span));

        for (int i = 0; i < expected.length; i++) {
            assertThat(rate * schedule.factor(new Progress(i, i, i)))
                    .as("step %d", i)
                    .isCloseTo(expected[i], within(1e-12 * expected[i]));
            schedule.observe(metrics[i], Direction.MINIMIZE);
        }
        assertThat(expected).hasSizeGreaterThan(38);
    }

    @Test
    void cases_all_areThoseOfTheFile() {
        assertThat(cases(Unit.STEP).keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.propertyNames());
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void factor_ofCounts_countsItsUnitOnly(Unit unit) {
        Schedule schedule =
                Schedule.of(ImmutableExponential.builder().factor(0.5).per(unit).build(), new Span(1000, 100, 10));

        double expected = Math.pow(
                0.5,
                switch (unit) {
                    case STEP -> 7;
                    case EPOCH -> 5;
                    case EVALUATION -> 3;
                });
        assertThat(schedule.factor(new Progress(7, 5, 3))).isEqualTo(expected);
    }

    private static ScheduleConfig multiStep(Unit unit) {
        return ImmutableMultiStep.builder()
                .addAt(5, 11, 12, 30)
                .factor(GAMMA)
                .per(unit)
                .build();
    }

    private static ScheduleConfig restarts(Unit unit) {
        return ImmutableCosineRestarts.builder()
                .length(6)
                .growth(2)
                .end(0.01)
                .per(unit)
                .build();
    }

    private static ScheduleConfig oneCycleCosine() {
        return ImmutableOneCycle.builder()
                .peak(0.3)
                .end(0.04 / 1e4)
                .anneal(Annealing.COSINE)
                .build();
    }

    private static ScheduleConfig warmUp(Unit unit) {
        return ImmutableWarmUp.builder()
                .steps(5)
                .from(0.01)
                .per(unit)
                .then(ImmutableCosine.builder().build())
                .build();
    }

    private static ScheduleConfig plateau() {
        return ImmutablePlateau.builder()
                .metric("val.loss")
                .factor(0.5)
                .patience(2)
                .cooldown(1)
                .min(0.001)
                .build();
    }
}
