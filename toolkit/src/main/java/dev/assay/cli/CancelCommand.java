package dev.assay.cli;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = {
            "Stops trials: running ones after their step, queued ones before they begin.",
            "They are interrupted then, and go on when they are asked for again."
        })
final class CancelCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Selection selection = new Selection();

    @Mixin
    private final StoreOption store = new StoreOption();

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            Set<String> asked = selection.hashes(open);
            List<TrialRecord> stopped = open.trials(open.cancel(asked));
            long running = stopped.stream()
                    .filter(trial -> trial.state() == TrialState.RUNNING)
                    .count();
            session.console()
                    .out()
                    .println(stopped.size() - running + " queued cancelled, " + running + " running told to stop.");
            if (stopped.isEmpty()) {
                session.console().err().println("None is queued or running: " + Selection.states(open, asked) + ".");
            }
            return ExitCode.OK;
        }
    }
}
