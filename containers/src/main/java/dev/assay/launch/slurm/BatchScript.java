package dev.assay.launch.slurm;

import dev.assay.launch.WorkerJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What sbatch is given: an array of jobs, each of which becomes one worker. Everything is said in the script, so that no shell between here and sbatch has anything to misread. */
final class BatchScript {
    /** How a job ends that does not find the working folder. */
    static final int NO_FOLDER = 66;

    private final SlurmBackend backend;
    private final WorkerJob job;
    private final Submission submission;
    private final Path workingFolder;

    BatchScript(SlurmBackend backend, WorkerJob job, Submission submission) {
        this.backend = backend;
        this.job = job;
        this.submission = submission;
        this.workingFolder = submission.workingFolder();
    }

    /**
     * Its text.
     *
     * @param workers the names of the workers, in the order of their jobs
     * @throws IOException if what the command of a worker reads cannot be written
     */
    String text(List<String> workers) throws IOException {
        List<String> lines = new ArrayList<>(List.of("#!/bin/sh"));
        options(workers.size()).forEach(option -> lines.add("#SBATCH " + option));
        lines.add("cd " + quoted(workingFolder.toString()) + " && [ -r "
                + quoted(relative(submission.secret(WorkerJob.STORE_FILE))) + " ] || exit " + NO_FOLDER);
        lines.add("case $SLURM_ARRAY_TASK_ID in");
        for (int i = 0; i < workers.size(); i++) {
            lines.add(i + ") set -- " + words(arguments(workers.get(i))) + " ;;");
        }
        lines.add("esac");
        lines.add("for log; do :; done");
        lines.add("mkdir -p \"${log%/*}\" && exec >>\"$log\" 2>&1 </dev/null");
        // Charliecloud wants to know, and not everybody's environment says it.
        lines.add("export USER=\"${USER:-$(id -un)}\"");
        // The worker takes the shell's place, and with that the signals that Slurm sends to the script.
        lines.add("exec " + words(backend.run().command(job, submission.folder(), environment())) + " \"$@\"");
        return String.join("\n", lines) + "\n";
    }

    private List<String> options(int workers) {
        List<String> options = new ArrayList<>(List.of(
                "--job-name=" + submission.jobName(),
                "--array=0-" + (workers - 1),
                "--chdir=\"" + workingFolder + "\"",
                "--output=" + relative(submission.folder()) + "/slurm-%a.out",
                // Whether a lost worker is tried again is decided elsewhere.
                "--no-requeue",
                "--nodes=1",
                "--ntasks=1",
                "--cpus-per-task=" + job.threads(),
                "--signal=B:TERM@" + backend.lead().toSeconds()));
        backend.partition().ifPresent(name -> options.add("--partition=\"" + name + "\""));
        backend.account().ifPresent(name -> options.add("--account=\"" + name + "\""));
        backend.qos().ifPresent(name -> options.add("--qos=\"" + name + "\""));
        backend.constraint().ifPresent(features -> options.add("--constraint=\"" + features + "\""));
        backend.time()
                .ifPresent(time -> options.add(
                        String.format(Locale.ROOT, "--time=%d:%02d", time.toMinutes(), time.toSecondsPart())));
        backend.memory().ifPresent(memory -> options.add("--mem=" + mebibytes(memory.bytes()) + "M"));
        if (backend.gpus() > 0) {
            options.add("--gres=gpu:" + backend.gpus());
        }
        options.addAll(backend.options());
        return options;
    }

    private static long mebibytes(long bytes) {
        return -Math.floorDiv(-bytes, 1L << 20);
    }

    /** The last one is the log. */
    private List<String> arguments(String worker) {
        List<String> arguments = new ArrayList<>(job.arguments(worker));
        arguments.addAll(List.of("--log", ".assay/logs/worker-" + worker + ".log"));
        return arguments;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(job.environment());
        job.secrets().keySet().forEach(variable -> environment.put(variable, relative(submission.secret(variable))));
        return environment;
    }

    /** As the worker sees it, which may have {@code .assay} in another place. */
    private String relative(Path file) {
        return workingFolder.relativize(file).toString();
    }

    private static String words(List<String> words) {
        return words.stream().map(BatchScript::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
