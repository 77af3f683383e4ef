package dev.assay.cli;

import dev.assay.config.DerivedValues;
import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.run.Outcome;
import dev.assay.run.Trainable;
import dev.assay.run.Wrapper;
import dev.assay.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Tries a recipe out: the smallest version of a trial is stopped after its first step, goes on from its checkpoint and is evaluated, in a
 * folder that is deleted then. Trials that differ in numbers only are tried once.
 */
final class SmokeRun {
    private final Session session;
    private final StoreAddress store;
    private final Console console;

    /** @param store whose trials those of a recipe may start from; nothing is written to it */
    SmokeRun(Session session, StoreAddress store) {
        this.session = session;
        this.store = store;
        this.console = session.console();
    }

    /** Runs it and returns the exit code. */
    int run(Recipe<?> recipe) throws IOException {
        long begin = System.nanoTime();
        Map<String, PlannedTrial<?>> tried = new LinkedHashMap<>();
        recipe.trials().forEach(trial -> tried.putIfAbsent(shape(trial.json()), trial));
        int failed = 0;
        for (PlannedTrial<?> trial : tried.values()) {
            failed += succeeds(session.wrappers().get(recipe.wrapper()), trial) ? 0 : 1;
        }
        String took = Console.duration(Duration.ofNanos(System.nanoTime() - begin));
        console.out()
                .println(
                        failed == 0
                                ? "Everything works, in " + took + ". Nothing was kept."
                                : failed + " of " + tried.size() + " did not work, in " + took + ". Nothing was kept.");
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The keys of a config with the alternatives that were chosen, but no other value. */
    private static String shape(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> entry.getKey() + ":"
                            + (entry.getKey().equals("kind") ? entry.getValue().asString() : shape(entry.getValue())))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            SortedSet<String> items = new TreeSet<>();
            node.forEach(item -> items.add(shape(item)));
            return items.toString();
        }
        return "";
    }

    private <C extends RunConfig> boolean succeeds(Wrapper<C> wrapper, PlannedTrial<?> trial) throws IOException {
        String name = trial.identity().shortForm();
        long begin = System.nanoTime();
        Path folder = Files.createTempDirectory("assay-smoke");
        Thread cleaning = new Thread(() -> delete(folder), "cleaning");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            String done = attempt(wrapper, wrapper.configType().cast(trial.config()), folder);
            String took = Console.duration(Duration.ofNanos(System.nanoTime() - begin));
            console.out().println(console.green("✓") + " " + name + "  " + done + ", in " + took);
            return true;
        } catch (Exception e) {
            console.out().println(console.red("✗") + " " + name + "  " + e.getMessage());
            if (!(e instanceof AssayException)) {
                e.printStackTrace(console.err());
            }
            return false;
        } finally {
            delete(folder);
            Runtime.getRuntime().removeShutdownHook(cleaning);
        }
    }

    /** Runs both parts of a training; returns what was done. */
    private <C extends RunConfig> String attempt(Wrapper<C> wrapper, C asked, Path folder) throws Exception {
        Trainable<C> first = wrapper.factory().get();
        first.prepare(asked);
        C small = first.smoke(asked);
        C config = DerivedValues.fill(small, first.derivedValues(small));
        SmokeTrial<C> stopped = new SmokeTrial<>(config, folder, store, true);
        Files.createDirectories(stopped.directory());
        Outcome outcome = first.run(stopped);
        if (outcome instanceof Outcome.Interrupted) {
            SmokeTrial<C> resumed = new SmokeTrial<>(config, folder, store, false);
            outcome = wrapper.factory().get().run(resumed);
            return "trained, saved and stopped"
                    + resumed.resumed()
                            .map(step -> ", resumed from step " + step)
                            .orElse(", begun anew") + ", "
                    + evaluated(outcome, resumed);
        }
        return "trained at once, " + evaluated(outcome, stopped);
    }

    private static String evaluated(Outcome outcome, SmokeTrial<?> trial) {
        if (!(outcome instanceof Outcome.Completed completed)) {
            throw new AssayException("The training should complete; it ended with " + outcome + ".");
        }
        List<String> metrics = completed.metrics().keySet().stream()
                .filter(metric -> !metric.startsWith("train."))
                .sorted()
                .toList();
        return "trained to step " + trial.lastStep() + ", evaluated " + String.join(" ", metrics);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // In the system's folder for temporary files it does no harm.
        }
    }
}
