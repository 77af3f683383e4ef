package dev.assay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Config;
import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.config.DerivedValues;
import dev.assay.config.ExampleLimits;
import dev.assay.config.ExampleRun;
import dev.assay.config.Validated;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R1")
class TrialIdentityTest {
    private static final String SMALL = """
            seed: 1
            data: {kind: synthetic}
            model: {widths: [4, 8], dropout: 0.5}
            train: {epochs: 3, optimizer: {kind: sgd, lr: 0.1}}
            """;

    /** Computed by an implementation of the written rules in another language. Vectors are only ever added. */
    @Test
    void of_goldenConfigs_hasTheirDigests() {
        assertThat(identity(SMALL))
                .isEqualTo(new TrialIdentity(
                        "0929f4921bf4c93c00bcfa37d597dae0306a6b28f6e43a8fd5a18f89d6e0005b",
                        "48e1e892739ed6f25a1a0f5c3db59f57ce204c89ccf30c3b99f1a83131edd24e",
                        "4b06965ed5833a532861507a4171ab175ca90aa71daff48e416decf7114168df",
                        "3fdfcc6168a8274ba51822ec3d639260add5235f3b5dfc4fa241a4eec2d0dbfb",
                        "338d2b30b4ae4632e133533b1741c376ffc21afc813058535d7e0c1ac7777429"));
        assertThat(identity("""
                        seed: -7
                        data: {kind: files, dir: /anywhere, shuffled: false}
                        model: {widths: [1], scales: {b: 0.001, a: 1}}
                        train:
                          epochs: 3
                          precision: mixed
                          timeout: 90m
                          comment: whatever
                          optimizer: {kind: adamw, lr: 0.001, beta1: 0.5}
                        """))
                .isEqualTo(new TrialIdentity(
                        "fc40cb3f26628dbc625bf32a438b6c67d408ed1ec4cda30e4a67ebff46a7fc53",
                        "9e9abb7313ebf6fa8d3fd29f97bff8bca4d8f54290f9f6fc4cd96b941ac0e9d4",
                        "3038802e632742c8e255a3e13360074d3acc1fc77154c7e97d31fa9c3f37a222",
                        "ee5cb6ee271ff27d6c2b38c97b0b0f46e7a05be7cde63fbdcaa696aae8c3da0c",
                        "69bf3492ebe7b19be06905ecff0c6cb047397e3b3fb1b0ef26a94962d0c99b0b"));
    }

    /** Computed likewise. The key {@code rate} was once called {@code lr0}; what is derived and what is secret is not there. */
    @Test
    @Tag("C5")
    @Tag("C15")
    void of_sizesBigIntegersAndRenamedKeys_haveTheirGoldenForm() {
        String golden =
                "4f00000003000000036c7230443fe0000000000000000000066d656d6f7279420000000080000000000000076d6f6475"
                        + "6c7573490000001631313830353931363230373137343131333033343234";

        assertThat(limits("{memory: 2GiB, modulus: 1180591620717411303424, rate: 0.5}"))
                .isEqualTo(golden);
        assertThat(limits("{memory: 2147483648, modulus: 0x400000000000000000, lr0: .5, token: {env: A}}"))
                .isEqualTo(golden);
        assertThat(HexFormat.of()
                        .formatHex(CanonicalForm.of(
                                ConfigType.of(ExampleLimits.class),
                                DerivedValues.fill(
                                        ConfigReader.of(ExampleLimits.class)
                                                .parse(
                                                        "{memory: 2GiB, modulus: 1180591620717411303424, rate: 0.5}",
                                                        "f.yaml"),
                                        Map.of("classes", 10)))))
                .isEqualTo(golden);
    }

    private static String limits(String yaml) {
        ExampleLimits limits = ConfigReader.of(ExampleLimits.class).parse(yaml, "f.yaml");
        return HexFormat.of().formatHex(CanonicalForm.of(ConfigType.of(ExampleLimits.class), limits));
    }

    @Test
    void of_sameMeaningOtherSpelling_isEqual() {
        String other = """
                train:
                  optimizer: {lr: 1e-1, kind: sgd, momentum: 0}
                  comment: stateless
                  batchSize: 0x20
                  warmup: 1
                  timeout: null
                  epochs: +3
                model: {scales: {}, dropout: .5, widths: [4, 8]}
                data: {pictures: 1000, kind: "synthetic"}
                seed: 1
                """;

        assertThat(identity(other)).isEqualTo(identity(SMALL));
    }

    @Test
    void of_anotherPart_changesThatPartAndTheTrial() {
        TrialIdentity small = identity(SMALL);
        TrialIdentity longer = identity(SMALL.replace("epochs: 3", "epochs: 4"));

        assertThat(longer.data()).isEqualTo(small.data());
        assertThat(longer.model()).isEqualTo(small.model());
        assertThat(longer.seed()).isEqualTo(small.seed());
        assertThat(longer.train()).isNotEqualTo(small.train());
        assertThat(longer.trial()).isNotEqualTo(small.trial());
        assertThat(TrialIdentity.of("other", run(SMALL)).trial()).isNotEqualTo(small.trial());
        assertThat(small.shortForm()).isEqualTo("338d2b30b4");
    }

    /** A value of each sort. */
    @Config
    interface Sorts extends Validated {
        Optional<String> text();

        List<String> list();

        Map<String, String> map();

        @Value.Default
        default double number() {
            return 0;
        }

        Optional<Integer> integer();

        Optional<Double> real();
    }

    @Test
    void of_valuesOfDifferentSorts_differ() {
        List<String> forms = List.of(
                form(ImmutableSorts.builder().build()),
                form(ImmutableSorts.builder().text("").build()),
                form(ImmutableSorts.builder().text("null").build()),
                form(ImmutableSorts.builder().text("1").build()),
                form(ImmutableSorts.builder().integer(1).build()),
                form(ImmutableSorts.builder().real(1.0).build()),
                form(ImmutableSorts.builder().addList("").build()),
                form(ImmutableSorts.builder().addList("", "").build()),
                form(ImmutableSorts.builder().addList("a", "b").build()),
                form(ImmutableSorts.builder().addList("ab").build()),
                form(ImmutableSorts.builder().putMap("", "").build()),
                form(ImmutableSorts.builder().putMap("a", "b").build()),
                form(ImmutableSorts.builder().putMap("b", "a").build()));

        assertThat(forms).doesNotHaveDuplicates();
    }

    @Test
    void of_sameMeaning_hasTheSameForm() {
        assertThat(form(ImmutableSorts.builder().number(-0.0).build()))
                .isEqualTo(form(ImmutableSorts.builder().build()));
        assertThat(form(ImmutableSorts.builder().text("e\u0301").build()))
                .isEqualTo(form(ImmutableSorts.builder().text("\u00e9").build()));
        assertThat(form(ImmutableSorts.builder()
                        .putMap("a", "1")
                        .putMap("b", "2")
                        .build()))
                .isEqualTo(form(ImmutableSorts.builder()
                        .putMap("b", "2")
                        .putMap("a", "1")
                        .build()));
    }

    private static String form(Sorts value) {
        return HexFormat.of().formatHex(CanonicalForm.of(ConfigType.of(Sorts.class), value));
    }

    private static ExampleRun run(String yaml) {
        return ConfigReader.of(ExampleRun.class).parse(yaml, "run.yaml");
    }

    private static TrialIdentity identity(String yaml) {
        return TrialIdentity.of("classifier", run(yaml));
    }
}
