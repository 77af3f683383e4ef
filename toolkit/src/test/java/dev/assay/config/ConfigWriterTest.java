package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C11")
class ConfigWriterTest {
    private final ConfigReader<ExampleRun> reader = ConfigReader.of(ExampleRun.class);

    @Test
    void toJson_config_isCompleteInDeclaredOrder() {
        ExampleRun run = reader.parse(ConfigReaderTest.GOOD, "run.yaml");

        assertThat(ConfigWriter.toJson(run)).hasToString("""
                        {"seed":1,"data":{"kind":"files","dir":"a/b","shuffled":true},\
                        "model":{"widths":[1,2],"dropout":0.5,"scales":{"a":2.5,"b":1.0}},\
                        "train":{"epochs":3,"batchSize":32,"warmup":1,"precision":"mixed","timeout":"1h30m",\
                        "optimizer":{"kind":"adamw","lr":0.001,"beta1":0.9},"comment":""}}""");
    }

    @Test
    void fromJson_whatWasWritten_isEqual() {
        ExampleRun run = reader.parse(ConfigReaderTest.GOOD.replace("1h30m", "null"), "run.yaml");

        assertThat(reader.fromJson(ConfigWriter.toJson(run))).isEqualTo(run);
    }

    @Test
    void toYaml_config_readsBackEqual() {
        ExampleRun run = reader.parse(
                ConfigReaderTest.GOOD.replace("epochs: 3", "epochs: 3\n  comment: '1.5: \"yes\" # no'"), "run.yaml");

        String yaml = ConfigWriter.toYaml(run);

        assertThat(yaml).startsWith("seed: 1\ndata:\n  kind: files\n");
        assertThat(reader.parse(yaml, "written.yaml")).isEqualTo(run);
    }

    @Test
    void toYaml_textThatLooksLikeSomethingElse_readsBackEqual() {
        for (String text : new String[] {
            "null", "~", "true", "0x10", "0o7", "1e3", ".5", "+1", ".nan", "", " ", "a: b", "é\n\t", "010"
        }) {
            ExampleTrain train = ImmutableExampleTrain.builder()
                    .epochs(1)
                    .comment(text)
                    .optimizer(ImmutableSgd.builder().lr(1).build())
                    .build();

            assertThat(ConfigReader.of(ExampleTrain.class).parse(ConfigWriter.toYaml(train), "written.yaml"))
                    .as(text)
                    .isEqualTo(train);
        }
    }
}
