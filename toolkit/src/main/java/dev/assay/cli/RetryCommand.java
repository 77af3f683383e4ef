package dev.assay.cli;

import dev.assay.store.TrialStore;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Queues failed, abandoned and interrupted trials again.",
            "A run or worker under way takes them; if there is none, the next one does."
        })
final class RetryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Selection selection = new Selection();

    @Mixin
    private final StoreOption store = new StoreOption();

    RetryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            Set<String> asked = selection.hashes(open);
            int queued = open.requeue(asked).size();
            session.console().out().println(queued + (queued == 1 ? " trial" : " trials") + " queued again.");
            if (queued == 0) {
                session.console()
                        .err()
                        .println("None failed, was abandoned or interrupted: " + Selection.states(open, asked)
                                + ". `run --force` trains again what is done.");
            } else {
                session.console().err().println("A run or worker under way takes them; else `run` or `worker` does.");
            }
            return ExitCode.OK;
        }
    }
}
