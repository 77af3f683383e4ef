package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.endtoend.Application.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The main job, from recipe to report, with fewer pictures and epochs. */
class QuickstartTest {
    private static final String[] SMALL = {
        "run",
        Application.recipe("quickstart.yaml"),
        "--set",
        "base.train.epochs=2",
        "--set",
        "base.data.trainExamples=1500"
    };

    @TempDir
    static Path folder;

    private static Ended first;

    @BeforeAll
    static void run() throws Exception {
        first = new Application(folder).run(SMALL);
    }

    @Test
    @Tag("K2")
    @Tag("R10")
    void run_sixTrialsComplete_withMetricsWeightsAndReport() throws Exception {
        assertThat(first.err())
                .contains("6 trials: 6 to train, 0 done already.")
                .contains("6 of 6 trials completed");
        assertThat(first.code()).isZero();
        JsonNode trials = new Application(folder).run("list", "--json").json().get("trials");
        assertThat(trials).hasSize(6).allSatisfy(trial -> {
            assertThat(trial.get("state").asString()).isEqualTo("COMPLETED");
            assertThat(trial.at("/metrics/val.accuracy").asDouble()).isBetween(0.0, 1.0);
            assertThat(trial.at("/metrics/test.loss").isNumber()).isTrue();
            assertThat(trial.at("/weights/sha256").asString()).matches("[0-9a-f]{64}");
            assertThat(folder.resolve(".assay")
                            .resolve(trial.at("/weights/file").asString()))
                    .isNotEmptyFile();
        });
        assertThat(folder.resolve(".assay/reports/quickstart/report.html")).isNotEmptyFile();
    }

    @Test
    @Tag("G12")
    @Tag("T10")
    void trial_ofTheQuickstart_hasItsCodeAndItsPictureInTheReport() throws Exception {
        JsonNode trial = new Application(folder)
                .run("list", "--json")
                .json()
                .get("trials")
                .get(0);
        String hash = trial.get("hash").asString();

        Ended code = new Application(folder).run("show", hash, "--code");

        assertThat(code.code()).isZero();
        assertThat(code.out()).contains("def step(self", "torch.conv2d(", "torch.autograd.grad(", "def update(");
        String picture = read(folder.resolve(".assay/trials").resolve(hash).resolve("network.svg"));
        assertThat(picture).startsWith("<svg").contains(">logits</text>");
        assertThat(read(folder.resolve(".assay/reports/quickstart/report.html")))
                .containsOnlyOnce("data:image/svg+xml;base64,")
                .contains("data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(picture.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Tag("R7")
    @Tag("P8")
    void runAgain_trainsNothingAndSaysSo() throws Exception {
        Ended again = new Application(folder).run(SMALL);

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("Nothing to train: every trial is done and served from the store.");
        assertThat(again.err()).doesNotContain("begins");
    }

    @Test
    @Tag("P11")
    @Tag("T27")
    void elsewhere_inOtherOrder_weightsAndMetricsAreBitEqual(@TempDir Path other) throws Exception {
        // One worker at a time, but with the same share of the cores: the engine's sums depend on the number of
        // threads.
        Ended alone = new Application(other)
                .run(
                        "run",
                        Application.recipe("quickstart.yaml"),
                        "--set",
                        "base.train.epochs=2",
                        "--set",
                        "base.data.trainExamples=1500",
                        "--set",
                        "replicates=1",
                        "--workers",
                        "2");

        assertThat(alone.code()).isZero();
        Map<String, JsonNode> here = results(folder);
        assertThat(results(other))
                .hasSize(2)
                .allSatisfy((hash, trial) -> assertThat(trial).isEqualTo(here.get(hash)));
    }

    @Test
    @Tag("A3")
    @Tag("A4")
    void report_inABrowser_drawsItsChartsWithoutErrors(@TempDir Path profile) throws Exception {
        Path browser = Path.of("/usr/bin/chromium");
        assumeThat(browser)
                .as("SKIPPED: there is no " + browser + " to look at the report with")
                .exists();
        Path dom = profile.resolve("dom.html");
        Path log = profile.resolve("log.txt");

        Process process = new ProcessBuilder(List.of(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + profile.resolve("profile"),
                        "--dump-dom",
                        folder.resolve(".assay/reports/quickstart/report.html")
                                .toUri()
                                .toString()))
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(read(log)).doesNotContain("CONSOLE");
        String page = read(dom);
        assertThat(page.substring(page.indexOf("id=\"comparison\""), page.indexOf("id=\"curves\"")))
                .contains("<svg");
        assertThat(page.substring(page.indexOf("id=\"curve\""), page.indexOf("id=\"trials\"")))
                .contains("<svg")
                .contains("optimizer=adamw");
    }

    private static Map<String, JsonNode> results(Path of) throws Exception {
        Map<String, JsonNode> results = new TreeMap<>();
        for (JsonNode trial : new Application(of).run("list", "--json").json().get("trials")) {
            ObjectNode metrics = (ObjectNode) trial.get("metrics").deepCopy();
            metrics.remove(
                    metrics.propertyNames().stream().filter(Crashes::isFigure).toList());
            results.put(
                    trial.get("hash").asString(),
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("weights", trial.at("/weights/sha256").asString())
                            .set("metrics", metrics));
        }
        return results;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
