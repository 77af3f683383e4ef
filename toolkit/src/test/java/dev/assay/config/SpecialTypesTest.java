package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.error.NotFoundException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, big integers, derived values, secrets, former names and contributed alternatives. */
class SpecialTypesTest {
    private static final String BIG = "123456789012345678901234567890";

    private final ConfigReader<ExampleLimits> reader = ConfigReader.of(ExampleLimits.class);

    @Test
    @Tag("C1")
    @Tag("C11")
    void parse_sizesAndBigIntegers_areReadAndWritten() {
        ExampleLimits limits = parse("{memory: 1.5GB, modulus: " + BIG + "}");

        assertThat(limits.memory()).isEqualTo(new ByteSize(1_500_000_000));
        assertThat(limits.modulus()).contains(new BigInteger(BIG));
        assertThat(parse("memory: 4096").memory()).isEqualTo(new ByteSize(4096));
        assertThat(ConfigWriter.toJson(limits))
                .hasToString("{\"memory\":\"1500MB\",\"modulus\":" + BIG
                        + ",\"classes\":null,\"token\":null,\"rate\":0.1,\"grid\":[],\"table\":{},\"heads\":[]}");
        assertThat(reader.fromJson(ConfigWriter.toJson(limits))).isEqualTo(limits);
        assertThat(parse(ConfigWriter.toYaml(limits))).isEqualTo(limits);
    }

