package dev.assay.cli;

import dev.assay.run.Worker;
import dev.assay.store.TrialStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "worker", hidden = true, description = "Leases trials of an experiment and runs them. Started by run.")
final class WorkerCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--log")
    private Optional<Path> log = Optional.empty();

    @Parameters(index = "0")
    private String experiment = "";

    @Parameters(index = "1")
    private String name = "";

    WorkerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = TrialStore.open(store.file)) {
            Worker worker = new Worker(open, session.wrappers(), experiment, name, threads, log);
            Thread parent = new Thread(() -> followParent(worker), "parent");
            parent.setDaemon(true);
            parent.start();
            return worker.work() ? ExitCode.INTERRUPTED : ExitCode.OK;
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
