package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("C17")
class MigrationsTest {
    private static final Migrations MIGRATIONS =
            Migrations.of(List.of(new Renamed(2, "epochs", "passes"), new Renamed(1, "rounds", "epochs")));

    /** A key got another name. */
    private record Renamed(int from, String old, String name) implements Migration {
        @Override
        public String description() {
            return "The key " + old + " is now called " + name + ".";
        }

        @Override
        public LocatedNode.Mapping migrate(LocatedNode.Mapping root) {
            return root.find(old)
                    .map(entry -> root.without(old).with(new LocatedNode.Entry(name, entry.keyPlace(), entry.value())))
                    .orElse(root);
        }
    }

    @Test
    void apply_oldFile_isBroughtToThePresentWithWarnings() {
        Faults faults = new Faults();

        LocatedNode.Mapping migrated = migrated("rounds: 3", faults);

        assertThat(migrated.entries())
                .containsExactly(new LocatedNode.Entry(
                        "passes",
                        new Place("f.yaml", 1, 1),
                        new LocatedNode.Scalar(new Place("f.yaml", 1, 9), LocatedNode.Form.INTEGER, "3")));
        assertThat(faults.isEmpty()).isTrue();
        assertThat(faults.warnings())
                .extracting(Fault::toString)
                .containsExactly(
                        "f.yaml:1:1 schemaVersion: This was read as version 1. The key rounds is now called epochs.",
                        "f.yaml:1:1 schemaVersion: This was read as version 2. The key epochs is now called passes.");
    }

    @Test
    void of_anyOrder_isBroughtToThatOfTheVersions() {
        Migration first = new Renamed(1, "rounds", "epochs");
        Migration second = new Renamed(2, "epochs", "passes");
        LocatedNode number = new LocatedNode.Scalar(Place.of("f.yaml"), LocatedNode.Form.INTEGER, "3");

        assertThat(Migrations.of(List.of(second, first)).current()).isEqualTo(3);
        assertThat(Migrations.none().current()).isEqualTo(1);
        assertThat(Migrations.of(List.of(first, second)).apply(number, new Faults()))
                .isEqualTo(number);
    }

    @Test
    void apply_fileThatSaysItsVersion_isMigratedFromThere() {
        Faults faults = new Faults();

        assertThat(migrated("{schemaVersion: 2, rounds: 3, epochs: 4}", faults).entries())
                .extracting(LocatedNode.Entry::key)
                .containsExactly("rounds", "passes");
        assertThat(migrated("{schemaVersion: 3, epochs: 4}", faults).find("epochs"))
                .isPresent();
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void apply_versionThatCannotBeRead_isAFault() {
        Faults faults = new Faults();

        migrated("{schemaVersion: 4}", faults);
        migrated("{schemaVersion:    0}", faults);
        migrated("{schemaVersion:       new}", faults);

        assertThat(new ConfigException(faults.sorted())).hasMessage("""
                        f.yaml:1:17 schemaVersion: The version (4) must be from 1 to 3.
                          Maybe a newer version of this program wrote the file.
                        f.yaml:1:20 schemaVersion: The version (0) must be from 1 to 3.
                        f.yaml:1:23 schemaVersion: The value (new) is text but must be an integer.
                        3 faults.""");
    }

    @Test
    void of_migrationsWithAGap_areRefused() {
        assertThatThrownBy(() -> Migrations.of(List.of(new Renamed(2, "a", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The migrations must begin with the versions 1 to 1, one each, but "
                        + Renamed.class.getName() + " begins with 2.");
        assertThat(Migrations.registered().current()).isEqualTo(1);
    }

    @Test
    void lenient_recordOfAnOlderProgram_isReadWithoutWhatDoesNotFit() {
        LenientReading<ExampleTrain> reading = lenient("""
                {"rounds": 3, "batchSize": "many", "warmpu": 2, "precision": "float8",
                 "optimizer": {"kind": "sgd", "lr": 0.1, "nesterov": true, "momentum": -1}}""");

        assertThat(reading.config())
                .contains(ImmutableExampleTrain.builder()
                        .epochs(3)
                        .optimizer(ImmutableSgd.builder().lr(0.1).build())
                        .build());
        assertThat(reading.warnings())
                .extracting(Fault::path)
                .containsExactly(
                        "schemaVersion",
                        "warmpu",
                        "batchSize",
                        "precision",
                        "optimizer.nesterov",
                        "optimizer.momentum");
    }

    @Test
    void lenient_recordThatLacksTooMuch_hasWarningsOnly() {
        LenientReading<ExampleTrain> reading = lenient("{\"rounds\": \"x\", \"\": 1}");

        assertThat(reading.config()).isEmpty();
        assertThat(reading.warnings())
                .extracting(Fault::toString)
                .containsExactly(
                        "ExampleTrain schemaVersion: This was read as version 1. The key rounds is now called epochs.",
                        "ExampleTrain \"\": This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.",
                        "ExampleTrain epochs: The value (x) is text but must be an integer.",
                        "ExampleTrain optimizer: This required key is missing; it must be a mapping with a kind (one of sgd, adamw).",
                        "ExampleTrain epochs: This required key is missing; it must be an integer.");
    }

    private static LenientReading<ExampleTrain> lenient(String json) {
        return ConfigReader.of(ExampleTrain.class)
                .lenient(
                        JsonMapper.shared().readTree(json), Migrations.of(List.of(new Renamed(1, "rounds", "epochs"))));
    }

    private static LocatedNode.Mapping migrated(String yaml, Faults faults) {
        LocatedNode tree = ConfigTrees.parse(yaml, "f.yaml", List.of(), faults).orElseThrow();
        return (LocatedNode.Mapping) MIGRATIONS.apply(tree, faults);
    }
}
