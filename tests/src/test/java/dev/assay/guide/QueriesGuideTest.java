package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.query.Condition;
import dev.assay.query.ConfigFields;
import dev.assay.query.QueryReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs {@code docs/queries.md} on trials of its recipe. */
class QueriesGuideTest {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    @Test
    @Tag("R5")
    @Tag("A1")
    void guide_doesWhatItSays() throws Exception {
        Guide guide = Guide.read(Path.of("..", "docs", "queries.md"));

        guide.filesInto(folder);
        assertThat(guide.javaNotIn(Path.of("src/test/java/dev/assay/guide"))).isEmpty();
        run("run fits.yaml --quiet");
        assertThat(guide.commands()).hasSize(5);
        for (Guide.Command command : guide.commands()) {
            assertThat(run(command.line())).as("$ assay " + command.line()).isEqualTo(command.output());
        }
    }

    @Test
    @Tag("R5")
    void conditionOfTheGuide_holds() {
        Condition<JsonNode> condition = new QueryReader<>(new ConfigFields(List.of(ConfigType.of(FitRun.class))))
                .condition("train.steps > 10 and model.kind = 'network'");
        FitRun run = ConfigReader.of(FitRun.class).parse("""
                seed: 1
                data: {rows: 100}
                model: {kind: network, widths: [8, 8]}
                train: {steps: 50}
                """, "my text");
        assertThat(condition.holds(ConfigWriter.toJson(run))).isTrue();
    }

    private String run(String line) {
        return FitApplication.run(arguments(line))
                .output()
                .replace("\r\n", "\n")
                .replace(folder + "/", "");
    }

    /** As a shell takes them apart; files are those of the folder. */
    private String[] arguments(String line) {
        List<String> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(line);
        while (argument.find()) {
            String text = argument.group(1) != null ? argument.group(1) : argument.group(2);
            arguments.add(
                    text.matches("\\w+\\.(yaml|csv)") ? folder.resolve(text).toString() : text);
        }
        arguments.addAll(List.of("--store", folder.resolve("store.db").toString()));
        return arguments.toArray(String[]::new);
    }
}
