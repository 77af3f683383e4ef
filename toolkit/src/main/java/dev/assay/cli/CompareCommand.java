package dev.assay.cli;

import dev.assay.analysis.Comparison;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.Group;
import dev.assay.analysis.MetricText;
import dev.assay.analysis.Reduction;
import dev.assay.config.ConfigType;
import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import dev.assay.query.Condition;
import dev.assay.query.QueryReader;
import dev.assay.report.GroupCurve;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import dev.assay.table.TrialFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares trials, groups of trials or experiments with the first of them: configs, metrics with intervals, and where they come from.",
            "Trials of the same seeds are compared one to one, and groups that vary the same keys cell by cell."
        })
final class CompareCommand implements Callable<Integer> {
    /** Longer values, such as patches, are cut in tables; --json has them whole. */
    private static final int LONGEST = 40;

    private final Session session;

    @Parameters(
            arity = "2..*",
            paramLabel = "GROUP",
            description = {
                "An experiment, a trial by the first digits of its hash, or several trials with commas between.",
                "NAME:CONDITION takes some of an experiment's trials, such as \"optimizers:train.optimizer.kind = 'sgd'\"."
            })
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "Only this metric, such as val.accuracy; may be given several times.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--reduce",
            paramLabel = "HOW",
            description =
                    "Takes the BEST or the LAST value of each training, instead of the final one it has recorded.")
    private Optional<Reduction> reduction = Optional.empty();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--json",
            description = "Prints JSON: groups, metrics, curves over the trainings with bands, config, provenance.")
    private boolean json;

    CompareCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (reduction.filter(Reduction.ALL::equals).isPresent()) {
            throw new AssayException("The values of a training (--reduce) must be reduced to one: BEST or LAST.");
        }
        try (TrialStore open = Session.store(store.file)) {
            List<Group> found = groups.stream().map(name -> group(name, open)).toList();
            List<TrialRecord> all =
                    found.stream().flatMap(group -> group.trials().stream()).toList();
            Comparison comparison = Comparison.of(found, open.metrics(all.get(0).wrapper()));
            List<Comparison.MetricRow> rows = chosen(comparison, MainMetric.of(all));
            if (json) {
                session.console().out().println(ComparisonJson.of(comparison, rows, curves(found, open)));
            } else {
                print(comparison, rows);
            }
            return ExitCode.OK;
        }
    }

    /** The trainings of each group, of the metrics asked for or of all. */
    private List<Map<String, GroupCurve>> curves(List<Group> found, TrialStore open) {
        return found.stream()
                .map(group -> {
                    Map<String, GroupCurve> curves = GroupCurve.of(group.trials().stream()
                            .map(trial -> open.series(trial.hash()))
                            .toList());
                    curves.keySet().removeIf(name -> !metrics.isEmpty() && !metrics.contains(name));
                    return curves;
                })
                .toList();
    }

    /** The rows asked for, or all with the main metric first. */
    private List<Comparison.MetricRow> chosen(Comparison comparison, String main) {
        Map<String, Comparison.MetricRow> rows = new LinkedHashMap<>();
        comparison.metrics().forEach(row -> rows.put(row.metric(), row));
        if (!metrics.isEmpty()) {
            return metrics.stream()
                    .map(name -> {
                        Comparison.MetricRow row = rows.get(name);
                        if (row == null) {
                            throw new NotFoundException("There is no metric (" + name + ") in these trials; they have "
                                    + String.join(", ", rows.keySet()) + ".");
                        }
                        return row;
                    })
                    .toList();
        }
        List<Comparison.MetricRow> ordered = new ArrayList<>(rows.values());
        ordered.sort(Comparator.comparing(row -> !row.metric().equals(main)));
        return ordered;
    }

    private Group group(String name, TrialStore open) {
        List<TrialRecord> trials =
                trials(name, open).stream().map(trial -> reduced(trial, open)).toList();
        List<JsonNode> provenance = trials.stream()
                .flatMap(trial -> open.provenance(trial.hash()).stream())
                .map(JsonNode.class::cast)
                .toList();
        return new Group(name, trials, provenance);
    }

    private TrialRecord reduced(TrialRecord trial, TrialStore open) {
        return reduction
                .map(how -> how.of(trial, open.series(trial.hash()), open.metrics(trial.wrapper())))
                .orElse(trial);
    }

    private List<TrialRecord> trials(String name, TrialStore open) {
        int colon = name.indexOf(':');
        if (colon > 0) {
            List<TrialRecord> all = open.trialsOf(
                    Session.experiment(open, name.substring(0, colon)).name());
            List<ConfigType> types = session.wrappers().configTypes().values().stream()
                    .map(ConfigType::of)
                    .toList();
            Condition<TrialRecord> condition =
                    new QueryReader<>(new TrialFields(types, all)).condition(name.substring(colon + 1));
            return all.stream().filter(condition::holds).toList();
        }
        return open.experiment(name).isPresent()
                ? open.trialsOf(name)
                : Arrays.stream(name.split(","))
                        .map(hash -> Session.trial(open, hash))
                        .toList();
    }

    private void print(Comparison comparison, List<Comparison.MetricRow> rows) {
        rows.stream()
                .findFirst()
                .ifPresent(row ->
                        comparison.sentences(row).forEach(session.console().out()::println));
        List<String> names = comparison.groups().stream().map(Group::name).toList();
        print("metric", names, table(rows, names), true);
        print("config", names, lines(comparison.config()), false);
        print("provenance", names, lines(comparison.provenance()), false);
    }

    private static List<List<String>> table(List<Comparison.MetricRow> rows, List<String> names) {
        List<List<String>> lines = new ArrayList<>();
        for (Comparison.MetricRow row : rows) {
            MetricText text = new MetricText(row.declared());
            List<String> line = new ArrayList<>(List.of(row.metric()));
            row.means()
                    .forEach(mean -> line.add(mean.map(each -> mean(each, text)).orElse("–")));
            for (int i = 1; i < names.size(); i++) {
                String p = MetricText.probability(row.p().get(i));
                line.add(row.differences()
                        .get(i)
                        .map(difference -> text.difference(difference.estimate().mean())
                                + (difference.estimate().hasInterval()
                                        ? " (" + text.differenceInterval(difference.estimate()) + ")"
                                        : ""))
                        .orElse("–"));
                line.add(p);
            }
            lines.add(line);
        }
        return lines;
    }

    private static String mean(Estimate estimate, MetricText text) {
        return text.value(estimate.mean())
                + (estimate.hasInterval() ? " (" + text.interval(estimate) + ", n = " + estimate.n() + ")" : "");
    }

    private static List<List<String>> lines(List<Comparison.Row> rows) {
        return rows.stream()
                .map(row -> {
                    List<String> line = new ArrayList<>(List.of(row.path()));
                    row.values().forEach(value -> line.add(shortened(value)));
                    return line;
                })
                .toList();
    }

    private static String shortened(String value) {
        String line = value.lines().findFirst().orElse("");
        boolean isWhole = line.equals(value) && line.length() <= LONGEST;
        return isWhole ? value : line.substring(0, Math.min(line.length(), LONGEST - 1)) + "…";
    }

    private void print(String heading, List<String> names, List<List<String>> lines, boolean withDifferences) {
        Console console = session.console();
        console.out().println();
        if (lines.isEmpty()) {
            console.out().println(console.bold(heading) + ": no difference");
            return;
        }
        List<String> headings = new ArrayList<>(List.of(heading));
        headings.addAll(names);
        if (withDifferences) {
            names.subList(1, names.size()).forEach(name -> headings.addAll(List.of("difference of " + name, "p")));
        }
        TextTable table = new TextTable(headings);
        lines.forEach(table::add);
        List<String> text = new ArrayList<>(table.lines());
        console.out().println(console.bold(text.remove(0)));
        text.forEach(console.out()::println);
    }
}
