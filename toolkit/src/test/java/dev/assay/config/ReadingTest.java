package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways of reading that come together from several parts: arguments, variables, aliases, hints. */
class ReadingTest {
    private final ConfigType run = ConfigType.of(ExampleRun.class);
    private final ConfigType limits = ConfigType.of(ExampleLimits.class);

    @Test
    @Tag("C8")
    void parse_listSetByAnArgument_standsAtTheArgument() {
        Faults faults = new Faults();
        LocatedNode tree = ConfigTrees.parse("a: 1", "f.yaml", List.of("b=[1, {c: [2]}]", "=3"), faults)
                .orElseThrow();

        assertThat(LocatedTrees.find(tree, DotPath.parse("b[1].c[0]")).map(LocatedNode::place))
                .contains(Place.argument("--set", 1));
        assertThat(LocatedTrees.find(tree, DotPath.parse("a")).map(LocatedNode::place))
                .contains(new Place("f.yaml", 1, 4));
        assertThat(faults.sorted()).extracting(Fault::message).containsExactly("The argument (=3) must be path=value.");
    }

    @ParameterizedTest
    @Tag("C8")
    @CsvSource({
        "MODEL__WIDTHS__1, model.widths[1]",
        "MODEL__SCALES__WIDE_ONE, model.scales.Wide-One",
        "MODEL__SCALES__OTHER, model.scales.other",
        "TRAIN__BATCH_SIZE, train.batchSize",
        "TRAIN__OPTIMIZER__BETA1, train.optimizer.beta1",
        "train__Optimizer__KIND, train.optimizer.kind"
    })
    void parse_nameOfAVariable_isThePathThatIsMeant(String name, String path) {
        LocatedNode tree = ConfigTrees.parse("model: {scales: {Wide-One: 1}}", "f.yaml", List.of(), new Faults())
                .orElseThrow();

        assertThat(EnvironmentPath.parse(name, run, tree)).hasToString(path);
    }

    @Test
    @Tag("C8")
    void parse_nameThatLeadsNowhere_isToldWhereItEnds() {
        LocatedNode tree = new LocatedNode.Mapping(Place.of("f.yaml"), List.of());

        assertThat(EnvironmentPath.parse("GRID__0__12", limits, tree)).hasToString("grid[0][12]");
        assertThatThrownBy(() -> EnvironmentPath.parse("GRID__first", limits, tree))
                .hasMessage("The name must lead to a value, but first is not known in grid; known are [0].");
        assertThatThrownBy(() -> EnvironmentPath.parse("TABLE__A__B__C", limits, tree))
                .hasMessage("The name must lead to a value, but C is not known in table.a.b.");
        assertThatThrownBy(() -> EnvironmentPath.parse("MEMORI", limits, tree))
                .hasMessageStartingWith("The name must lead to a value, but MEMORI is not known; known are memory,");
    }

    @Test
    @Tag("C2")
    void parse_faultInAnAliasOfAList_tellsItsPlaceToo() {
        assertThatThrownBy(() -> ConfigReader.of(ExampleLimits.class)
                        .parse("grid: [[1, &x y, 2, *x], &row [&a z], *row]\ntable: {a: {k: *a}}\n", "f.yaml"))
                .hasMessage("""
                        f.yaml:1:12 grid[0][1]: The value (y) is text but must be an integer.
                        f.yaml:1:12 (alias at 1:21) grid[0][3]: The value (y) is text but must be an integer.
                        f.yaml:1:32 grid[1][0]: The value (z) is text but must be an integer.
                        f.yaml:1:32 (alias at 1:39) grid[2][0]: The value (z) is text but must be an integer.
                        f.yaml:1:32 (alias at 2:16) table.a.k: The value (z) is text but must be an integer.
                        5 faults.""");
    }

    /** Three deep. */
    @Config
    interface Deep extends Validated {
        Map<String, List<List<Integer>>> deep();

        List<Map<String, List<Integer>>> lists();
    }

