package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class YamlTextTest {
    @Test
    @Tag("R1")
    void parse_textThatIsNoUnicode_isRefused() {
        Faults faults = new Faults();

        YamlText.parse("a: \"x\\uD83D\\uDE00\"", "f.yaml", faults);
        assertThat(faults.isEmpty()).isTrue();
        YamlText.parse("{\"k\\uD800\": \"x\\uD800y\", b: 1}", "f.yaml", faults);

        assertThat(new ConfigException(faults.sorted())).hasMessage("""
                        f.yaml:1:2: The text must be valid Unicode, but holds half of a surrogate pair.
                        1 fault.""");
    }

    @Test
    @Tag("C2")
    void parse_duplicateKey_tellsBothPlaces() {
        assertThat(refused("a: {x: 1}\nb: {y: 2, y: 3}\n"))
                .isEqualTo("f.yaml:2:11 b.y: The key (y) must be given once, but stands at 2:5 too.\n1 fault.");
    }

    @Test
    void parse_brokenSyntax_tellsTheExactPlace() {
        assertThat(refused("a: 1\n\tb: 2\n"))
                .isEqualTo(
                        "f.yaml:2:1: This is not valid YAML: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation).\n  Maybe a line is indented with a tab; YAML wants spaces.\n1 fault.");
        assertThat(refused("a: b: c\n"))
                .isEqualTo("f.yaml:1:5: This is not valid YAML: mapping values are not allowed here.\n"
                        + "  Maybe a text with a colon needs quotes, or a line has the wrong indentation.\n1 fault.");
    }

    @Test
    void parse_secondDocument_isRefused() {
        assertThat(refused("a: {}\n---\nb: {}\n"))
                .isEqualTo("f.yaml:3:1: A second document begins here, but a file must hold only one.\n1 fault.");
    }

    @Test
    @Tag("C13")
    void parse_unknownTag_isRefused() {
        assertThat(refused("a: {x: !!java.lang.String 1}\nb: !other {}\n"))
                .isEqualTo(
                        "f.yaml:1:8 a.x: The tag (!!java.lang.String) must be left out; a file holds plain values only.\n"
                                + "f.yaml:2:4 b: The tag (!other) must be left out; a file holds plain values only.\n2 faults.");
    }

    @Test
    void parse_keyThatIsNoText_isRefused() {
        assertThat(refused("a: {1: 2}\n"))
                .isEqualTo("f.yaml:1:5 a: The key (1) must be text.\n  Maybe \"1\" was meant, in quotes.\n1 fault.");
        assertThat(refused("? [a]\n: {}\n"))
                .isEqualTo("f.yaml:1:3: A key must be text, not a list or mapping.\n1 fault.");
    }

    @Test
    @Tag("C4")
    void parse_notFinite_isRefusedAnywhere() {
        assertThat(refused("a: {x: .nan}\nb: {y: -.INF}\n"))
                .isEqualTo("f.yaml:1:8 a.x: The value (.nan) must be a finite number.\n"
                        + "f.yaml:2:8 b.y: The value (-.INF) must be a finite number.\n2 faults.");
    }

    @Test
    void parse_emptyText_saysWhatIsMissing() {
        assertThat(refused("")).isEqualTo("f.yaml:1:1: The value is missing but must be a mapping.\n1 fault.");
    }

    @Test
    void parse_anchorsAndMergeKeys_work() {
        Map<String, Map<String, Integer>> values = read("""
                a: &a {x: 1, y: 2}
                b: *a
                c: {<<: *a, y: 3}
                d: {<<: [{x: 7}, *a]}
                """);

        assertThat(values)
                .isEqualTo(Map.of(
                        "a", Map.of("x", 1, "y", 2),
                        "b", Map.of("x", 1, "y", 2),
                        "c", Map.of("x", 1, "y", 3),
                        "d", Map.of("x", 7, "y", 2)));
    }

    @Test
    @Tag("C2")
    void parse_faultInAnAlias_tellsItsPlaceToo() {
        assertThat(refused("""
                a: &a {x: 1, y: z}
                b: *a
                c: {<<: *a, x: 2}
                d: {x: &one 1, y: *one, z: &v w}
                e: {x: *v}
                """)).isEqualTo("""
                        f.yaml:1:17 a.y: The value (z) is text but must be an integer.
                        f.yaml:1:17 (alias at 2:4) b.y: The value (z) is text but must be an integer.
                        f.yaml:1:17 (alias at 3:9) c.y: The value (z) is text but must be an integer.
                        f.yaml:4:28 d.z: The value (w) is text but must be an integer.
                        f.yaml:4:28 (alias at 5:8) e.x: The value (w) is text but must be an integer.
                        5 faults.""");
    }

    @Test
    void parse_mergeOfSomethingElse_isRefused() {
        assertThat(refused("a: {<<: 3}\n"))
                .isEqualTo(
                        "f.yaml:1:5 a: The merge key (<<) must have a mapping or a list of mappings as its value.\n1 fault.");
    }

    @Test
    void parse_aliasBomb_isRefused() {
        StringBuilder yaml = new StringBuilder("l0: &l0 {x: 1}\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("l%d: &l%d [*l%d, *l%d, *l%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(refused(yaml.toString()))
                .endsWith("The file must hold at most 100000 values, counting what aliases repeat.\n1 fault.");
    }

    @ParameterizedTest
    @Tag("C2")
    @Timeout(10)
    @MethodSource
    void refusals_whateverTheText_takeLittleTimeAndMemory(String yaml) {
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused("a: {x: y}");
        long before = thread.getCurrentThreadAllocatedBytes();

        String message = refused(yaml);

        assertThat(message).hasSizeLessThan(2_000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(256L << 20);
    }

    static List<String> refusals_whateverTheText_takeLittleTimeAndMemory() {
        StringBuilder bomb = new StringBuilder("l0: &l0 {x: 1}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("l%d: &l%d {%s}\n".formatted(i, i, "a: *l%d, b: *l%d, c: *l%d".formatted(i - 1, i - 1, i - 1)));
        }
        return List.of(
                bomb.toString(),
                "a: " + "[".repeat(10_000) + "]".repeat(10_000),
                "{a: ".repeat(10_000) + "1" + "}".repeat(10_000),
                "? ".repeat(10_000),
                "- ".repeat(10_000),
                "&a ".repeat(10_000) + "[*a]",
                "a: &a [*a]",
                "a: {x: " + "9".repeat(1_000_000) + "}",
                "a: {x: 1e999999999}",
                "a: {x: -1e-999999999}",
                "a: {x: \"" + "y".repeat(3_000_000) + "\"}",
                "a: {y: 1, y: 2}",
                "a: {x: !!java.net.URL [a]}",
                "? {a: b}\n: c",
                "a: {}\n--- b",
                "a: {x: .nan}");
    }

    @Test
    void parse_aliasWithinItself_isRefused() {
        assertThat(refused("a: &a {x: *a}\n")).contains("An alias must not stand inside what it names.");
    }

    @Test
    void parse_deepNesting_isRefused() {
        String deep = "a: " + "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(refused(deep)).isEqualTo("f.yaml:1:67: Values must be nested at most 64 deep.\n1 fault.");
        assertThat(refused("- ".repeat(10_000) + "x")).endsWith("Values must be nested at most 64 deep.\n1 fault.");
    }

    @Test
    void parse_controlCharacter_isRefusedWithItsPlace() {
        assertThat(refused("a: {}\nb: \u0007"))
                .isEqualTo("f.yaml:2:4: The character U+0007 is not allowed in YAML.\n1 fault.");
    }

    @Test
    void read_fileTooLargeOrNotUtf8_isRefused(@TempDir Path folder) throws Exception {
        Path large = Files.write(folder.resolve("large.yaml"), new byte[YamlText.MOST_BYTES + 1]);
        Path latin = Files.write(folder.resolve("latin.yaml"), "a: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(large)).isEqualTo(large + ": The file must be at most 4 MiB long.\n1 fault.");
        assertThat(refused(latin)).isEqualTo(latin + ": The file must be text in UTF-8.\n1 fault.");
    }

    @Test
    void duration_everySpelling_isReadAndWritten() {
        assertThat(Durations.parse("1d2h3m4s5ms6us7ns").map(Durations::format)).contains("1d2h3m4s5ms6us7ns");
        assertThat(Durations.parse("PT90M")).contains(Duration.ofMinutes(90));
        assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
        assertThat(Durations.parse("90")).isEmpty();
        assertThat(Durations.parse("")).isEmpty();
        assertThat(Durations.parse("999999999999999d")).isEmpty();
    }

    /** A configuration of maps only. */
    @Config
    interface Table extends Validated {
        Map<String, Map<String, Integer>> rows();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Integer>> read(String yaml) {
        Faults faults = new Faults();
        LocatedNode tree = ConfigTrees.parse(yaml, "f.yaml", List.of(), faults)
                .orElseGet(() -> new LocatedNode.Mapping(Place.of(""), List.of()));
        ConfigType rows =
                ((ObjectType) ConfigType.of(Table.class)).properties().get(0).type();
        Object value = ConfigTrees.check(rows, tree, "", faults).orElse(Map.of());
        faults.throwIfAny();
        return (Map<String, Map<String, Integer>>) value;
    }

    private static String refused(String yaml) {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, () -> read(yaml)).getMessage());
    }

    private static String refused(Path file) {
        return String.valueOf(catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigReader.of(Table.class).read(file, List.of()))
                .getMessage());
    }
}
