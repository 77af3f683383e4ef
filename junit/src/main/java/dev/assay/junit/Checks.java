package dev.assay.junit;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.engine.LiveArrays;
import dev.assay.training.ModelWrapper;
import dev.assay.training.Rehearsal;
import dev.assay.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.node.ObjectNode;

/** The tests of {@link WrapperTest}. */
final class Checks<C extends TrainingRun> {
    private static final int INTERRUPTIONS = 8;
    private static final int LEAK_EPOCHS = 6;
    private static final int LEAK_BATCHES = 4;

    private final WrapperTest<C> test;
    private final C config;
    private final Path folder;
    private int stores;

    Checks(WrapperTest<C> test, Path folder) {
        this.test = test;
        this.folder = folder;
        // Without a checkpoint at the end there is nothing to compare.
        this.config = changed(
                test.config(),
                train -> train.putObject("checkpoint")
                        .put("time", "1h")
                        .put("keepLast", 1)
                        .put("keepBest", 1));
    }

    void overfitsOneBatch() throws Exception {
        int steps = test.overfitSteps();
        Attempt<C> attempt = attempt(changed(config, train -> oneBatchAgainAndAgain(train, steps)), () -> false);
        attempt.complete(rehearsal((name, data) -> name.equals("train") ? new FirstPass(data) : data, () -> {}));

        List<Double> losses = attempt.values("train.loss");
        if (losses.isEmpty()) {
            throw new AssertionError("The training records no train.loss; it records " + attempt.names()
                    + ".\nMaybe trainStep should return StepResult.loss(loss), or .manual(Map.of(\"loss\", value)).");
        }
        double first = losses.get(0);
        double last = losses.get(losses.size() - 1);
        if (!(last <= first * test.overfitFraction())) {
            throw new AssertionError("After " + steps + " steps on one batch its loss is " + last + "; it began with "
                    + first + " and should have fallen below " + first * test.overfitFraction()
                    + ".\nMaybe the learning rate is far off, the loss does not depend on the weights, or labels and inputs do not"
                    + " belong together; overfitSteps() and overfitFraction() may ask for less.");
        }
    }

    void isDeterministic() throws Exception {
        Left first = whole();
        whole().differenceFrom(first).ifPresent(difference -> {
            throw new AssertionError("Two trainings of one config differ: " + difference
                    + ".\nMaybe something random is not drawn from the given Seed or StepContext.random, or depends on time, on the order"
                    + " of a HashMap or on another thread.");
        });
    }

    void resumesExactly() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Attempt<C> whole = attempt(config, () -> {
            asked.incrementAndGet();
            return false;
        });
        Left expected = Left.of(whole, whole.complete(test.wrapper()));

        for (int moment : moments(asked.get())) {
            AtomicInteger left = new AtomicInteger(moment);
            Attempt<C> first = attempt(config, () -> left.getAndDecrement() == 0);
            first.interrupt(test.wrapper());
            long step = first.lastStep();
            Attempt<C> second = first.again();
            Optional<String> difference =
                    Left.of(second, second.complete(test.wrapper())).differenceFrom(expected);
            if (difference.isPresent()) {
                abortIfNotDeterministic(expected);
                throw new AssertionError("Interrupted after step " + step
                        + " and resumed, the training does not end as without: " + difference.get()
                        + ".\nMaybe a field of the wrapper or a hook changes from step to step: a hook must give what it remembers in"
                        + " tensors() or numbers(), and take it back in restore().");
            }
        }
    }

    void leaksNoArrays() throws Exception {
        C longer = changed(config, train -> {
            train.put("epochs", Math.max(LEAK_EPOCHS, config.train().epochs()));
            train.put(
                    "limitBatches",
                    config.train()
                            .limitBatches()
                            .map(n -> Math.min(n, LEAK_BATCHES))
                            .orElse(LEAK_BATCHES));
        });
        long before = LiveArrays.count();
        List<Long> alive = new ArrayList<>();
        attempt(longer, () -> false).complete(rehearsal((name, data) -> data, () -> alive.add(LiveArrays.count())));
        long after = LiveArrays.count();

        refuseGrowth(alive);
        if (after > before) {
            throw new AssertionError(
                    (after - before) + " native arrays are left when the training has ended; expected none."
                            + "\nMaybe a manager is not closed; arrays that live as long as the training belong on the manager that"
                            + " Hook.begin and Start give.");
        }
    }

    /** What is made once, such as at the first update, is no leak; what is made again and again is. */
    private static void refuseGrowth(List<Long> alive) {
        int middle = alive.size() / 2;
        int rises = 0;
        for (int i = middle + 1; i < alive.size(); i++) {
            rises += alive.get(i) > alive.get(i - 1) ? 1 : 0;
        }
        long first = alive.get(middle);
        long last = alive.get(alive.size() - 1);
        if (rises > 1 && last > first) {
            throw new AssertionError(
                    last + " native arrays are alive at batch " + alive.size() + " of the training, " + first
                            + " were at batch " + (middle + 1) + "; their number should stay the same."
                            + "\nMaybe arrays are made on, or attached to, a manager that outlives the step;"
                            + " what is made on StepContext.manager() is freed with the step, and NDArray.close() frees at once.");
        }
    }

    void hasTheShapesItDeclares() throws Exception {
        C shorter = changed(config, train -> train.put("epochs", 1));
        attempt(shorter, () -> false).complete(rehearsal(CheckedPartition::new, () -> {}));
    }

    private Left whole() throws Exception {
        Attempt<C> attempt = attempt(config, () -> false);
        return Left.of(attempt, attempt.complete(test.wrapper()));
    }

    private void abortIfNotDeterministic(Left expected) throws Exception {
        if (whole().differenceFrom(expected).isPresent()) {
            Assumptions.abort("Uninterrupted trainings differ too; isDeterministic has to pass first.");
        }
    }

    /** Numbers of the questions, after which a trial is interrupted, spread over the whole training: first and last are among them. */
    private static SortedSet<Integer> moments(int questions) {
        SortedSet<Integer> moments = new TreeSet<>();
        for (int i = 0; i < INTERRUPTIONS; i++) {
            moments.add((int) Math.round((double) i * (questions - 1) / (INTERRUPTIONS - 1)));
        }
        return moments;
    }

    private static void oneBatchAgainAndAgain(ObjectNode train, int steps) {
        train.remove(List.of("schedule", "earlyStop", "divergence", "best", "window", "sinks"));
        train.put("epochs", steps).put("limitBatches", 1).put("accumulate", 1);
        train.putObject("evaluateEvery").put("epochs", steps);
    }

    private static <C extends TrainingRun> C changed(C config, Consumer<ObjectNode> change) {
        ObjectNode json = ConfigWriter.toJson(config);
        change.accept((ObjectNode) json.get("train"));
        return ConfigReader.like(config).fromJson(json);
    }

    private ModelWrapper<C> rehearsal(Rehearsal.PartitionChange partitions, Runnable beforeBatch) {
        return new Rehearsal<>(test.wrapper(), partitions, beforeBatch);
    }

    private Attempt<C> attempt(C ofConfig, BooleanSupplier isInterrupted) throws Exception {
        return Attempt.create(ofConfig, folder.resolve("store" + ++stores), isInterrupted);
    }
}
