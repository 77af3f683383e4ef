package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    static final String GOOD = """
            seed: 1
            data: {kind: files, dir: a/b}
            model: {widths: [1, 2], scales: {b: 1, a: 2.5}, dropout: 0.5}
            train:
              epochs: 3
              precision: mixed
              timeout: 1h30m
              optimizer: {kind: adamw, lr: 1e-3}
            """;

    private final ConfigReader<ExampleRun> reader = ConfigReader.of(ExampleRun.class);

    @Test
    @Tag("C1")
    void parse_everyKindOfType_givesTypedValues() {
        ExampleRun run = reader.parse(GOOD, "run.yaml");

        assertThat(run.seed()).isEqualTo(1);
        assertThat(run.data())
                .isEqualTo(ImmutableFiles.builder().dir(Path.of("a/b")).build());
        assertThat(run.model().widths()).containsExactly(1, 2);
        assertThat(run.model().scales()).containsExactly(Map.entry("a", 2.5), Map.entry("b", 1.0));
        assertThat(run.model().dropout()).isEqualTo(OptionalDouble.of(0.5));
        assertThat(run.train().precision()).isEqualTo(ExamplePrecision.MIXED_16_32);
        assertThat(run.train().timeout()).isEqualTo(Optional.of(Duration.ofMinutes(90)));
        assertThat(run.train().batchSize()).isEqualTo(32);
        assertThat(run.train().optimizer())
                .isEqualTo(ImmutableAdamW.builder().lr(0.001).build());
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    @Tag("C4")
    @Tag("C6")
    void parse_manyMistakes_tellsAllInOrderOfPlace() {
        String yaml = """
                sede: 1
                data: {kind: files, dir: 7}
                model:
                  widths: [1, -2, a]
                  scales: {b: -1, a: yes}
                train:
                  batchSize: 1.0
                  precision: f32
                  timeout: 90
                  optimizer: {kind: adamw, lr: -1, momentum: 0.9}
                """;

        assertThat(faults(yaml)).isEqualTo("""
                        run.yaml:1:1 sede: This key is not known; known are seed, data, model, train.
                          Maybe seed was meant.
                        run.yaml:1:1 seed: This required key is missing; it must be an integer.
                        run.yaml:2:26 data.dir: The value (7) is an integer but must be a path.
                          Maybe "7" was meant, in quotes.
                        run.yaml:4:15 model.widths[1]: The value (-2) must be greater than 0.
                        run.yaml:4:19 model.widths[2]: The value (a) is text but must be an integer.
                        run.yaml:5:15 model.scales.b: The value (-1.0) must be greater than 0.
                        run.yaml:5:22 model.scales.a: The value (yes) is text but must be a number.
                        run.yaml:6:1 train.epochs: This required key is missing; it must be an integer.
                        run.yaml:7:14 train.batchSize: The value (1.0) is a decimal number but must be an integer.
                          Maybe 1 was meant.
                        run.yaml:8:14 train.precision: The value (f32) must be one of float32, bfloat16, mixed.
                          Maybe float32 was meant.
                        run.yaml:9:12 train.timeout: The value (90) is an integer but must be a duration such as 90s or 1h30m.
                          Maybe 90s was meant.
                        run.yaml:10:32 train.optimizer.lr: The value (-1.0) must be greater than 0.
                        run.yaml:10:36 train.optimizer.momentum: This key is not known for kind adamw; known are lr, beta1.
                          Maybe kind sgd was meant, which has it.
                        13 faults.""");
    }

    @Test
    @Tag("C6")
    @Tag("C13")
    void parse_kindMissingWrongOrAlone_tellsTheKinds() {
        String yaml = """
                seed: 1
                data: files
                model: {widths: []}
                train: {epochs: 3, optimizer: {lr: 1}}
                """;

        assertThat(faults(yaml)).isEqualTo("""
                        run.yaml:2:7 data: The value (files) is text but must be a mapping with a kind (one of files, synthetic).
                          Maybe {kind: files} was meant.
                        run.yaml:3:17 model.widths: The value ([]) must not be empty.
                        run.yaml:4:31 train.optimizer.kind: This required key is missing; it must be one of sgd, adamw.
                        3 faults.""");
        assertThat(faults(GOOD.replace("adamw", "adamv"))).isEqualTo("""
                        run.yaml:8:21 train.optimizer.kind: The value (adamv) must be one of sgd, adamw.
                          Maybe adamw was meant.
                        1 fault.""");
    }

    @Test
    @Tag("C10")
    void parse_ruleAcrossKeysBroken_isToldAtTheObject() {
        assertThat(faults(GOOD.replace("epochs: 3", "epochs: 3\n  warmup: 4")))
                .isEqualTo("run.yaml:4:1 train: The warmup must not be longer than the training.\n1 fault.");
    }

    @ParameterizedTest
    @Tag("C4")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.9       | The value (1.9) is a decimal number but must be an integer.",
                "1e2       | The value (1e2) is a decimal number but must be an integer.;Maybe 100 was meant.",
                "\"3\"     | The value (3) is text but must be an integer.;Maybe it was meant without quotes.",
                "1_000     | The value (1_000) is text but must be an integer.;Maybe 1000 was meant.",
                "true      | The value (true) is a boolean but must be an integer.",
                "010       | The value (010) begins with 0, which some read as octal, but must be an integer.;Maybe 10 was meant.",
                "~         | The value is null but must be an integer.",
                "''        | The value is missing but must be an integer.",
                "[1]       | The value is a list but must be an integer.",
                "{a: 1}    | The value is a mapping but must be an integer.",
                "2147483648| The value (2147483648) must be an integer from -2147483648 to 2147483647.",
                "0         | The value (0) must be greater than or equal to 1."
            })
    void parse_wrongInteger_saysWhatWasFound(String written, String message) {
        assertThat(messageOf("epochs: " + written + "\noptimizer: {kind: sgd, lr: 1}", ExampleTrain.class))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @Tag("C4")
    @CsvSource(
            delimiter = '|',
            value = {
                "fast    | The value (fast) is text but must be a number.",
                "\"0.1\" | The value (0.1) is text but must be a number.;Maybe it was meant without quotes.",
                "1e999   | The value (1e999) is too large for a number.",
                "1e-999  | The value (1e-999) is too near to 0 for a number.",
                "9007199254740993 | The value (9007199254740993) must be a number that can be held exactly.",
                ".nan    | The value (.nan) must be a finite number.",
                "-.inf   | The value (-.inf) must be a finite number."
            })
    void parse_wrongNumber_saysWhatWasFound(String written, String message) {
        assertThat(messageOf("epochs: 3\noptimizer: {kind: sgd, lr: " + written + "}", ExampleTrain.class))
                .startsWith(message);
    }

    @ParameterizedTest
    @Tag("C4")
    @CsvSource({"0x10, 16", "0o17, 15", "+5, 5"})
    void parse_integerInAnotherBase_isRead(String written, int expected) {
        ExampleTrain train = ConfigReader.of(ExampleTrain.class)
                .parse("epochs: " + written + "\noptimizer: {kind: sgd, lr: 1}", "train.yaml");

        assertThat(train.epochs()).isEqualTo(expected);
    }

    @ParameterizedTest
    @Tag("C4")
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | The value (yes) is text but must be true or false.;Maybe true was meant, without quotes.",
                "1   | The value (1) is an integer but must be true or false."
            })
    void parse_wrongBoolean_saysWhatWasFound(String written, String message) {
        assertThat(messageOf("{kind: files, dir: a, shuffled: " + written + "}", ExampleData.Files.class))
                .isEqualTo(message);
    }

    @Test
    @Tag("C1")
    void parse_nullForAnOptional_isAbsent() {
        assertThat(reader.parse(GOOD.replace("1h30m", "null"), "run.yaml")
                        .train()
                        .timeout())
                .isEmpty();
    }

    @Test
    void parse_inAnotherLanguage_keepsMessagesInEnglish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);

            assertThat(messageOf("{kind: sgd, lr: -0.5}", ExampleOptimizer.Sgd.class))
                    .isEqualTo("The value (-0.5) must be greater than 0.");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Tag("C3")
    void parse_listThatMustNotBeEmptyLeftOut_isAMissingKey() {
        assertThat(faults(GOOD.replace("widths: [1, 2], ", "")))
                .isEqualTo("run.yaml:3:8 model.widths: This required key is missing; it must be a list.\n1 fault.");
    }

    @Test
    @Tag("C10")
    void build_negativeZero_isZero() {
        ImmutableSgd sgd = ImmutableSgd.builder().lr(1).build();

        assertThat(sgd.withMomentum(-0.0).momentum()).isEqualTo(-0.0);
        assertThatThrownBy(() -> sgd.withLr(-0.0)).hasMessageContaining("must be greater than 0.");
        assertThat(reader.parse(GOOD.replace("adamw, lr: 1e-3", "sgd, lr: 1, momentum: -0.0"), "run.yaml")
                        .train()
                        .optimizer())
                .isEqualTo(sgd.withMomentum(-0.0));
    }

    @Test
    @Tag("C9")
    void method_ofTheRunConfig_dependsOnItsValuesOnly() {
        ExampleRun run = reader.parse(GOOD, "run.yaml");
        ImmutableExampleRun copy = ImmutableExampleRun.copyOf(run);
        ImmutableExampleTrain train = ImmutableExampleTrain.copyOf(run.train());
        ExampleData made = ImmutableSynthetic.builder().build();

        assertThat(run.warmupPictures()).isEqualTo(32).isEqualTo(run.warmupPictures());
        assertThat(copy.withTrain(train.withBatchSize(8).withWarmup(3)).warmupPictures())
                .isEqualTo(copy.withTrain(train.withWarmup(3).withBatchSize(8)).warmupPictures())
                .isEqualTo(24);
        assertThat(copy.withData(made).warmupPictures()).isZero();
        assertThat(copy.withData(made).withData(run.data()).warmupPictures()).isEqualTo(32);
        assertThat(reader.fromJson(ConfigWriter.toJson(run)).warmupPictures()).isEqualTo(32);
        assertThat(ConfigWriter.toYaml(run)).doesNotContain("warmupPictures");
    }

    @Test
    @Tag("C10")
    void build_valueThatBreaksAConstraint_throws() {
        assertThatThrownBy(() -> ImmutableSgd.builder().lr(-1).build())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Sgd lr: The value (-1.0) must be greater than 0.\n1 fault.");

        ImmutableSgd sgd = ImmutableSgd.builder().lr(1).build();
        assertThatThrownBy(() -> sgd.withMomentum(-0.5))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Sgd momentum: The value (-0.5) must be greater than or equal to 0.\n1 fault.");
    }

    @Test
    void read_fileThatIsNotThere_isAFault(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> reader.read(file, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": There is no such file.\n1 fault.");
        assertThatThrownBy(() -> reader.read(folder, List.of()))
                .hasMessage(folder + ": This is a folder but must be a file.\n1 fault.");
    }

    @Test
    @Tag("C7")
    void read_file_appliesOverridesInOrder(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("run.yaml"), GOOD);

        ExampleRun run = reader.read(
                file,
                List.of(
                        "train.epochs=5",
                        "train.epochs=6",
                        "train.optimizer={kind: sgd, lr: 0.5}",
                        "model.widths[1]=9",
                        "data.dir=x/y"));

        assertThat(run.train().epochs()).isEqualTo(6);
        assertThat(run.train().optimizer())
                .isEqualTo(ImmutableSgd.builder().lr(0.5).build());
        assertThat(run.model().widths()).containsExactly(1, 9);
        assertThat(run.data())
                .isEqualTo(ImmutableFiles.builder().dir(Path.of("x/y")).build());
    }

    @Test
    @Tag("C2")
    void read_wrongOverrides_areToldByArgument(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("run.yaml"), GOOD.replace("lr: 1e-3", "lr: 1e-3, beta1: 0.5"));
        List<String> sets = List.of(
                "trian.epochs=2",
                "train.epochs=[",
                "oops",
                "a b=3",
                "model.widths[4]=3",
                "train.optimizer.kind=sgd",
                "train.epochs=many");

        ConfigException e = catchThrowableOfType(ConfigException.class, () -> reader.read(file, sets));

        assertThat(e).hasMessage("""
                        FILE:8:38 train.optimizer.beta1: This key is not known for kind sgd; known are lr, momentum.
                          Maybe kind adamw was meant, which has it.
                        --set 1 trian: This key is not known; known are seed, data, model, train.
                          Maybe train was meant.
                        --set 2 train.epochs: This is not valid YAML: expected the node content, but found '<stream end>'.
                        --set 3: The argument (oops) must be path=value.
                        --set 4 a b: The path (a b) must be keys joined by dots, such as train.optimizer.lr.
                        --set 5 model.widths[4]: The index [4] must be within the list, whose length is 2.
                        --set 7 train.epochs: The value (many) is text but must be an integer.
                        7 faults.""".replace("FILE", file.toString()));
    }

    private String faults(String yaml) {
        return String.valueOf(catchThrowableOfType(ConfigException.class, () -> reader.parse(yaml, "run.yaml"))
                .getMessage());
    }

    private static String messageOf(String yaml, Class<?> type) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> ConfigReader.of(type).parse(yaml, "part.yaml"));
        assertThat(e.faults()).hasSize(1);
        Fault fault = e.faults().get(0);
        return fault.message() + (fault.hint().isEmpty() ? "" : ";" + fault.hint());
    }
}
