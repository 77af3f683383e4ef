package dev.assay.cli;

import dev.assay.config.ConfigType;
import dev.assay.query.Field;
import dev.assay.query.QueryReader;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import dev.assay.table.TrialFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which trials, in which order, and what of them. */
final class TrialSelection {
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

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Only trials it holds for, such as \"train.optimizer.lr < 0.01 and metrics.val.accuracy > 0.9\".")
    private Optional<String> where = Optional.empty();

    @Option(
            names = "--sort",
            paramLabel = "FIELDS",
            description = "By these fields, such as \"metrics.val.accuracy desc, seed\".")
    private Optional<String> sort = Optional.empty();

    @Option(
            names = "--columns",
            paramLabel = "FIELDS",
            description = {
                "These fields only, such as \"hash, train.optimizer.lr, metrics.val.accuracy\".",
                "There are hash, wrapper, state, attempt, progress, created, started, ended, seconds, cause, owner,"
                        + " comment, worker (host and process that had it last), metrics.NAME, and any key of the config."
            })
    private Optional<String> columns = Optional.empty();

    /**
     * What was found.
     *
     * @param columns those asked for; empty where none were
     */
    record Found(List<TrialRecord> trials, Optional<List<Field<TrialRecord>>> columns) {
        /** The columns asked for, or everything the trials have. */
        List<Field<TrialRecord>> columnsOrAll() {
            return columns.orElseGet(() -> TrialFields.allOf(trials));
        }
    }

    Found in(TrialStore open, Session session) {
        List<TrialRecord> all = experiment
                .map(name -> open.trialsOf(Session.experiment(open, name).name()))
                .orElseGet(open::trials);
        List<ConfigType> types = session.wrappers().configTypes().values().stream()
                .map(ConfigType::of)
                .toList();
        QueryReader<TrialRecord> reader = new QueryReader<>(new TrialFields(types, all));
        Stream<TrialRecord> wanted = all.stream()
                .filter(trial -> state.map(known -> trial.state() == known).orElse(true));
        if (where.isPresent()) {
            wanted = wanted.filter(reader.condition(where.get())::holds);
        }
        List<TrialRecord> trials = new ArrayList<>(wanted.toList());
        sort.map(reader::order).ifPresent(trials::sort);
        return new Found(trials, columns.map(reader::fields));
    }
}
