package dev.assay.browser;

import dev.assay.metric.Metric;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.store.Circumstances;
import dev.assay.store.ExperimentResults;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results as experiments have them: planted effects, noise by seed, some failures. The same on every call. */
public final class SampleExperiment {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NETWORK =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\"><rect width=\"120\" height=\"40\" fill=\"#ddd\"/></svg>";

    private final RandomStream random = new Seed(7).stream("sample");
    private final List<TrialRecord> trials = new ArrayList<>();
    private final Map<String, Double> ends = new HashMap<>();
    private final int points;

    private SampleExperiment(int points) {
        this.points = points;
    }

    /** Two optimizers, four learning rates, three widths, with and without augmentation; three seeds each. */
    public static ExperimentResults small() {
        SampleExperiment sample = new SampleExperiment(200);
        for (String kind : List.of("sgd", "adamw")) {
            for (double lr : new double[] {0.001, 0.003, 0.01, 0.1}) {
                for (int width : new int[] {32, 64, 128}) {
                    for (boolean augmented : new boolean[] {false, true}) {
                        ObjectNode config = sample.config();
                        config.withObject("/data").put("augmentation", augmented);
                        config.withObject("/model").put("width", width);
                        config.withObject("/train/optimizer").put("kind", kind).put("lr", lr);
                        double end = 0.7 + 0.05 * Math.log10(lr * 1000) + 0.0005 * width + (augmented ? 0.03 : 0);
                        sample.seeds(config, kind.equals("sgd") ? end : end + 0.02, width / 32.0);
                    }
                }
            }
        }
        return sample.results(Map.of(
                "train.optimizer.kind", node("\"sgd\""),
                "train.optimizer.lr", node("0.01"),
                "model.width", node("32"),
                "data.augmentation", node("false")));
    }

    /** That many trials, three seeds each, with so many numeric factors drawn at random and so many points in each curve. */
    public static ExperimentResults large(int trials, int factors, int points) {
        SampleExperiment sample = new SampleExperiment(points);
        while (sample.trials.size() < trials) {
            ObjectNode config = sample.config();
            double end = 0.6;
            for (int f = 0; f < factors; f++) {
                double value = Math.round(1e4 * Math.pow(10, -3 * sample.random.nextDouble())) / 1e4;
                config.withObject("/train").put("factor" + f, value);
                end += value / (f + 4) / 4;
            }
            sample.seeds(config, end, 1);
        }
        return sample.results(Map.of());
    }

    private static JsonNode node(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private ObjectNode config() {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putObject("data").put("kind", "synthetic");
        config.putObject("model").put("kind", "small-cnn");
        config.putObject("train").put("epochs", 20).putObject("optimizer");
        return config;
    }

    private void seeds(ObjectNode config, double end, double seconds) {
        for (long seed = 1; seed <= 3; seed++) {
            ObjectNode own = config.deepCopy().put("seed", seed);
            String hash =
                    String.format("%08x%08x", own.hashCode(), trials.size()).repeat(4);
            boolean isFailed = trials.size() % 40 == 17;
            double result = Math.min(0.999, end + 0.01 * random.nextGaussian());
            ends.put(hash, result);
            trials.add(isFailed ? failed(hash, own) : completed(hash, own, result, 10 * seconds));
        }
    }

    private static TrialRecord completed(String hash, ObjectNode config, double accuracy, double seconds) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("val.accuracy", accuracy);
        metrics.put("val.loss", 2.3 * (1 - accuracy));
        metrics.put("train.seconds", seconds);
        return trial(hash, config, TrialState.COMPLETED, Optional.empty(), metrics, seconds);
    }

    private static TrialRecord failed(String hash, ObjectNode config) {
        Failure failure = new Failure(
                FailureKind.ERROR,
                Optional.of("java.lang.IllegalStateException"),
                Optional.of("example.Step.train(Step.java:41)"),
                Optional.empty());
        return trial(hash, config, TrialState.FAILED, Optional.of(failure), Map.of(), 2);
    }

    private static TrialRecord trial(
            String hash,
            ObjectNode config,
            TrialState state,
            Optional<Failure> failure,
            Map<String, Double> metrics,
            double seconds) {
        return new TrialRecord(
                hash,
                "classifier",
                config,
                Optional.empty(),
                state,
                1,
                failure.map(each -> "The batch (64) does not fit <into> memory.\nMaybe make it smaller."),
                failure.map(each -> "epoch 1 of 20\nstep 12, loss 2.2914\n<out of memory>"),
                1,
                metrics,
                Optional.empty(),
                BEGIN,
                Optional.of(BEGIN),
                Optional.of(BEGIN.plusMillis((long) (seconds * 1000))),
                new Circumstances(
                        "ada", Optional.empty(), Optional.empty(), failure, Optional.empty(), Optional.empty()));
    }

    private ExperimentResults results(Map<String, JsonNode> baseline) {
        Map<String, ObjectNode> provenance = new HashMap<>();
        Map<String, String> networks = new HashMap<>();
        ObjectNode here = provenance("17.0.15", "alpha");
        ObjectNode there = provenance("17.0.15", "beta");
        for (int i = 0; i < trials.size(); i++) {
            provenance.put(trials.get(i).hash(), i % 3 == 2 ? there : here);
            networks.put(trials.get(i).hash(), NETWORK);
        }
        return new ExperimentResults(
                "optimizers-and-width",
                Optional.of("Which optimizer, at which rate and width, learns most in 20 epochs?"),
                "val.accuracy",
                baseline,
                Optional.empty(),
                trials,
                this::series,
                Map.of(
                        "accuracy",
                        Metric.maximize("accuracy").asFraction(),
                        "loss",
                        Metric.minimize("loss"),
                        "seconds",
                        Metric.minimize("seconds").withUnit("s")),
                provenance,
                networks);
    }

    private static ObjectNode provenance(String java, String host) {
        ObjectNode record = JsonMapper.shared().createObjectNode();
        record.putObject("java").put("version", java).put("vendor", "Debian");
        record.putObject("machine").put("host", host).put("threads", 2);
        record.putObject("code").put("commit", "0123456789abcdef0123456789abcdef01234567");
        return record;
    }

    private List<MetricSeries> series(String hash) {
        double end = ends.getOrDefault(hash, 0.5);
        RandomStream noise = new Seed(hash.hashCode()).stream("noise");
        return List.of(series("train.loss", 2.3, 2.2 * (1 - end), noise), series("val.accuracy", 0.1, end, noise));
    }

    private MetricSeries series(String name, double begin, double end, RandomStream noise) {
        return new MetricSeries(
                name,
                IntStream.range(0, points).mapToLong(i -> (i + 1) * 40L).toArray(),
                IntStream.range(0, points)
                        .mapToDouble(i -> (i + 1) * 20.0 / points)
                        .toArray(),
                IntStream.range(0, points).mapToDouble(i -> (i + 1) * 0.05).toArray(),
                IntStream.range(0, points)
                        .mapToDouble(i -> end
                                + (begin - end) * Math.exp(-6.0 * i / points)
                                + 0.02 * Math.abs(end - begin) * noise.nextGaussian())
                        .toArray());
    }
}
