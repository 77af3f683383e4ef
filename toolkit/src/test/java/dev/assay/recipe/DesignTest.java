package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.ConfigException;
import dev.assay.config.ExampleRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P12")
class DesignTest {
    private static final String HEAD = """
            experiment: ablation
            wrapper: classifier
            base:
              data: {kind: synthetic}
              model: {widths: [4]}
              train: {epochs: 3, batchSize: 32, optimizer: {kind: sgd, lr: 0.4}}
            """;

    @Test
    void leaveOneOut_isTheBaseThenEachFactorLeftOut_andTheBaseIsTheBaseline() {
        Recipe<?> recipe = parse("""
                design:
                  kind: leave-one-out
                  factors: {train.epochs: [1], train.optimizer: [{kind: adamw, lr: 0.001}]}
                """);

        assertThat(shown(recipe)).containsExactly("3 32 sgd 0.4", "1 32 sgd 0.4", "3 32 adamw 0.001");
        assertThat(recipe.report().baseline().get("train.epochs")).hasToString("3");
        assertThat(String.valueOf(recipe.report().baseline().get("train.optimizer")))
                .startsWith("{\"kind\":\"sgd\"");
    }

    @Test
    void oneFactorAtATime_withSweep_isTheStarForEachCellOfTheSweep() {
        Recipe<?> recipe = parse("""
                design:
                  kind: one-factor-at-a-time
                  factors: {train.epochs: [1, 2], train.batchSize: [64]}
                sweep: {grid: {train.optimizer.lr: [0.1, 0.2]}}
                replicates: 1
                """);

        assertThat(shown(recipe))
                .containsExactly(
                        "3 32 sgd 0.1",
                        "3 32 sgd 0.2",
                        "1 32 sgd 0.1",
                        "1 32 sgd 0.2",
                        "2 32 sgd 0.1",
                        "2 32 sgd 0.2",
                        "3 64 sgd 0.1",
                        "3 64 sgd 0.2");
        assertThat(recipe.report().baseline()).isEmpty();
    }

    @Test
    void fullFactorial_isEveryCombination() {
        Recipe<?> recipe = parse("""
                design:
                  kind: full-factorial
                  factors: {train.epochs: [1, 2], train.batchSize: [32, 64]}
                """);

        assertThat(shown(recipe)).containsExactly("1 32 sgd 0.4", "1 64 sgd 0.4", "2 32 sgd 0.4", "2 64 sgd 0.4");
    }

    @Test
    void fractionalFactorial_ofThreeFactors_isHalfOfTheCombinations() {
        Recipe<?> recipe = parse("""
                design:
                  kind: fractional-factorial
                  resolution: 3
                  factors: {train.epochs: [1, 2], train.batchSize: [32, 64], train.optimizer.lr: [0.1, 0.2]}
                """);

        assertThat(shown(recipe)).containsExactly("1 32 sgd 0.1", "2 32 sgd 0.2", "1 64 sgd 0.2", "2 64 sgd 0.1");
    }

    @ParameterizedTest
    @CsvSource({"3,3,4", "7,3,8", "4,4,8", "8,4,16", "11,3,16", "15,3,16", "16,4,32", "5,5,16", "6,5,32", "8,5,64"})
    void fraction_isAsSmallAsInTheTables_andHasItsResolution(int factors, int resolution, int runs) {
        int[] columns = TwoLevelFraction.smallest(factors, resolution).orElseThrow();

        // Box, Hunter and Hunter 2005, table 6.22.
        assertThat(2 * IntStream.of(columns).map(Integer::highestOneBit).max().orElse(0))
                .isEqualTo(runs);
        assertThat(resolution(columns)).isGreaterThanOrEqualTo(resolution);
    }

    @Test
    void faults_areToldWhereTheyStandAllAtOnce() {
        assertThat(refused("""
                        design:
                          kind: leave-one-out
                          resolution: 4
                          factors:
                            train.epochs: [1, 2]
                            train.optimizer.lr: 0.1
                            train.batchSise: [64]
                        """)).isEqualTo("""
                        recipe.yaml:9:3 design.resolution: Only a fractional-factorial has a resolution.
                        recipe.yaml:11:5 design.factors.train.epochs: There are 2 values, but a factor has 1 here: the value it has when left out.
                        recipe.yaml:12:25 design.factors.train.optimizer.lr: The value (0.1) is a decimal number but must be a list of values.
                          Maybe [0.1] was meant.
                        recipe.yaml:13:5 base.train.batchSise: This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                          Maybe batchSize was meant.
                        4 faults.""");
        assertThat(refused("""
                        design: {kind: leave-one-ou, factor: {}}
                        """)).isEqualTo("""
                        recipe.yaml:7:9 design.factors: The key (factors) is missing: paths with lists of values.
                        recipe.yaml:7:16 design.kind: The value (leave-one-ou) is text but must be one of leave-one-out, one-factor-at-a-time, full-factorial, fractional-factorial.
                          Maybe leave-one-out was meant.
                        recipe.yaml:7:30 design.factor: This key is not known; known are kind, factors, resolution.
                          Maybe factors was meant.
                        3 faults.""");
        assertThat(refused("""
                        design:
                          kind: fractional-factorial
                          resolution: 6
                          factors: {train.epochs: [1, 2, 3], train.batchSize: [32, 64]}
                        """)).isEqualTo("""
                        recipe.yaml:9:15 design.resolution: The value (6) is an integer but must be 3 (effects mixed with interactions of two), 4 (these mixed with one another) or 5.
                        recipe.yaml:10:13 design.factors.train.epochs: There are 3 values, but a factor has 2 here: low and high.
                        2 faults.""");
        assertThat(refused("""
                        design:
                          kind: fractional-factorial
                          factors: {train.epochs: [1, 2], train.batchSize: [32, 64]}
                        """))
                .startsWith("recipe.yaml:8:3 design: There is no fraction of 2 factors with resolution 4: ");
        assertThat(refused("""
                        design: {kind: full-factorial, factors: {train.epochs: [1, 2]}}
                        sweep: {grid: {train.epochs: [3, 4]}}
                        """)).contains("The path (train.epochs) must be set once in a cell");
    }

    /** The number of columns in the shortest sum, bit by bit, that is zero. */
    private static int resolution(int[] columns) {
        int shortest = columns.length + 1;
        for (int set = 1; set < 1 << columns.length; set++) {
            int sum = 0;
            for (int i = 0; i < columns.length; i++) {
                sum ^= (set >> i & 1) == 1 ? columns[i] : 0;
            }
            shortest = sum == 0 ? Math.min(shortest, Integer.bitCount(set)) : shortest;
        }
        return shortest;
    }

    private static List<String> shown(Recipe<?> recipe) {
        return recipe.trials().stream()
                .map(trial -> trial.json().at("/train/epochs") + " "
                        + trial.json().at("/train/batchSize") + " "
                        + trial.json().at("/train/optimizer/kind").asString() + " "
                        + trial.json().at("/train/optimizer/lr"))
                .toList();
    }

    private static Recipe<?> parse(String more) {
        return RecipeReader.of(Map.of("classifier", ExampleRun.class))
                .parse(HEAD + more, Path.of("recipe.yaml"), List.of());
    }

    private static String refused(String more) {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, () -> parse(more)).getMessage());
    }
}
