package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ByteSize;
import dev.assay.config.ConfigException;
import dev.assay.config.ConfigReader;
import dev.assay.config.DerivedValues;
import dev.assay.config.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code docs/config.md}: its files are written, its commands run and their output compared, its Java is that of this package. */
class ConfigGuideTest {
    @TempDir
    Path folder;

    @Test
    @Tag("C1")
    @Tag("C7")
    @Tag("C12")
    void guide_doesWhatItSays() throws Exception {
        Guide guide = Guide.read(Path.of("..", "docs", "config.md"));

        guide.filesInto(folder);
        assertThat(guide.javaNotIn(Path.of("src/test/java/dev/assay/guide"))).isEmpty();
        assertThat(guide.commands()).hasSizeGreaterThan(10);
        for (Guide.Command command : guide.commands()) {
            assertThat(run(command.line())).as("$ assay " + command.line()).isEqualTo(command.output());
        }
    }

    @Test
    @Tag("C1")
    void valuesOfTheGuide_areBuiltCheckedAndRead() {
        FitTrain train = ImmutableFitTrain.builder().steps(100).build();
        assertThat(train.warmup()).isEqualTo(10);
        assertThatThrownBy(() -> ImmutableFitTrain.builder().steps(-1).build()).isInstanceOf(ConfigException.class);

        FitTrain longer = ImmutableFitTrain.copyOf(train).withSteps(200).withRate(0.02);
        assertThat(longer.steps()).isEqualTo(200);

        FitRun run = ConfigReader.of(FitRun.class).parse("""
                seed: 1
                data: {rows: 100}
                model: {kind: network, widths: [8, 8]}
                train: {steps: 50}
                """, "my text");
        if (run.model() instanceof CurveModel.Network network) {
            assertThat(network.widths()).containsExactly(8, 8);
        }
        assertThat(run.train().warmup()).isEqualTo(5);
    }

    @Test
    @Tag("C5")
    @Tag("C15")
    @Tag("C17")
    void sourceOfTheGuide_isReadAsItSays() {
        TableSource source = ConfigReader.of(TableSource.class)
                .parse("{url: 'https://tables.example/a', token: {env: TABLE_TOKEN}, kept: 2GiB}", "my text");

        assertThat(source.address()).isEqualTo("https://tables.example/a");
        assertThat(source.token()).contains(Secret.env("TABLE_TOKEN"));
        assertThat(source.kept()).isEqualTo(new ByteSize(2L << 30));
        assertThat(DerivedValues.unresolved(source)).containsExactly("columns");
        assertThat(DerivedValues.fill(source, Map.of("columns", 4)).columns()).hasValue(4);
    }

    /** What a command prints, both streams together; the folder does not show. */
    private String run(String line) {
        FitApplication.Ended ended = FitApplication.run(
                line.replaceAll("([\\w-]+\\.yaml)", folder + "/$1").split(" ", -1));
        assertThat(ended.code()).isIn(0, 65, 70);
        return ended.output().replace(folder + "/", "");
    }
}
