package dev.assay.launch.slurm;

import dev.assay.error.AssayException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is said to Slurm and what it answers. No argument means anything to a shell, so that they may go through ssh. Safe for use by several threads. */
final class Slurm {
    private static final int ATTEMPTS = 6;
    private static final long PAUSE_SECONDS = 5;

    private final SlurmCommand command;

    /** @param via what its commands are run through */
    Slurm(List<String> via) {
        this.command = new SlurmCommand(via);
    }

    /** A job of an array. */
    record Key(String array, int index) {}

    /**
     * Submits an array, and waits a while for a controller that does not answer.
     *
     * @param name the array's
     * @return its id
     * @throws AssayException if Slurm refuses it
     */
    String submit(String script, String name) {
        for (int attempt = 1; ; attempt++) {
            SlurmCommand.Output output = command.run(script, "sbatch", "--parsable");
            if (output.isWell()) {
                return output.text().strip().split(";", -1)[0];
            }
            if (!output.isUnanswered() || attempt == ATTEMPTS) {
                throw new AssayException(Refusal.of(output.error()));
            }
            pause();
            // It may have arrived although its answer has not.
            Optional<String> there = arrayId(name);
            if (there.isPresent()) {
                return there.get();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssayException("Slurm was not waited for.", e);
        }
    }

    private Optional<String> arrayId(String name) {
        SlurmCommand.Output output = list(List.of(name));
        return output.text()
                .lines()
                .flatMap(line -> SlurmJob.parse(line).stream())
                .map(job -> job.id().split("_", -1)[0])
                .findFirst();
    }

    /**
     * All jobs of these arrays that Slurm remembers.
     *
     * @throws AssayException if it does not answer
     */
    Map<Key, SlurmJob> jobs(Collection<String> arrays) {
        SlurmCommand.Output output = list(arrays);
        if (!output.isWell()) {
            throw new AssayException("Slurm's squeue failed: " + output.error().strip()
                    + "\nMaybe this machine is none of the cluster's, and `via` is needed.");
        }
        Map<Key, SlurmJob> jobs = new HashMap<>();
        output.text()
                .lines()
                .flatMap(line -> SlurmJob.parse(line).stream())
                .forEach(job -> jobs.put(new Key(job.array(), job.index()), job));
        return jobs;
    }

    private SlurmCommand.Output list(Collection<String> arrays) {
        return command.run(
                "",
                "squeue",
                "--noheader",
                "--array",
                "--states=all",
                "--name=" + String.join(",", arrays),
                "--format=" + SlurmJob.FORMAT);
    }

    /** How the job with that id has ended, as far as anybody still knows: the controller for some minutes, the accounting where there is one. */
    Optional<SlurmEnd> end(String id) {
        return command.run("", "scontrol", "show", "job", "-o", id)
                .text()
                .lines()
                .findFirst()
                .flatMap(SlurmEnd::parse)
                .or(() -> accounted(id));
    }

    private Optional<SlurmEnd> accounted(String id) {
        return command.run(
                        "",
                        "sacct",
                        "--noheader",
                        "--parsable2",
                        "--allocations",
                        "--jobs=" + id,
                        "--format=State,ExitCode,NodeList")
                .text()
                .lines()
                .findFirst()
                .flatMap(SlurmEnd::parseAccounted);
    }

    /** Sends SIGTERM to the process of a running job; one that waits is cancelled. */
    void terminate(String id) {
        command.run("", "scancel", "--state=PENDING", id);
        command.run("", "scancel", "--signal=TERM", "--batch", id);
    }

    /** Ends a job at once; returns whether Slurm has heard it. */
    boolean kill(String id, boolean isRunning) {
        if (isRunning) {
            // Without that it would have half a minute to end by itself, and one that is frozen would thaw for it.
            command.run("", "scancel", "--signal=KILL", "--batch", id);
        }
        return !command.run("", "scancel", id).isUnanswered();
    }
}
