package dev.assay.launch.slurm;

import dev.assay.error.AssayException;
import dev.assay.launch.SecretFiles;
import dev.assay.launch.WorkerJob;
import dev.assay.provenance.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of workers that were submitted as one array of jobs: what they read when they begin, the store's address among it, and who of them is
 * still to be looked after. They are gone when nobody is. A later process finds by them what an earlier one has submitted.
 */
final class Submission {
    private static final String FOLDER = "slurm";
    private static final int LONGEST_NAME = 40;
    private static final int DIGEST_BYTES = 4;

    private final Path folder;

    private Submission(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files for new workers.
     *
     * @param shared the folder {@code .assay}
     */
    static Submission create(Path shared, WorkerJob job, List<String> workers) {
        String name = prefix(job) + digest(String.join("\n", workers));
        Submission submission = new Submission(shared.resolve(FOLDER).resolve(name));
        try {
            Files.createDirectories(submission.workersFolder());
            SecretFiles.write(submission.secretsFolder(), job.secrets());
            for (int i = 0; i < workers.size(); i++) {
                Files.writeString(submission.workersFolder().resolve(workers.get(i)), Integer.toString(i));
            }
            return submission;
        } catch (IOException | UncheckedIOException e) {
            submission.remove();
            throw new AssayException("Nothing can be written to " + submission.folder + ": " + e.getMessage(), e);
        }
    }

    /** Those of the job's experiment and store that have workers to be looked after. */
    static List<Submission> all(Path shared, WorkerJob job) {
        Path parent = shared.resolve(FOLDER);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        String prefix = prefix(job);
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .map(Submission::new)
                    .toList();
        } catch (IOException e) {
            throw new AssayException("The folder (" + parent + ") cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Tells people the experiment, and Assay also the store. */
    private static String prefix(WorkerJob job) {
        String name = job.experiment().replaceAll("[^A-Za-z0-9_.-]", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-"
                + digest(job.experiment() + "\n" + job.store()) + "-";
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 2 * DIGEST_BYTES);
    }

    /** Name of the array of jobs, which no other has. */
    String jobName() {
        return "assay-" + folder.getFileName();
    }

    Path folder() {
        return folder;
    }

    /** The experiment's, which has {@code .assay} in it. */
    Path workingFolder() {
        return folder.resolve("../../..").normalize();
    }

    /** Holds what workers are told and nobody else may read. */
    private Path secretsFolder() {
        return folder.resolve("secrets");
    }

    /** The file that a variable of the environment of workers names. */
    Path secret(String variable) {
        return secretsFolder().resolve(variable);
    }

    /** What Slurm itself says of the job with that index. */
    Path output(int index) {
        return folder.resolve("slurm-" + index + ".out");
    }

    private Path workersFolder() {
        return folder.resolve("workers");
    }

    /** Those to be looked after, with their indices in the array. */
    Map<String, Integer> workers() {
        Map<String, Integer> workers = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(workersFolder())) {
            for (Path file : files.sorted().toList()) {
                workers.put(file.getFileName().toString(), Integer.parseInt(Files.readString(file)));
            }
            return workers;
        } catch (IOException | NumberFormatException e) {
            // A process was killed while it wrote or removed them: Slurm knows nothing of the former, and the latter
            // are done with.
            return workers;
        }
    }

    /** The worker needs nobody any more. */
    void forget(String worker) {
        try {
            Files.deleteIfExists(workersFolder().resolve(worker));
            if (workers().isEmpty()) {
                remove();
            }
        } catch (IOException e) {
            throw new AssayException("The files of a worker (" + worker + ") cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Removes all files. */
    void remove() {
        try (Stream<Path> files = Files.walk(folder)) {
            // Deepest first.
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // What is left of them is empty of workers; the next process tries again.
        }
    }
}
