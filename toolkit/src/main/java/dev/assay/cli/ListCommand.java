package dev.assay.cli;

import dev.assay.analysis.Labels;
import dev.assay.analysis.MetricText;
import dev.assay.metric.Metric;
import dev.assay.query.Field;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import dev.assay.table.FieldTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the trials in the store, newest first.")
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final TrialSelection selection = new TrialSelection();

    @Option(
            names = "--json",
            description =
                    "Prints JSON: trials with hash, state, config and final metrics, or with the columns asked for.")
    private boolean json;

    @Option(names = "--csv", description = "Prints CSV with the columns asked for, or with all there are.")
    private boolean csv;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            TrialSelection.Found found = selection.in(open, session);
            if (csv) {
                session.console().out().print(new FieldTable(found.columnsOrAll(), found.trials()).csv());
            } else if (json) {
                session.console()
                        .out()
                        .println(found.columns()
                                .map(columns -> JsonOutput.rows(new FieldTable(columns, found.trials())))
                                .orElseGet(() -> JsonOutput.trials(found.trials())));
            } else if (found.trials().isEmpty()) {
                session.console().err().println("There are no such trials.");
            } else if (found.columns().isPresent()) {
                print(new FieldTable(found.columns().get(), found.trials()));
            } else {
                print(found.trials(), open);
            }
            return ExitCode.OK;
        }
    }

    private void print(FieldTable table) {
        TextTable text = new TextTable(table.fields().stream().map(Field::name).toList());
        table.text().forEach(text::add);
        print(text);
    }

    private void print(List<TrialRecord> trials, TrialStore open) {
        String metric = MainMetric.of(trials);
        Labels labels = Labels.of(trials.stream().map(TrialRecord::config).toList());
        TextTable table = new TextTable(List.of("trial", "wrapper", "state", metric, "time", "seed", "config"));
        Map<String, MetricText> texts = new HashMap<>();
        trials.forEach(trial -> table.add(row(
                trial,
                metric,
                texts.computeIfAbsent(trial.wrapper(), wrapper -> metricText(open.metrics(wrapper), metric)),
                labels)));
        print(table);
    }

    private void print(TextTable table) {
        List<String> lines = new ArrayList<>(table.lines());
        session.console().out().println(session.console().bold(lines.remove(0)));
        lines.forEach(session.console().out()::println);
    }

    private static List<String> row(TrialRecord trial, String metric, MetricText text, Labels labels) {
        return List.of(
                trial.hash().substring(0, 10),
                trial.wrapper(),
                trial.state().name(),
                text.value(trial.metrics().getOrDefault(metric, Double.NaN)),
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
