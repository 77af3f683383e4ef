package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.RunConfig;
import dev.assay.provenance.Provenance;
import dev.assay.recipe.Recipe;
import dev.assay.run.Wrapper;
import dev.assay.store.Ending;
import dev.assay.store.Experiment;
import dev.assay.store.Lease;
import dev.assay.store.MetricPoint;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "warm-up",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = {
            "Does what commands and workers do before a training begins, in a folder of its own, and leaves nothing behind.",
            "A JVM told to keep the classes it has loaded keeps those that every other will need."
        })
final class WarmUpCommand implements Callable<Integer> {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String WORKER = "warm-up";

    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    WarmUpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Recipe<?> read = session.recipe(recipe);
        Path folder = Files.createTempDirectory("assay-warm-up");
        try (TrialStore store = TrialStore.open(folder.resolve("store.db"))) {
            store.put(
                    new Experiment(
                            read.name(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of()),
                    Session.specs(read));
            work(store, read, folder);
        } finally {
            delete(folder);
        }
        return ExitCode.OK;
    }

    private void work(TrialStore store, Recipe<?> read, Path folder) throws IOException {
        Provenance provenance = Provenance.ofProcess(folder, Map.of(), 1);
        Wrapper<?> wrapper = session.wrappers().get(read.wrapper());
        store.declare(wrapper.name(), wrapper.factory().get().metrics());
        Lease lease = store.lease(read.name(), WORKER, LEASE).orElseThrow();
        readBack(wrapper, lease);
        store.putProvenance(lease, provenance.digest(), provenance.record());
        store.finish(
                lease,
                Ending.completed(Map.of("warm", 1.0), Optional.empty()),
                List.of(new MetricPoint("warm", 1, 1, 1, 1)));
        store.trials();
        store.standings(read.name());
    }

    private static <C extends RunConfig> void readBack(Wrapper<C> wrapper, Lease lease) {
        C unused = ConfigReader.of(wrapper.configType()).fromJson(lease.trial().config());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
