package dev.assay.report;

import static dev.assay.analysis.SampleTrials.completed;
import static dev.assay.analysis.SampleTrials.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.metric.Metric;
import dev.assay.store.ExperimentResults;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String[] CONFIGS = {
        "{\"data\": {\"kind\": \"synthetic\"}, \"train\": {\"optimizer\": {\"kind\": \"sgd\", \"lr\": 0.1}}}",
        "{\"data\": {\"kind\": \"synthetic\"}, \"train\": {\"optimizer\": {\"kind\": \"adamw\", \"lr\": 0.001}}}",
        "{\"data\": {\"kind\": \"synthetic\"}, \"train\": {\"optimizer\": {\"kind\": \"adamw\", \"lr\": 0.01}}}"
    };

    private static final String SMALL = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    private static final String LARGE = SMALL + "<!--" + "x".repeat(20_000) + "-->";

    @TempDir
    Path folder;

    @Test
    @Tag("A4")
    void write_isOneFileThatLoadsNothing() throws Exception {
        Path file = Report.of(results()).write(folder);

        String html = Files.readString(file)
                .replace(resource("echarts-6.1.0.min.js"), "")
                .replace("&#39;", "'");
        assertThat(html)
                .contains("<h1>optimizers</h1>")
                .contains("Which optimizer &amp; rate &lt;learns&gt; best?")
                .contains("Content-Security-Policy")
                .contains("default-src 'none'")
                .contains("The best mean val.accuracy is that of")
                .contains("last line &lt;b&gt;")
                .containsPattern("script-src ('sha256-[^']+' ?){5};")
                .doesNotContain("script-src 'unsafe-inline'")
                .doesNotContain("<link")
                .doesNotContainPattern("<script[^>]+src=")
                .doesNotContainPattern("<img[^>]+src=\"(?!data:)");
        assertThat(folder.toFile().list()).containsExactly("report.html");
    }

    @Test
    @Tag("A3")
    void write_tellsTheFrontOfEachTwoMetrics_andWhatChanceMayExplain() throws Exception {
        String html = Files.readString(Report.of(results()).write(folder));

        int begin = html.indexOf('{', html.indexOf("id=\"data\""));
        JsonNode data = JsonMapper.shared().readTree(html.substring(begin, html.indexOf("</script>", begin)));
        JsonNode byAccuracy = data.at("/fronts/0");
        assertThat(byAccuracy.path("x").asInt() + byAccuracy.path("y").asInt()).isZero();
        assertThat(byAccuracy.path("cells").toString()).isEqualTo("[0]");
        // The second differs by the same from seed to seed, so there is no spread to test with; the third by chance or
        // not.
        assertThat(byAccuracy.path("unclear").toString()).contains("1");
        int metrics = data.path("metrics").size();
        assertThat(data.path("fronts").size()).isEqualTo(metrics * (metrics + 1) / 2);
    }

    @Test
    @Tag("G12")
    void write_hasThePictureOfEachNetworkOnce_aLargeOneFolded() throws Exception {
        String html = Files.readString(Report.of(results()).write(folder));

        String networks = html.substring(html.indexOf("<h2 id=\"networks\""), html.indexOf("<h2 id=\"fixed\""));
        List<String> shown = Pattern.compile("<details[^>]*>")
                .matcher(networks)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(shown).containsExactly("<details class=\"network\" open>", "<details class=\"network\">");
        assertThat(networks)
                .contains("<summary>optimizer=adamw lr=0.001; optimizer=sgd lr=0.1</summary>")
                .contains("<summary>optimizer=adamw lr=0.01</summary>")
                .contains("src=\"data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(SMALL.getBytes(StandardCharsets.UTF_8)) + "\"");
    }

    @Test
    void charts_areTheFileTheyClaimToBe() throws Exception {
        byte[] charts = resource("echarts-6.1.0.min.js").getBytes(StandardCharsets.UTF_8);

        assertThat(resource("echarts-6.1.0.min.js.sha256"))
                .startsWith(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(charts)));
    }

    @Test
    @Tag("A4")
    void tables_haveEveryCell_escapedForWhatReadsThem() throws Exception {
        List<Path> files = Report.of(results()).writeTables(folder);

        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .contains("report.md", "cells.tex", "cells.csv", "trials.csv");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("Which optimizer & rate \\<learns\\> best?")
                .contains("| cell | mean | 95 % interval | std. dev. | n | against baseline |")
                .contains("| optimizer=sgd lr=0.1 | 92.00 % |")
                .contains("- 1 failed: OutOfMemoryError: no memory \\<left\\>")
                .containsSubsequence(
                        "| optimizer=sgd lr=0.1 |", "| optimizer=adamw lr=0.001 |", "| optimizer=adamw lr=0.01 |");
        assertThat(Files.readString(folder.resolve("cells.tex")))
                .contains("\\toprule", "\\bottomrule", "95 \\% interval", "92.00 \\% &", "$-$3.00 points");
        assertThat(Files.readAllLines(folder.resolve("cells.csv")).get(0))
                .startsWith("cell,train.optimizer.kind,train.optimizer.lr,val.accuracy.n,val.accuracy.mean");
        assertThat(Files.readAllLines(folder.resolve("cells.csv"))).hasSize(4);
        assertThat(Files.readAllLines(folder.resolve("trials.csv")))
                .hasSize(10)
                .last()
                .asString()
                .contains(",3,failed,adamw,0.01,");
    }

    @Test
    @Tag("A3")
    void figures_areSvgWithTextAndPdfAndPng() throws Exception {
        List<Path> files = Report.of(results()).writeFigures(folder);

        assertThat(files)
                .extracting(file -> folder.relativize(file).toString())
                .contains(
                        "figures/cells.svg",
                        "figures/curve-val-accuracy.pdf",
                        "figures/effect-optimizer.png",
                        "figures/effect-lr.svg",
                        "figures/pair.svg",
                        "figures/tradeoff-val-loss.svg",
                        "figures/factors.svg");
        assertThat(Files.readString(folder.resolve("figures/cells.svg")))
                .contains(">optimizer=sgd lr=0.1</text>")
                .contains(">val.accuracy</text>");
        byte[] pdf = Files.readAllBytes(folder.resolve("figures/cells.pdf"));
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-1.4").contains("(val.accuracy) Tj").endsWith("%%EOF\n");
        int table = Integer.parseInt(text.substring(text.indexOf("startxref") + 10)
                .lines()
                .findFirst()
                .orElseThrow());
        assertThat(text.substring(table)).startsWith("xref\n0 6");
        assertThat(Files.readAllBytes(folder.resolve("figures/cells.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ExperimentResults results() {
        List<TrialRecord> trials = new ArrayList<>();
        Map<String, List<MetricSeries>> series = new HashMap<>();
        Map<String, String> networks = new HashMap<>();
        for (int cell = 0; cell < CONFIGS.length; cell++) {
            for (int seed = 1; seed <= 3; seed++) {
                if (cell == 2 && seed == 3) {
                    trials.add(failed(
                            CONFIGS[cell], seed, "OutOfMemoryError: no memory <left>\n  at some.Code(Line.java:1)"));
                    continue;
                }
                double end = 0.9 - 0.03 * cell + 0.01 * seed;
                TrialRecord trial = completed(CONFIGS[cell], seed, end);
                trials.add(trial);
                networks.put(trial.hash(), cell < 2 ? SMALL : LARGE);
                series.put(trial.hash(), List.of(curve("val.accuracy", end, seed), curve("train.loss", 1 - end, seed)));
            }
        }
        return new ExperimentResults(
                "optimizers",
                Optional.of("Which optimizer & rate <learns> best?"),
                "val.accuracy",
                Map.of("train.optimizer.kind", JsonMapper.shared().readTree("\"sgd\"")),
                Optional.empty(),
                trials,
                hash -> series.getOrDefault(hash, List.of()),
                Map.of("accuracy", Metric.maximize("accuracy").withUnit("fraction"), "loss", Metric.minimize("loss")),
                Map.of(),
                networks);
    }

    private static MetricSeries curve(String name, double end, int seed) {
        int size = 20;
        double begin = name.endsWith("loss") ? 2.3 : 0.1;
        return new MetricSeries(
                name,
                IntStream.range(0, size).mapToLong(i -> (i + 1) * 100L).toArray(),
                IntStream.range(0, size).mapToDouble(i -> (i + 1) / 2.0).toArray(),
                IntStream.range(0, size).mapToDouble(i -> i).toArray(),
                IntStream.range(0, size)
                        .mapToDouble(i -> end + (begin - end) * Math.exp(-i / 4.0) + 0.01 * Math.sin(i * seed))
                        .toArray());
    }
}
