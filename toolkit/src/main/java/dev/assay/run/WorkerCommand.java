package dev.assay.run;

import dev.assay.store.StoreAddress;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a worker process is started: the same Java, the same class path and the application's own main class, with the hidden command
 * {@code worker}.
 */
final class WorkerCommand {
    /**
     * How the C library manages memory: all threads from one heap, on large pages, of which nothing is given back. The arrays of a step are made and
     * dropped again and again, and each page that comes back from the system is one the kernel has cleared first.
     */
    private static final String MEMORY = "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0"
            + ":glibc.malloc.trim_threshold=1099511627776:glibc.malloc.top_pad=67108864";

    /** Arguments of the hidden command, in this order. */
    static final String NAME = "worker";

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    private WorkerCommand() {}

    static Process start(
            String mainClass,
            StoreAddress address,
            Optional<StoreAddress> others,
            String experiment,
            String name,
            int threads,
            Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        // Ctrl-C reaches every process of the terminal's group. A worker must not die of it: its parent tells it to
        // stop. The shell makes the signal ignored, which a JVM that finds it so leaves alone. Where memory runs
        // out the kernel is to end a worker, which costs a trial, and not the parent.
        command.addAll(List.of(
                "/bin/sh", "-c", "trap '' INT; echo 500 2>/dev/null >/proc/self/oom_score_adj; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(NAME, "--child", "--threads", Integer.toString(threads), "--log", log.toString()));
        command.addAll(List.of(experiment, name));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        // A file takes any amount of output; a pipe that nobody reads would stop the worker when full.
        builder.redirectOutput(new File(log.toString()));
        Map<String, String> environment = builder.environment();
        // Not as an argument: an address may have a password, and everybody can read arguments.
        environment.put("ASSAY_STORE", address.secretText());
        others.ifPresent(store -> environment.put("ASSAY_OTHER_STORE", store.secretText()));
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        // OpenMP threads that spin for long stall everybody when the machine is shared, and those that do not are
        // woken late a hundred times a step; see "How long threads wait" in docs/benchmarks.md.
        environment.putIfAbsent("GOMP_SPINCOUNT", "10000");
        environment.putIfAbsent("GLIBC_TUNABLES", MEMORY);
        return builder.start();
    }

    private static List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of(
                // A worker holds little on the Java heap; one collector thread leaves the cores to the engine.
                "-XX:+UseSerialGC",
                // What is left of the heap after an out-of-memory error is not to be trusted.
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                // Whoever has an archive of classes that does not fit does without; that is nobody's business.
                "-Xlog:cds*=off",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true"));
        // A worker loads thousands of classes before its first step, most of them those that this process has loaded.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith(ARCHIVE))
                .forEach(options::add);
        return options;
    }
}
