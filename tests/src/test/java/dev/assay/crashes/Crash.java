package dev.assay.crashes;

import dev.assay.random.RandomStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What happens to a run. */
enum Crash {
    /** {@code kill -9} of a worker. */
    WORKER,
    /** {@code kill -9} of the command. */
    COMMAND,
    /** {@code kill -9} of all processes at once. */
    ALL,
    /** {@code kill -9} of the store's server, which is started again. */
    SERVER,
    /** A worker is frozen for three heartbeats. */
    FREEZE;

    private static final Duration THREE_HEARTBEATS = Duration.ofSeconds(15);

    /** Whether the command is to get through it by itself. */
    boolean isSurvived() {
        return this == WORKER || this == SERVER || this == FREEZE;
    }

    void happen(Process command, RandomStream random, Server server) throws IOException, InterruptedException {
        List<ProcessHandle> workers = command.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
        Stream<ProcessHandle> one = workers.stream()
                .skip(workers.isEmpty() ? 0 : random.nextInt(workers.size()))
                .limit(1);
        switch (this) {
            case WORKER -> one.forEach(ProcessHandle::destroyForcibly);
            case COMMAND -> command.destroyForcibly();
            case ALL -> {
                command.destroyForcibly();
                workers.forEach(ProcessHandle::destroyForcibly);
            }
            case SERVER -> server.killAndRestart();
            case FREEZE -> freeze(one.toList());
        }
        if (!isSurvived()) {
            // Workers must end with their parent.
            workers.forEach(
                    worker -> worker.onExit().orTimeout(20, TimeUnit.SECONDS).join());
        }
    }

    private static void freeze(List<ProcessHandle> one) throws IOException, InterruptedException {
        for (ProcessHandle worker : one) {
            signal("STOP", worker);
            Thread.sleep(THREE_HEARTBEATS.toMillis());
            signal("CONT", worker);
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        // It may have ended meanwhile.
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** What can be killed and comes back. */
    interface Server {
        void killAndRestart() throws IOException, InterruptedException;
    }
}
