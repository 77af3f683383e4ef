package dev.assay.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.NativeLibrary;
import dev.assay.error.AssayException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The native engine: libtorch through DJL. It is set up once a process, before it loads: no telemetry, no network, an allocator that
 * keeps its pages, and idle threads that soon yield instead of spinning. Native work is done in threads started by {@link #call}, in which
 * nothing is recorded for gradients unless {@link Autograd} says so.
 */
public final class NativeEngine {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;
    private static final int M_ARENA_MAX = -8;

    private NativeEngine() {}

    /**
     * Runs {@code body} in a fresh thread that may use {@code threads} cores, and waits for it. The thread is fresh because threads that
     * were there before the allocator was set up keep arenas of their own. An interrupt of the waiting thread is passed on.
     *
     * @throws Exception whatever {@code body} throws
     * @throws AssayException if this process cannot hold the engine
     */
    public static <T> T call(int threads, Callable<T> body) throws Exception {
        refuseDynamicThreads(System.getenv("OMP_DYNAMIC"));
        FutureTask<T> task = new FutureTask<>(() -> {
            prepareThread(threads);
            return body.call();
        });
        Allocator.tune();
        Thread thread = new Thread(task, "native");
        thread.start();
        awaitEnd(thread);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unwrap(e);
        }
    }

    /** Seeds the engine's own generator, which dropout and the like draw from. The generator is the process's, not the thread's. */
    public static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** DJL's and libtorch's versions, part of what decides the bits of a result. */
    public static String version() {
        return "djl " + Engine.getDjlVersion() + ", libtorch " + Started.ENGINE.getVersion();
    }

    static void refuseDynamicThreads(@Nullable String dynamic) {
        if ("true".equalsIgnoreCase(dynamic)) {
            throw new AssayException("OMP_DYNAMIC is (" + dynamic
                    + ") in the environment, with which the native engine crashes;" + " it must be unset or false.");
        }
    }

    private static void prepareThread(int threads) {
        Started.ENGINE.getEngineName();
        JniUtils.setNumThreads(threads);
        JniUtils.setGradMode(false);
        // The optimising executor of TorchScript holds more memory and gains no time in training.
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Exception unwrap(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    /** Loads the engine when first touched; class initialisation makes that once. */
    private static final class Started {
        static final Engine ENGINE = load();

        private static Engine load() {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            return Engine.getEngine("PyTorch");
        }
    }

    /** The C library's; set up when first touched. */
    private static final class Allocator {
        static {
            set();
        }

        /** To be called before the first thread that is to use it begins. */
        static void tune() {}

        /** Speed only, so a C library without these calls is no reason to stop. */
        private static void set() {
            try {
                NativeLibrary c = NativeLibrary.getInstance("c");
                c.getFunction("setenv").invokeInt(new Object[] {"GOMP_SPINCOUNT", "10000", 0});
                mallopt(c, M_ARENA_MAX, 1);
                // Memory given back to the system after a step costs it a page fault for each page in the next. A
                // threshold for
                // that above 32 MiB is refused, so nothing is mapped by itself, and the end of the heap is never cut
                // off.
                mallopt(c, M_MMAP_MAX, 0);
                mallopt(c, M_TRIM_THRESHOLD, -1);
                mallopt(c, M_TOP_PAD, 64 << 20);
            } catch (UnsatisfiedLinkError e) {
                LoggerFactory.getLogger(NativeEngine.class)
                        .debug("The C library has no mallopt or setenv; training goes on untuned.", e);
            }
        }

        private static void mallopt(NativeLibrary c, int parameter, int value) {
            c.getFunction("mallopt").invokeInt(new Object[] {parameter, value});
        }
    }
}
