package dev.assay.report;

import dev.assay.store.Failure;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trials that ended badly, by what they died of. */
final class FailureGroups {
    private static final int MOST_NAMED = 20;

    private FailureGroups() {}

    /** The largest group first. */
    static List<ReportPage.FailureGroup> of(List<TrialRecord> trials, Map<String, String> labels) {
        Map<String, List<TrialRecord>> groups = new LinkedHashMap<>();
        trials.stream()
                .filter(FailureGroups::isBad)
                .forEach(trial -> groups.computeIfAbsent(key(trial), key -> new ArrayList<>())
                        .add(trial));
        return groups.values().stream()
                .sorted(Comparator.comparing(List<TrialRecord>::size).reversed())
                .map(group -> group(group, labels))
                .toList();
    }

    private static boolean isBad(TrialRecord trial) {
        return switch (trial.state()) {
            case FAILED, DIVERGED, ABANDONED -> true;
            case QUEUED, RUNNING, COMPLETED, PRUNED, INTERRUPTED -> false;
        };
    }

    /** The same kind at the same place; where no place is known, the same words but for numbers. */
    private static String key(TrialRecord trial) {
        String place = trial.failure()
                .map(failure -> failure.kind() + " " + failure.errorClass().orElse("") + " "
                        + failure.place().orElse(""))
                .orElse("");
        boolean hasPlace = trial.failure().flatMap(Failure::place).isPresent();
        return trial.state() + " " + place + (hasPlace ? "" : firstLine(trial).replaceAll("[0-9]+", "#"));
    }

    private static String firstLine(TrialRecord trial) {
        return trial.cause().flatMap(text -> text.lines().findFirst()).orElse("The cause is not known.");
    }

    private static ReportPage.FailureGroup group(List<TrialRecord> trials, Map<String, String> labels) {
        TrialRecord first = trials.get(0);
        List<ReportPage.FailedTrial> named = trials.stream()
                .limit(MOST_NAMED)
                .map(trial -> new ReportPage.FailedTrial(
                        trial.hash().substring(0, 10), labels.getOrDefault(trial.hash(), ""), trial.seed()))
                .toList();
        return new ReportPage.FailureGroup(
                state(first.state()),
                firstLine(first),
                trials.size(),
                named,
                first.cause().orElse(firstLine(first)),
                first.failure().flatMap(Failure::place),
                first.lastLog().orElse(""));
    }

    private static String state(TrialState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
