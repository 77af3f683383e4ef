package dev.assay.cli;

import dev.assay.run.Worker;
import dev.assay.store.Claim;
import dev.assay.store.Experiment;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells how many trials of each experiment are in which state, and which are running where.")
final class StatusCommand implements Callable<Integer> {
    private static final int SHORT_HASH = 10;

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "EXPERIMENT", description = "Only that one. Default: all.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--json",
            description = "Prints JSON: experiments with the number of trials by state, and running trials.")
    private boolean json;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            List<String> names = name.map(
                            one -> List.of(Session.experiment(open, one).name()))
                    .orElseGet(() ->
                            open.experiments().stream().map(Experiment::name).toList());
            List<String> running = new ArrayList<>();
            List<Counts> counts =
                    names.stream().map(each -> count(open, each, running)).toList();
            List<TrialRecord> trials = open.trials(running.stream().distinct().toList()).stream()
                    .filter(trial -> trial.circumstances().claim().isPresent())
                    .toList();
            if (json) {
                session.console().out().println(JsonOutput.text(toJson(counts, trials)));
            } else {
                print(counts, trials);
            }
            return ExitCode.OK;
        }
    }

    private record Counts(String experiment, int trials, Map<TrialState, Integer> byState) {}

    private static Counts count(TrialStore open, String experiment, List<String> running) {
        var standings = open.standings(experiment);
        Map<TrialState, Integer> byState = new EnumMap<>(TrialState.class);
        standings.forEach(standing -> {
            byState.merge(standing.state(), 1, Integer::sum);
            if (standing.state() == TrialState.RUNNING) {
                running.add(standing.hash());
            }
        });
        return new Counts(experiment, standings.size(), byState);
    }

    private void print(List<Counts> counts, List<TrialRecord> running) {
        List<TrialState> states = Arrays.stream(TrialState.values())
                .filter(state -> counts.stream().anyMatch(each -> each.byState().containsKey(state)))
                .toList();
        List<String> headings = new ArrayList<>(List.of("experiment", "trials"));
        states.forEach(state -> headings.add(state.name().toLowerCase(Locale.ROOT)));
        TextTable table = new TextTable(headings);
        for (Counts each : counts) {
            List<String> row = new ArrayList<>(List.of(each.experiment(), Integer.toString(each.trials())));
            states.forEach(state -> row.add(Integer.toString(each.byState().getOrDefault(state, 0))));
            table.add(row);
        }
        print(table);
        if (!running.isEmpty()) {
            TextTable workers = new TextTable(List.of("running", "done", "for", "silent", "attempt", "worker"));
            running.forEach(trial -> workers.add(row(trial)));
            session.console().out().println();
            print(workers);
        }
    }

    private void print(TextTable table) {
        List<String> lines = new ArrayList<>(table.lines());
        session.console().out().println(session.console().bold(lines.remove(0)));
        lines.forEach(session.console().out()::println);
    }

    private static List<String> row(TrialRecord trial) {
        Instant now = Instant.now();
        return List.of(
                trial.hash().substring(0, SHORT_HASH),
                Math.round(trial.progress() * 100) + "%",
                trial.started()
                        .map(start -> Console.duration(Duration.between(start, now)))
                        .orElse("–"),
                trial.circumstances()
                        .claim()
                        .map(claim -> Console.duration(silence(claim, now)))
                        .orElse("–"),
                Integer.toString(trial.attempt()),
                trial.circumstances().claim().map(Claim::worker).orElse("–"));
    }

    /** Since when the worker has given no sign of life. */
    private static Duration silence(Claim claim, Instant now) {
        Duration silence = Duration.between(claim.until().minus(Worker.LEASE), now);
        return silence.isNegative() ? Duration.ZERO : silence;
    }

    private static ObjectNode toJson(List<Counts> counts, List<TrialRecord> running) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        var experiments = root.putArray("experiments");
        for (Counts each : counts) {
            ObjectNode node =
                    experiments.addObject().put("name", each.experiment()).put("trials", each.trials());
            ObjectNode states = node.putObject("states");
            each.byState().forEach((state, number) -> states.put(state.name(), number));
        }
        var trials = root.putArray("running");
        for (TrialRecord trial : running) {
            ObjectNode node = trials.addObject().put("hash", trial.hash()).put("progress", trial.progress());
            node.put("attempt", trial.attempt());
            trial.circumstances()
                    .claim()
                    .ifPresent(claim -> node.put("worker", claim.worker())
                            .put("silentSeconds", silence(claim, Instant.now()).toMillis() / 1e3));
        }
        return root;
    }
}
