package dev.assay.cli;

import dev.assay.store.TrialStore;
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
            int queued = open.requeue(selection.hashes(open)).size();
            session.console().out().println(queued + (queued == 1 ? " trial" : " trials") + " queued again.");
            return ExitCode.OK;
        }
    }
}
