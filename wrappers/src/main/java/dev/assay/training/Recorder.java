package dev.assay.training;

import dev.assay.checkpoint.Checkpoint;
import dev.assay.error.AssayException;
import dev.assay.metric.Aggregation;
import dev.assay.metric.Metric;
import dev.assay.run.Trial;
import dev.assay.sink.Recorded;
import dev.assay.sink.Sinks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Records metrics of a trial, in its sinks too, and keeps what the final value of each is made of. */
final class Recorder implements Part {
    private static final String SINKS = "sinks/";
    private static final List<String> PARTS = List.of("last", "best", "sum", "count");

    private final Trial<?> trial;
    private final Sinks sinks;
    private final Map<String, Metric> declared = new LinkedHashMap<>();
    private final Map<String, Summary> summaries = new LinkedHashMap<>();

    private record Summary(double last, double best, double sum, double count) {
        Summary plus(double value, Metric metric) {
            double better = metric.direction().isBetter(value, best) ? value : best;
            return new Summary(value, better, sum + value, count + 1);
        }

        double result(Aggregation aggregation) {
            return switch (aggregation) {
                case LAST -> last;
                case BEST -> best;
                case MEAN -> sum / count;
            };
        }
    }

    Recorder(Trial<?> trial, List<Metric> metrics, Sinks sinks) {
        this.trial = trial;
        this.sinks = sinks;
        metrics.forEach(metric -> declared.put(metric.name(), metric));
    }

    /** Records values of a partition. */
    void record(String partition, Position at, Map<String, Double> values) {
        List<Recorded> recorded = new ArrayList<>();
        values.forEach((name, value) -> {
            String full = partition + "." + name;
            record(full, at, value);
            recorded.add(new Recorded(full, at.step(), at.epochs(), trial.seconds(), value));
        });
        sinks.write(recorded);
    }

    private void record(String name, Position at, double value) {
        Metric metric = metric(name);
        requireInRange(name, metric, value);
        Summary before = summaries.get(name);
        summaries.put(name, before == null ? new Summary(value, value, value, 1) : before.plus(value, metric));
        trial.record(name, at.step(), at.epochs(), value);
    }

    /** The declaration of a metric; one that was not declared is taken for a loss. */
    Metric metric(String recorded) {
        String name = Metric.withoutPartition(recorded);
        return declared.getOrDefault(name, Metric.minimize(name));
    }

    /** Names of all that is declared, without partition. */
    Set<String> declared() {
        return Collections.unmodifiableSet(declared.keySet());
    }

    boolean isDeclared(String recorded) {
        return declared.containsKey(Metric.withoutPartition(recorded));
    }

    /** The final value of each metric by full name. */
    Map<String, Double> results() {
        Map<String, Double> results = new LinkedHashMap<>();
        summaries.forEach(
                (name, summary) -> results.put(name, summary.result(metric(name).aggregation())));
        return results;
    }

    @Override
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        summaries.forEach((name, summary) -> {
            double[] values = {summary.last(), summary.best(), summary.sum(), summary.count()};
            for (int i = 0; i < values.length; i++) {
                numbers.put(PARTS.get(i) + "/" + name, values[i]);
            }
        });
        Checkpoint.put(SINKS, sinks.state(), numbers);
        return numbers;
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        sinks.restore(Checkpoint.below(SINKS, numbers));
        summaries.clear();
        new TreeMap<>(numbers).forEach((key, last) -> {
            if (key.startsWith("last/")) {
                String name = key.substring("last/".length());
                summaries.put(
                        name,
                        new Summary(
                                last,
                                numbers.getOrDefault("best/" + name, last),
                                numbers.getOrDefault("sum/" + name, last),
                                numbers.getOrDefault("count/" + name, 1.0)));
            }
        });
    }

    private static void requireInRange(String name, Metric metric, double value) {
        if (!metric.range().contains(value)) {
            throw new AssayException("Metric (" + name + ") is " + value + ", which is outside its declared range, "
                    + metric.range() + ".\nMaybe it is in percent.");
        }
    }
}
