package dev.assay.cli;

import dev.assay.analysis.Labels;
import dev.assay.analysis.MetricText;
import dev.assay.metric.Metric;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the trials in the store, newest first.")
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "Only the trials of that experiment, in the order of its recipe.")
    private Optional<String> experiment = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only trials in that state: ${COMPLETION-CANDIDATES}.")
    private Optional<TrialState> state = Optional.empty();

    @Option(names = "--json", description = "Prints JSON: trials with hash, state, config and final metrics.")
    private boolean json;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            List<TrialRecord> trials =
                    experiment
                            .map(name ->
                                    open.trialsOf(Session.experiment(open, name).name()))
                            .orElseGet(open::trials)
                            .stream()
                            .filter(trial ->
                                    state.map(wanted -> trial.state() == wanted).orElse(true))
                            .toList();
            if (json) {
                session.console().out().println(JsonOutput.trials(trials));
            } else {
                print(trials, open);
            }
            return ExitCode.OK;
        }
    }

    private void print(List<TrialRecord> trials, TrialStore open) {
        if (trials.isEmpty()) {
            session.console().err().println("There are no such trials.");
            return;
        }
        String metric = MainMetric.of(trials);
        Labels labels = Labels.of(trials.stream().map(TrialRecord::config).toList());
        TextTable table = new TextTable(List.of("trial", "wrapper", "state", metric, "time", "seed", "config"));
        trials.forEach(trial -> table.add(row(trial, metric, open, labels)));
        List<String> lines = new ArrayList<>(table.lines());
        session.console().out().println(session.console().bold(lines.remove(0)));
        lines.forEach(session.console().out()::println);
    }

    private static List<String> row(TrialRecord trial, String metric, TrialStore open, Labels labels) {
        return List.of(
                trial.hash().substring(0, 10),
                trial.wrapper(),
                trial.state().name(),
                metricText(open.metrics(trial.wrapper()), metric)
                        .value(trial.metrics().getOrDefault(metric, Double.NaN)),
                took(trial),
                Long.toString(trial.seed()),
                labels.label(trial.config()));
    }

    static MetricText metricText(Map<String, Metric> declared, String name) {
        String plain = name.substring(name.lastIndexOf('.') + 1);
        return new MetricText(declared.getOrDefault(plain, Metric.minimize(plain)));
    }

    static String took(TrialRecord trial) {
        return trial.started()
                .flatMap(start -> trial.ended().map(end -> Console.duration(Duration.between(start, end))))
                .orElse("–");
    }
}
