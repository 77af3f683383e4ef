package dev.assay.launch;

import dev.assay.error.AssayException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Workers as processes of this machine: the same Java, the same class path and the application's own main class. They end with the process that has
 * started them.
 */
final class LocalLauncher implements Launcher {
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    private final WorkerJob job;
    private final Map<String, LocalProcess> processes = new ConcurrentHashMap<>();
    private final MemoryKills kills = new MemoryKills();
    /** Has a permit where a worker has ended that nobody has looked after yet. */
    private final Semaphore ends = new Semaphore(0);

    LocalLauncher(WorkerJob job) {
        this.job = job;
    }

    @Override
    public void submit(List<String> workers) {
        workers.forEach(this::start);
    }

    private void start(String worker) {
        Path log = job.store().directory().resolve("logs").resolve("worker-" + worker + ".log");
        try {
            Files.createDirectories(Objects.requireNonNull(log.getParent()));
            Process process = builder(worker, log).start();
            processes.put(worker, new LocalProcess(process, log));
            var unused = process.onExit().thenRun(ends::release);
        } catch (IOException e) {
            throw new AssayException("No worker can be started: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(String worker, Path log) {
        List<String> command = new ArrayList<>();
        // Ctrl-C reaches every process of the terminal's group. A worker must not die of it: its parent tells it to
        // stop. The shell makes the signal ignored, which a JVM that finds it so leaves alone. Where memory runs
        // out the kernel is to end a worker, which costs a trial, and not the parent.
        command.addAll(List.of(
                "/bin/sh", "-c", "trap '' INT; echo 500 2>/dev/null >/proc/self/oom_score_adj; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(WorkerJob.jvmOptions());
        command.addAll(archive());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), job.mainClass()));
        command.addAll(job.arguments(worker));
        command.addAll(List.of("--child", "--log", log.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        // A file takes any amount of output; a pipe that nobody reads would stop the worker when full.
        builder.redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        job.environment().forEach(environment::putIfAbsent);
        // What a trial computes must not depend on what somebody has set for other programs.
        environment.put("OMP_NUM_THREADS", Integer.toString(job.threads()));
        // Not as an argument: an address may have a password, and everybody can read arguments.
        environment.put(WorkerJob.STORE, job.store().secretText());
        job.others().ifPresent(store -> environment.put("ASSAY_OTHER_STORE", store.secretText()));
        return builder;
    }

    /** A worker loads thousands of classes before its first step, most of them those that this process has loaded from an archive. */
    private static List<String> archive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith(ARCHIVE))
                .toList();
    }

    @Override
    public JobState state(String worker) {
        return Optional.ofNullable(processes.get(worker))
                .map(process -> process.state(kills))
                .orElseGet(() -> new JobState.Lost("There is no process of the worker (" + worker + ").", true));
    }

    @Override
    public String logs(String worker, int lines) {
        return LogTail.of(Optional.ofNullable(processes.get(worker)).map(LocalProcess::log), lines);
    }

    @Override
    public void stop(String worker) {
        Optional.ofNullable(processes.get(worker)).ifPresent(LocalProcess::stop);
    }

    @Override
    public void cancel(String worker) {
        LocalProcess process = processes.get(worker);
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public List<String> list() {
        return List.copyOf(processes.keySet());
    }

    @Override
    public void await(Duration most) throws InterruptedException {
        if (ends.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            ends.drainPermits();
        }
    }

    @Override
    public void close() {
        processes.values().forEach(LocalProcess::kill);
    }
}
