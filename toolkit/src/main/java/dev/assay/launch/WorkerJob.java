package dev.assay.launch;

import dev.assay.artifact.Artifacts;
import dev.assay.store.StoreAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the workers of one submission have in common: they lease trials of one experiment from a store. Immutable.
 *
 * @param application the application's name
 * @param mainClass its main class, which has the command that workers are
 * @param store where trials are leased; its text may hold a password, so that it is no argument and nothing to be printed
 * @param others the store whose trials theirs may start from, if not their own
 * @param artifacts where files are kept besides the store's folder
 * @param experiment the experiment's name
 * @param threads cores of each worker; bits of results depend on them
 */
public record WorkerJob(
        String application,
        String mainClass,
        StoreAddress store,
        Optional<StoreAddress> others,
        Optional<String> artifacts,
        String experiment,
        int threads) {
    /** Names the store a worker leases from. */
    public static final String STORE = "ASSAY_STORE";

    /** Names a file that holds what {@link #STORE} otherwise says: for addresses with a password. */
    public static final String STORE_FILE = "ASSAY_STORE_FILE";

    /** Exit code of a worker that has left because it was told to, by a launcher or by a time limit: its trial goes on in another. */
    public static final int LEFT = 75;

    /** The name of the command that workers are. */
    static final String COMMAND = "worker";

    /**
     * How the C library manages memory: all threads from one heap, on large pages, of which nothing is given back. The arrays of a step are made and
     * dropped again and again, and each page that comes back from the system is one the kernel has cleared first.
     */
    private static final String MEMORY = "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0"
            + ":glibc.malloc.trim_threshold=1099511627776:glibc.malloc.top_pad=67108864";

    /** Options of the JVM that every worker has, wherever it runs. */
    public static List<String> jvmOptions() {
        return List.of(
                // A worker holds little on the Java heap; one collector thread leaves the cores to the engine.
                "-XX:+UseSerialGC",
                // What is left of the heap after an out-of-memory error is not to be trusted.
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                // Whoever has an archive of classes that does not fit does without; that is nobody's business.
                "-Xlog:cds*=off",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true");
    }

    /** The same for trials whose files are in the store's folder only. */
    public WorkerJob(
            String application,
            String mainClass,
            StoreAddress store,
            Optional<StoreAddress> others,
            String experiment,
            int threads) {
        this(application, mainClass, store, others, Optional.empty(), experiment, threads);
    }

    /** Arguments of the application for the worker of that name. */
    public List<String> arguments(String worker) {
        return List.of(COMMAND, "--threads", Integer.toString(threads), experiment, worker);
    }

    /** Environment of every worker, but for the store's address. Results depend on it, so it is the same everywhere; nothing of it is secret. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OPT_OUT_TRACKING", "true");
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        // OpenMP threads that spin for long stall everybody when the machine is shared, and those that do not are
        // woken late a hundred times a step; see "How long threads wait" in docs/benchmarks.md.
        environment.put("GOMP_SPINCOUNT", "10000");
        environment.put("GLIBC_TUNABLES", MEMORY);
        environment.putAll(Artifacts.access(artifacts).variables());
        return environment;
    }

    /**
     * What a worker that does not have this process's environment is told in {@link SecretFiles files}, by the variable that says where each is: the store's address,
     * and what opens the place where files are kept.
     */
    public Map<String, String> secrets() {
        Map<String, String> secrets =
                new LinkedHashMap<>(Artifacts.access(artifacts).secrets());
        secrets.put(STORE_FILE, store.secretText());
        return secrets;
    }
}
