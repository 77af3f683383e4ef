package dev.assay.cli;

import dev.assay.run.LifeSign;
import dev.assay.run.Worker;
import dev.assay.run.WorkerName;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Takes queued trials of an experiment from the store and trains them, until none is left.",
            "`run` starts its own workers; this starts one more, on this machine or on another that reaches the store.",
            "SIGTERM lets it end after the step it is at; its trial goes on in another worker."
        })
final class WorkerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--threads", paramLabel = "N", description = "Cores it may use. Default: all.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--log", hidden = true)
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--child",
            hidden = true,
            description = "Ends with its standard input, at which a line tells it to stop.")
    private boolean isChild;

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "The experiment's name.")
    private String experiment = "";

    @Parameters(index = "1", arity = "0..1", hidden = true)
    private Optional<String> name = Optional.empty();

    WorkerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String unique = name.orElseGet(WorkerName::create);
        try (TrialStore open = TrialStore.open(store.file)) {
            Session.experiment(open, experiment);
            // Like the address of the store, which is secret in part.
            Optional<StoreAddress> others =
                    Optional.ofNullable(System.getenv("ASSAY_OTHER_STORE")).map(StoreAddress::parse);
            Worker worker = new Worker(open, session.wrappers(), experiment, unique, threads, log, others);
            return (isChild ? workAsChild(open, unique, worker) : workAlone(worker))
                    ? ExitCode.INTERRUPTED
                    : ExitCode.OK;
        }
    }

    private static boolean workAsChild(TrialStore open, String unique, Worker worker) {
        try (LifeSign sign = LifeSign.of(open.directory(), unique)) {
            LOG.debug("Worker {} begins, with {}.", unique, sign);
            Thread parent = new Thread(() -> followParent(worker), "parent");
            parent.setDaemon(true);
            parent.start();
            return worker.work();
        }
    }

    /** Without a parent a signal tells that it must go: its time is over, or its place is wanted. The trial goes on elsewhere, from its checkpoint. */
    private static boolean workAlone(Worker worker) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread working = Thread.currentThread();
        Thread signal = new Thread(
                () -> {
                    if (!isExiting(working)) {
                        worker.leave();
                        awaitAnyway(ended);
                        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                    }
                },
                "signal");
        Runtime.getRuntime().addShutdownHook(signal);
        try {
            return worker.work();
        } finally {
            ended.countDown();
            forget(signal);
        }
    }

    /** Whether it was no signal, but the trial's own code that ends the process: that waits for us, and has an exit code of its own. */
    private static boolean isExiting(Thread working) {
        return Arrays.stream(working.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }

    /** What ends the process after this has an exit code of its own. */
    private static void forget(Thread signal) {
        try {
            Runtime.getRuntime().removeShutdownHook(signal);
        } catch (IllegalStateException e) {
            // The hook is running: it ends the process.
        }
    }

    private static void awaitAnyway(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line on standard input asks the worker to stop; its end means that the parent is gone, and so is any reason to go on. */
    private static void followParent(Worker worker) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (in.readLine() != null) {
                worker.stop();
                while (in.readLine() != null) {
                    // Wait for the end of the parent, too.
                }
            }
        } catch (IOException e) {
            // As good as the end of input.
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