    @ParameterizedTest
    @Tag("C4")
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: 512   MiB | The value (512   MiB) is text but must be a size such as 512MiB or 1.5GB.",
                "memory: 512mib    | The value (512mib) is text but must be a size such as 512MiB or 1.5GB.;Maybe 512MiB was meant.",
                "memory: 2g        | The value (2g) is text but must be a size such as 512MiB or 1.5GB.;Maybe 2GB was meant.",
                "memory: 1.5       | The value (1.5) is a decimal number but must be a size such as 512MiB or 1.5GB.",
                "memory: -1        | The value (-1) is an integer but must be a size such as 512MiB or 1.5GB.",
                "modulus: 1.0      | The value (1.0) is a decimal number but must be an integer.;Maybe 1 was meant.",
            })
    void parse_wrongSizeOrInteger_saysWhatWasFound(String yaml, String message) {
        Fault fault = onlyFault(yaml);

        assertThat(fault.message() + (fault.hint().isEmpty() ? "" : ";" + fault.hint()))
                .isEqualTo(message);
    }

    @Test
    @Tag("C5")
    void parse_derivedValue_mustNotBeGiven() {
        assertThat(refused("classes: 10"))
                .isEqualTo(
                        "f.yaml:1:1 classes: This key must be left out; its value is derived from the data when a trial runs.\n1 fault.");
        assertThat(parse("classes: null").classes()).isEmpty();
    }

    @Test
    @Tag("C5")
    @Tag("C11")
    void fill_derivedValues_areThereAndRecorded() {
        ExampleLimits open = parse("heads: [{}, {}]");

        ExampleLimits filled =
                DerivedValues.fill(open, Map.of("classes", 10, "heads[0].outputs", 10, "heads[1].outputs", 2));

        assertThat(DerivedValues.unresolved(open)).containsExactly("classes", "heads[0].outputs", "heads[1].outputs");
        assertThat(DerivedValues.unresolved(filled)).isEmpty();
        assertThat(filled.classes()).isEqualTo(OptionalInt.of(10));
        assertThat(filled.heads().get(1).outputs()).isEqualTo(OptionalInt.of(2));
        assertThat(reader.fromJson(ConfigWriter.toJson(filled))).isEqualTo(filled);
        assertThat(DerivedValues.fill(filled, Map.of("classes", 10))).isEqualTo(filled);
    }

    @Test
    @Tag("C5")
    void fill_whatDoesNotFit_isToldAtOnce() {
        ExampleLimits open = parse("heads: [{}, {}, {}]");
        ExampleLimits filled = DerivedValues.fill(parse("{}"), Map.of("classes", 10));

        assertThatThrownBy(() -> DerivedValues.fill(
                        open, Map.of("clases", 10, "heads[0].outputs", "ten", "heads[1].outputs", 1)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        ExampleLimits heads[0].outputs: The derived value (ten) must be an integer.
                        ExampleLimits heads[1].outputs: The value (1) must be greater than or equal to 2.
                        ExampleLimits classes: This value must be derived from the data, but nothing derived it.
                        ExampleLimits heads[2].outputs: This value must be derived from the data, but nothing derived it.
                        ExampleLimits clases: There is no derived value here.
                          Maybe classes was meant.
                        5 faults.""");
        assertThatThrownBy(() -> DerivedValues.fill(filled, Map.of("classes", 12)))
                .hasMessage("ExampleLimits classes: The derived value is 10 already and must not become 12.\n1 fault.");
    }

    @Test
    @Tag("C15")
    void parse_secret_isHeldByReferenceOnly(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "hunter2\n");
        ExampleLimits limits = parse("token: {file: " + file + "}");

        assertThat(limits.token().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(limits.toString()).contains("{file: " + file + "}").doesNotContain("hunter2");
        assertThat(ConfigWriter.toYaml(limits)).contains("file: ").doesNotContain("hunter2");
        assertThat(reader.fromJson(ConfigWriter.toJson(limits))).isEqualTo(limits);
        assertThat(limits.token().orElseThrow()).isEqualTo(Secret.file(file)).isNotEqualTo(Secret.env("PATH"));
        assertThat(Secret.env("PATH").reveal()).isEqualTo(System.getenv("PATH"));
    }

    @Test
    @Tag("C15")
    void reveal_whatIsMissing_saysWhereItWasReferenced(@TempDir Path folder) throws Exception {
        Path broken = Files.write(folder.resolve("broken"), new byte[] {(byte) 0xFF});

        assertThatThrownBy(() -> revealed("{env: ASSAY_NO_SUCH_VARIABLE}"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage(
                        "The environment must have a variable ASSAY_NO_SUCH_VARIABLE, since it holds the secret of f.yaml:1:9 token.");
        assertThatThrownBy(() -> revealed("{file: /none/such}"))
                .hasMessage("There must be a file /none/such, since it holds the secret of f.yaml:1:9 token.");
        assertThatThrownBy(() -> revealed("{file: " + broken + "}"))
                .hasMessage("The file " + broken
                        + " must be readable text, since it holds the secret of f.yaml:1:9 token.");
        assertThatThrownBy(() -> Secret.env("ASSAY_NO_SUCH_VARIABLE").reveal())
                .hasMessage("The environment must have a variable ASSAY_NO_SUCH_VARIABLE, since it holds a secret.");
    }

    @ParameterizedTest
    @Tag("C15")
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2              | f.yaml:1:8 token: A secret must be given by reference, as {env: NAME} or {file: PATH}; its value must not stand in a file.",
                "{env: A, file: b}    | f.yaml:1:8 token: A secret must be given by reference, as {env: NAME} or {file: PATH}; its value must not stand in a file.",
                "{}                   | f.yaml:1:8 token: A secret must be given by reference, as {env: NAME} or {file: PATH}; its value must not stand in a file.",
                "{hunter2: 3}         | f.yaml:1:9 token: A key here must be one of env, file.",
                "{env: 3}             | f.yaml:1:14 token.env: The value must be the name of an environment variable.",
                "{file: [hunter2]}    | f.yaml:1:15 token.file: The value must be the path of a file."
            })
    void parse_secretThatIsNoReference_isRefusedWithoutRepeatingIt(String written, String message) {
        assertThat(refused("token: " + written))
                .isEqualTo(message + "\n1 fault.")
                .doesNotContain("hunter2");
    }

    @Test
    @Tag("C17")
    void parse_formerName_isReadWithAWarning() {
        Faults faults = new Faults();
        LocatedNode tree = ConfigTrees.parse("initialRate: 0.5", "f.yaml", List.of(), faults)
                .orElseThrow();

        assertThat(reader.check(tree, "", faults).map(ExampleLimits::rate)).contains(0.5);
        assertThat(faults.isEmpty()).isTrue();
        assertThat(faults.warnings())
                .containsExactly(new Fault(new Place("f.yaml", 1, 1), "initialRate", "This key is now called rate."));
        assertThat(parse("lr0: 0.25").rate()).isEqualTo(0.25);
        assertThat(refused("lr0: x"))
                .isEqualTo("f.yaml:1:6 lr0: The value (x) is text but must be a number.\n1 fault.");
        assertThat(refused("{lr0: 1, rate: 2}"))
                .isEqualTo(
                        "f.yaml:1:2 lr0: This key is a former name of rate, which stands at f.yaml:1:10 too; one must go.\n1 fault.");
    }

    /** A key took a name that another had before. */
    @Config
    interface Reused extends Validated {
        int rate();

        @FormerName("rate")
        int pace();
    }

    /** A derived value that could not be absent. */
    @Config
    interface NeverAbsent extends Validated {
        @Derived
        int classes();
    }

    @Test
    @Tag("C1")
    void of_wrongDeclarations_sayWhatIsWrong() {
        assertThatThrownBy(() -> ConfigReader.of(Reused.class).parse("{}", "f.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The name (rate) must belong to one key of " + Reused.class.getName() + ", now and before.");
        assertThatThrownBy(() -> ConfigReader.of(NeverAbsent.class).parse("{}", "f.yaml"))
                .hasMessage("The accessor (classes) of " + NeverAbsent.class.getName()
                        + " is @Derived and must therefore be an optional.");
    }

    @Test
    @Tag("C13")
    void parse_contributedAlternative_isChosenByItsKind() {
        ConfigReader<ExampleActivation> activations = ConfigReader.of(ExampleActivation.class);

        assertThat(activations.parse("{kind: leaky, slope: 0.5}", "f.yaml").of(-2))
                .isEqualTo(-1);
        assertThat(activations.parse("{kind: relu}", "f.yaml").of(-2)).isZero();
        assertThatThrownBy(() -> activations.parse("{kind: java.lang.Runtime}", "f.yaml"))
                .hasMessage("f.yaml:1:8 kind: The value (java.lang.Runtime) must be one of relu, leaky.\n1 fault.");
        assertThatThrownBy(() -> activations.parse("{kind: relu, slope: 1}", "f.yaml"))
                .hasMessage(
                        "f.yaml:1:14 slope: This key is not known for kind relu; there are none.\n  Maybe kind leaky was meant, which has it.\n1 fault.");
    }

    @Test
    @Tag("C13")
    void of_kindContributedTwice_namesBothProviders() {
        assertThatThrownBy(() -> ConfigType.of(ExampleContribution.Clashing.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The kind (same) must name one alternative of dev.assay.config.ExampleContribution$Clashing only,"
                                + " but dev.assay.config.ExampleContribution and dev.assay.config.ExampleContribution$Other both have it.");
    }

    /** A choice without alternatives. */
    @Open
    interface Empty extends Validated {}

    @Test
    @Tag("C13")
    void of_openInterfaceWithoutAlternatives_isRefused() {
        assertThatThrownBy(() -> ConfigType.of(Empty.class))
                .hasMessage("The interface (" + Empty.class.getName()
                        + ") must have an alternative, nested in it or contributed by a ConfigAlternatives.");
    }

    @Test
    @Tag("C10")
    void collections_inside_areImmutable() {
        ExampleLimits limits = parse("{grid: [[1, 2]], table: {a: {b: 1}}}");
        List<Integer> mutable = new ArrayList<>(List.of(1));

        assertThatThrownBy(() -> limits.grid().get(0).set(0, 7)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> limits.table().values().iterator().next().put("b", 7))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(
                        () -> ImmutableExampleLimits.builder().addGrid(mutable).build())
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        ExampleLimits grid[0]: The collection must be immutable.
                          Maybe List.copyOf or Map.copyOf was forgotten.
                        1 fault.""");
        assertThat(ImmutableExampleLimits.builder()
                        .addGrid(List.copyOf(mutable))
                        .build()
                        .grid())
                .containsExactly(List.of(1));
    }

    @Test
    @Tag("C10")
    void with_partThatBreaksAConstraint_throws() {
        ImmutableExampleTrain train = ImmutableExampleTrain.copyOf(
                ConfigReader.of(ExampleTrain.class).parse("{epochs: 3, optimizer: {kind: sgd, lr: 1}}", "f.yaml"));
        ImmutableSgd sgd = ImmutableSgd.builder().lr(1).build();

        assertThat(train.withEpochs(5).withWarmup(2).warmup()).isEqualTo(2);
        assertThatThrownBy(() -> train.withOptimizer(sgd.withLr(0)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Sgd lr: The value (0.0) must be greater than 0.\n1 fault.");
        assertThatThrownBy(() -> train.withWarmup(9))
                .hasMessage("ExampleTrain: The warmup must not be longer than the training.\n1 fault.");
    }

    private String revealed(String reference) {
        return parse("token: " + reference).token().orElseThrow().reveal();
    }

    private ExampleLimits parse(String yaml) {
        return reader.parse(yaml, "f.yaml");
    }

    private String refused(String yaml) {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, () -> parse(yaml)).getMessage());
    }

    private Fault onlyFault(String yaml) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> parse(yaml));
        assertThat(e.faults()).hasSize(1);
        return e.faults().get(0);
    }
}
