package dev.assay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.Config;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.config.ExampleData;
import dev.assay.config.ExampleModel;
import dev.assay.config.ExampleTrain;
import dev.assay.config.RunConfig;
import dev.assay.config.ScalarType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R1")
class CanonicalFormTest {

    @Test
    void text_halfOfASurrogatePair_isRefusedSinceItHasNoBytes() {
        assertThat(CanonicalForm.text("\uD83D\uDE00")).hasSize(8);
        assertThatThrownBy(() -> CanonicalForm.text("\uD83D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("must be valid Unicode to have an identity.");
    }

    @Test
    void of_path_isItsNamesWithSlashes() {
        byte[] names = CanonicalForm.text("a/b c");

        assertThat(CanonicalForm.of(ScalarType.PATH, Path.of("a", "b c"))[0]).isEqualTo((byte) 'P');
        assertThat(CanonicalForm.of(ScalarType.PATH, Path.of("a", "b c")))
                .endsWith(names)
                .hasSize(1 + names.length);
    }

    @Test
    void of_floatsAndDoubles_areTheirBits() {
        assertThat(CanonicalForm.of(ScalarType.FLOAT, 1.5f)).containsExactly('G', 0x3f, 0xc0, 0, 0);
        assertThat(CanonicalForm.of(ScalarType.FLOAT, -0.0f)).containsExactly('G', 0, 0, 0, 0);
        assertThat(CanonicalForm.of(ScalarType.DOUBLE, -0.0)).containsExactly('D', 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void of_keysThatAreEqualAfterNormalisation_areInTheOrderOfTheirValues() {
        ConfigType type = new ConfigType.MapType(ScalarType.STRING);

        assertThat(CanonicalForm.of(type, Map.of("e\u0301", "2", "\u00e9", "1")))
                .isEqualTo(CanonicalForm.of(type, Map.of("e\u0301", "1", "\u00e9", "2")));
    }

    @Test
    void text_isItsLengthInBytesThenUtf8() {
        assertThat(CanonicalForm.text("é")).containsExactly(0, 0, 0, 2, 0xc3, 0xa9);
        assertThat(CanonicalForm.text("x".repeat(300)))
                .startsWith((byte) 0, (byte) 0, (byte) 1, (byte) 44)
                .endsWith("x".getBytes(StandardCharsets.US_ASCII));
    }

    /** A run config with a key beside the four parts. */
    @Config
    interface WiderRun extends RunConfig {
        @Override
        ExampleData data();

        @Override
        ExampleModel model();

        @Override
        ExampleTrain train();

        Optional<String> remark();
    }

    @Test
    void of_keyBesideTheParts_changesTheTrialOnly() {
        String yaml = """
                seed: 1
                data: {kind: synthetic}
                model: {widths: [4, 8], dropout: 0.5}
                train: {epochs: 3, optimizer: {kind: sgd, lr: 0.1}}
                """;
        ConfigReader<WiderRun> reader = ConfigReader.of(WiderRun.class);

        TrialIdentity without = TrialIdentity.of("classifier", reader.parse(yaml, "a"));
        TrialIdentity with = TrialIdentity.of("classifier", reader.parse(yaml + "remark: x\n", "b"));
        assertThat(without.trial()).startsWith("338d2b30b4");
        assertThat(with.trial()).isNotEqualTo(without.trial());
        assertThat(with.train()).isEqualTo(without.train());
    }
}
