package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.artifact.ObjectStore;
import dev.assay.store.Claim;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds out which of the files of a store are needed. */
public final class StoredFiles {
    private static final Pattern NAMED = Pattern.compile("weights/\\w+\\.json");

    private final Artifacts artifacts;
    private final Map<String, Integer> weights = new HashMap<>();
    private final Set<String> trials = new HashSet<>();
    private final Set<String> logs = new HashSet<>();

    private StoredFiles(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * All files of the store but those of its database.
     *
     * @param wrappers those of all its trials
     */
    public static List<StoredFile> of(TrialStore store, Wrappers wrappers) throws IOException {
        StoredFiles files = new StoredFiles(store.artifacts());
        for (TrialRecord trial : store.trials()) {
            files.count(trial, wrappers);
        }
        List<StoredFile> all = new ArrayList<>();
        files.addAll(StoredFile.Kind.WEIGHTS, "weights", all);
        files.addAll(StoredFile.Kind.WEIGHTS, "tensors", all);
        files.addAll(StoredFile.Kind.TRIALS, "trials", all);
        files.addAll(StoredFile.Kind.LOGS, "logs", all);
        files.addAll(StoredFile.Kind.REPORTS, "reports", all);
        return all;
    }

    private void count(TrialRecord trial, Wrappers wrappers) throws IOException {
        trials.add(trial.hash());
        trial.circumstances().claim().map(Claim::worker).ifPresent(worker -> logs.add("worker-" + worker + ".log"));
        Set<Path> used = new HashSet<>();
        trial.weights().map(Weights::file).map(Path::of).ifPresent(used::add);
        // A config may begin with the weights in a file, whatever trial that was of.
        NAMED.matcher(trial.config().toString())
                .results()
                .map(MatchResult::group)
                .map(Path::of)
                .forEach(used::add);
        used.addAll(wrappers.usedFiles(trial, artifacts, Set.copyOf(used)));
        used.forEach(file -> weights.merge(artifacts.name(artifacts.folder().resolve(file)), 1, Integer::sum));
    }

    private void addAll(StoredFile.Kind kind, String name, List<StoredFile> all) throws IOException {
        for (ObjectStore.Entry file : artifacts.list(name)) {
            int references = Math.max(Artifacts.isYoung(file.modified()) ? 1 : 0, references(kind, file.name()));
            all.add(new StoredFile(kind, file.name(), file.bytes(), references));
        }
    }

    private int references(StoredFile.Kind kind, String name) {
        // Left by somebody who was killed while writing.
        if (name.endsWith(Artifacts.PART)) {
            return 0;
        }
        String[] path = name.split("/", -1);
        return switch (kind) {
            case WEIGHTS -> weights.getOrDefault(name, 0);
            case TRIALS -> trials.contains(path[1]) ? 1 : 0;
            case LOGS -> logs.contains(path[path.length - 1]) ? 1 : 0;
            case REPORTS -> 1;
        };
    }
}