    @Test
    @Tag("C10")
    void build_mutableCollectionThreeDeep_isRefusedWithItsPath() {
        List<Integer> mutable = new ArrayList<>(List.of(1));
        Map<String, List<Integer>> open = new HashMap<>(Map.of("a.b", mutable));

        assertThatThrownBy(() -> ImmutableDeep.builder()
                        .putDeep("k", List.of(List.of(1), mutable))
                        .addLists(open)
                        .build())
                .hasMessage("""
                        Deep deep.k[1]: The collection must be immutable.
                          Maybe List.copyOf or Map.copyOf was forgotten.
                        Deep lists[0]: The collection must be immutable.
                          Maybe List.copyOf or Map.copyOf was forgotten.
                        Deep lists[0]."a.b": The collection must be immutable.
                          Maybe List.copyOf or Map.copyOf was forgotten.
                        3 faults.""");
    }

    /** More keys than a message shows, and a part made from one of them. */
    @Config
    interface Many extends Validated {
        int a1();

        int a2();

        int a3();

        int a4();

        int a5();

        int a6();

        int a7();

        int a8();

        int a9();

        int a10();

        int a11();

        int a12();

        @Value.Default
        default ExampleOptimizer.Sgd made() {
            return ImmutableSgd.builder().lr(a12()).build();
        }

        int a14();
    }

    private static final String MANY =
            "{a1: 1, a2: 1, a3: 1, a4: 1, a5: 1, a6: 1, a7: 1, a8: 1, a9: 1, a10: 1, a11: 1, a12: 1, a14: 1";

    @Test
    @Tag("C2")
    void parse_unknownKeyAmongMany_showsTheFirstTwelve() {
        assertThatThrownBy(() -> ConfigReader.of(Many.class).parse(MANY + ", other: 1}", "f.yaml"))
                .hasMessageContaining(
                        "known are a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12 and 2 more.\n1 fault.");
    }

    @Test
    @Tag("C2")
    @Tag("C10")
    void parse_computedDefaultThatBreaksAConstraint_isToldAtTheObject() {
        assertThat(ConfigReader.of(Many.class)
                        .parse(MANY + "}", "f.yaml")
                        .made()
                        .lr())
                .isEqualTo(1);
        assertThatThrownBy(() -> ConfigReader.of(Many.class).parse(MANY.replace("a12: 1", "a12: -1") + "}", "f.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("f.yaml:1:1: What is computed from these values is wrong: Sgd lr: The value (-1.0) must be"
                        + " greater than 0.\n1 fault.");
    }

    @Test
    @Tag("C6")
    void maybe_abbreviation_mustHaveAllItsLetters() {
        List<String> names = List.of("float32", "bfloat16");

        assertThat(Texts.maybe("f32", names)).isEqualTo("Maybe float32 was meant.");
        assertThat(Texts.maybe("f33", names)).isEmpty();
        assertThat(Texts.maybe("fxyzq", names)).isEmpty();
        assertThat(Texts.maybe("f", names)).isEmpty();
        assertThat(Texts.distance("ab", "ba")).isEqualTo(1);
        assertThat(Texts.distance("xab", "yba")).isEqualTo(2);
        assertThat(Texts.shortened("x".repeat(60))).hasSize(60).endsWith("x");
        assertThat(Texts.shortened("x".repeat(61))).hasSize(60).endsWith("…");
    }

    @Test
    @Tag("C4")
    void parse_textThatIsNoDuration_isRefused() {
        assertThatThrownBy(() -> ConfigReader.of(ExampleTrain.class)
                        .parse("{epochs: 1, timeout: soon, optimizer: {kind: sgd, lr: 1}}", "f.yaml"))
                .hasMessage("f.yaml:1:22 timeout: The value (soon) is text but must be a duration such as 90s or 1h30m."
                        + "\n1 fault.");
    }

    @Test
    @Tag("C11")
    void fromJson_wrongOverrides_areRefusedBeforeAnything() {
        ConfigReader<ExampleModel> reader = ConfigReader.of(ExampleModel.class);
        var json =
                ConfigWriter.toJson(ImmutableExampleModel.builder().addWidths(1).build());

        assertThat(reader.fromJson(json, List.of("widths=[2]")).widths()).containsExactly(2);
        assertThatThrownBy(() -> reader.fromJson(json, List.of("=1")))
                .hasMessageContaining("The argument (=1) must be path=value.");
    }
}
