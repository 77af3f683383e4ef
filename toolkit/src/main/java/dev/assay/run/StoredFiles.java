package dev.assay.run;

import dev.assay.store.Claim;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import dev.assay.store.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out which of the files below a store's folder are needed. */
public final class StoredFiles {
    /** What is younger may belong to a trial that has not said so yet. */
    private static final Duration YOUNG = Duration.ofHours(1);

    /** Left by somebody who was killed while writing. */
    private static final String PART = ".part";

    private static final Pattern NAMED = Pattern.compile("weights/\\w+\\.json");

    private final Path folder;
    private final Map<Path, Integer> weights = new HashMap<>();
    private final Set<String> trials = new HashSet<>();
    private final Set<String> logs = new HashSet<>();

    private StoredFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * All files of the store but those of its database.
     *
     * @param wrappers those of all its trials
     */
    public static List<StoredFile> of(TrialStore store, Wrappers wrappers) throws IOException {
        StoredFiles files = new StoredFiles(store.directory());
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

    /** Deletes a file that no trial needs, unless a trial has come to need it meanwhile, which makes it young. */
    public static void delete(StoredFile file) throws IOException {
        Path aside = file.path().resolveSibling(file.path().getFileName() + PART);
        try {
            // Nobody can come to need it between the look at its age and its end.
            Files.move(file.path(), aside);
            if (isYoung(aside)) {
                Files.move(aside, file.path());
            } else {
                Files.delete(aside);
            }
        } catch (NoSuchFileException e) {
            // It has gone meanwhile.
        }
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
        used.addAll(wrappers.usedFiles(trial, folder, Set.copyOf(used)));
        used.forEach(file -> weights.merge(folder.resolve(file).normalize(), 1, Integer::sum));
    }

    private void addAll(StoredFile.Kind kind, String name, List<StoredFile> all) throws IOException {
        Path top = folder.resolve(name);
        if (!Files.isDirectory(top)) {
            return;
        }
        try (Stream<Path> found = Files.walk(top)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                add(kind, file, all);
            }
        }
    }

    private void add(StoredFile.Kind kind, Path file, List<StoredFile> all) throws IOException {
        try {
            int references = Math.max(isYoung(file) ? 1 : 0, references(kind, file));
            all.add(new StoredFile(kind, file, Files.size(file), references));
        } catch (NoSuchFileException e) {
            // It has gone meanwhile.
        }
    }

    private static boolean isYoung(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(YOUNG));
    }

    private int references(StoredFile.Kind kind, Path file) {
        if (file.toString().endsWith(PART)) {
            return 0;
        }
        return switch (kind) {
            case WEIGHTS -> weights.getOrDefault(file.normalize(), 0);
            case TRIALS ->
                trials.contains(folder.resolve("trials")
                                .relativize(file)
                                .getName(0)
                                .toString())
                        ? 1
                        : 0;
            case LOGS -> logs.contains(file.getFileName().toString()) ? 1 : 0;
            case REPORTS -> 1;
        };
    }
}
