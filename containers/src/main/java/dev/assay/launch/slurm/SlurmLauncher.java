package dev.assay.launch.slurm;

import dev.assay.error.AssayException;
import dev.assay.launch.JobState;
import dev.assay.launch.Launcher;
import dev.assay.launch.LogTail;
import dev.assay.launch.WorkerJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers as jobs of Slurm. A thread of its own asks how they all stand, so that {@link #state} never waits for an answer. */
final class SlurmLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(SlurmLauncher.class);
    private static final long PAUSE_MILLIS = 1000;

    private final SlurmBackend backend;
    private final WorkerJob job;
    private final Slurm slurm;
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final Map<String, SlurmJob> seen = new ConcurrentHashMap<>();
    private final Map<String, JobState> ends = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(SlurmLauncher::thread);

    /**
     * A worker's job.
     *
     * @param id as Slurm's commands know it
     */
    private record Task(Submission submission, int index, String id) {
        Slurm.Key key() {
            return new Slurm.Key(submission.jobName(), index);
        }
    }

    private SlurmLauncher(SlurmBackend backend, WorkerJob job) {
        this.backend = backend;
        this.job = job;
        this.slurm = new Slurm(backend.via());
    }

    /** Finds the workers that are there already, and begins to watch. */
    static SlurmLauncher open(SlurmBackend backend, WorkerJob job) {
        SlurmLauncher launcher = new SlurmLauncher(backend, job);
        launcher.takeOver();
        var unused = launcher.clock.scheduleWithFixedDelay(
                launcher::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return launcher;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "slurm");
        thread.setDaemon(true);
        return thread;
    }

    private void takeOver() {
        List<Submission> submissions = Submission.all(job.store().directory(), job);
        Set<String> names = submissions.stream().map(Submission::jobName).collect(Collectors.toSet());
        // Asked also for nothing: whether Slurm can be reached is better known before anything is waited for.
        Map<Slurm.Key, SlurmJob> jobs = slurm.jobs(names.isEmpty() ? Set.of("assay") : names);
        for (Submission submission : submissions) {
            Map<String, Integer> workers = submission.workers();
            workers.forEach((worker, index) -> takeOver(submission, worker, index, jobs));
            if (workers.isEmpty()) {
                submission.remove();
            }
        }
    }

    /** What Slurm has forgotten has ended long ago; its trial is given back when its lease is over. */
    private void takeOver(Submission submission, String worker, int index, Map<Slurm.Key, SlurmJob> jobs) {
        SlurmJob found = jobs.get(new Slurm.Key(submission.jobName(), index));
        if (found == null) {
            submission.forget(worker);
        } else {
            tasks.put(worker, new Task(submission, index, found.id()));
            see(worker, found);
        }
    }

    @Override
    public void submit(List<String> workers) {
        if (!workers.isEmpty()) {
            submitArray(workers);
        }
    }

    private void submitArray(List<String> workers) {
        Submission submission = Submission.create(job.store().directory(), job, workers);
        try {
            String script = new BatchScript(backend, job, submission).text(workers);
            LOG.debug("The script of workers {} is\n{}", workers, script);
            String id = slurm.submit(script, submission.jobName());
            LOG.debug("Workers {} are Slurm's job {}.", workers, id);
            for (int i = 0; i < workers.size(); i++) {
                tasks.put(workers.get(i), new Task(submission, i, id + "_" + i));
            }
        } catch (AssayException e) {
            submission.remove();
            throw e;
        } catch (IOException e) {
            submission.remove();
            throw new AssayException("The workers' files cannot be written: " + e.getMessage(), e);
        }
    }

    private void look() {
        try {
            Map<String, Task> open = new HashMap<>(tasks);
            open.keySet().removeAll(ends.keySet());
            if (!open.isEmpty()) {
                look(open);
            }
        } catch (RuntimeException e) {
            // They stand as they stood, and the next look is soon; one that was let through would be the last.
            LOG.debug("How the workers stand is not known.", e);
        }
    }

    private void look(Map<String, Task> open) {
        Map<Slurm.Key, SlurmJob> jobs = slurm.jobs(
                open.values().stream().map(task -> task.key().array()).collect(Collectors.toSet()));
        open.forEach((worker, task) -> Optional.ofNullable(jobs.get(task.key()))
                .ifPresentOrElse(found -> see(worker, found), () -> ends.put(worker, end(task.id()))));
    }

    private void see(String worker, SlurmJob found) {
        seen.put(worker, found);
        if (found.isOver()) {
            ends.put(worker, end(found.id()));
        }
    }

    private JobState end(String id) {
        return slurm.end(id)
                .map(SlurmEnd::standing)
                .orElseGet(
                        () -> new JobState.Lost("Slurm does not know the worker's job (" + id + ") any more.", true));
    }

    @Override
    public JobState state(String worker) {
        JobState end = ends.get(worker);
        if (end != null) {
            return end;
        }
        SlurmJob found = seen.get(worker);
        if (found != null && found.isCompleting() && cancelled.contains(worker)) {
            // A node that is lost says for minutes nothing of what it was to end; Slurm waits for it, and nobody else
            // should.
            return new JobState.Lost("The worker's job was cancelled.", true);
        }
        if (found != null) {
            return found.standing();
        }
        return tasks.containsKey(worker)
                ? new JobState.Waiting("")
                : new JobState.Lost("Slurm has no job of the worker (" + worker + ").", true);
    }

    @Override
    public String logs(String worker, int lines) {
        Path log = job.store().directory().resolve("logs").resolve("worker-" + worker + ".log");
        List<String> all =
                new ArrayList<>(LogTail.of(Optional.of(log), lines).lines().toList());
        // What Slurm says itself, such as why it has ended a job, comes last.
        Optional<Path> output = Optional.ofNullable(tasks.get(worker))
                .map(task -> task.submission().output(task.index()));
        all.addAll(LogTail.of(output, lines).lines().toList());
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    @Override
    public void stop(String worker) {
        Task task = tasks.get(worker);
        if (task != null && !ends.containsKey(worker)) {
            slurm.terminate(task.id());
        }
    }

    @Override
    public void cancel(String worker) {
        Task task = tasks.get(worker);
        if (task == null || cancelled.contains(worker)) {
            return;
        }
        boolean isWaiting =
                Optional.ofNullable(seen.get(worker)).map(SlurmJob::isWaiting).orElse(false);
        if (ends.containsKey(worker) || slurm.kill(task.id(), !isWaiting)) {
            cancelled.add(worker);
            task.submission().forget(worker);
        }
    }

    @Override
    public List<String> list() {
        return tasks.keySet().stream()
                .filter(worker -> !cancelled.contains(worker))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
