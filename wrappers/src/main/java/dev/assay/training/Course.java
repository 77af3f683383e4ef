package dev.assay.training;

import dev.assay.run.Trial;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far a training is, and what of the present step is still to be done. */
final class Course implements Part {
    private final Trial<?> trial;
    private Position position;
    private long evaluatedAt = -1;
    private boolean isEpochBegun;
    private boolean isEvaluating;
    private boolean isStopped;
    private double seconds;

    Course(Position position, Trial<?> trial) {
        this.position = position;
        this.trial = trial;
    }

    Position position() {
        return position;
    }

    /** Whether the present pass was begun; its first batch may still be to come. */
    boolean isEpochBegun() {
        return isEpochBegun;
    }

    /** Whether an evaluation was begun at this step and not ended. */
    boolean isEvaluating() {
        return isEvaluating;
    }

    /** Whether the state that was reached is evaluated. */
    boolean isEvaluated() {
        return evaluatedAt == position.step();
    }

    /** Whether the training ends here. */
    boolean isStopped() {
        return isStopped;
    }

    /** Time the training had taken when its state was written down. */
    double seconds() {
        return seconds;
    }

    void step(int batches) {
        for (int i = 0; i < batches; i++) {
            position = position.afterBatch();
        }
        position = position.afterStep();
    }

    void beginEpoch() {
        isEpochBegun = true;
    }

    void endEpoch() {
        isEpochBegun = false;
        position = position.afterEpoch();
    }

    void beginEvaluation() {
        isEvaluating = true;
    }

    void endEvaluation() {
        isEvaluating = false;
        evaluatedAt = position.step();
        position = position.afterEvaluation();
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("step", (double) position.step());
        numbers.put("epoch", (double) position.epoch());
        numbers.put("batch", (double) position.batch());
        numbers.put("batches", (double) position.batches());
        numbers.put("evaluations", (double) position.evaluations());
        numbers.put("evaluatedAt", (double) evaluatedAt);
        numbers.put("epochBegun", isEpochBegun ? 1.0 : 0.0);
        numbers.put("evaluating", isEvaluating ? 1.0 : 0.0);
        numbers.put("stopped", isStopped ? 1.0 : 0.0);
        numbers.put("seconds", trial.seconds());
        return numbers;
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        position = new Position(
                whole("step", numbers),
                whole("epoch", numbers),
                whole("batch", numbers),
                position.batches(),
                whole("evaluations", numbers));
        evaluatedAt = whole("evaluatedAt", numbers);
        isEpochBegun = whole("epochBegun", numbers) == 1;
        isEvaluating = whole("evaluating", numbers) == 1;
        isStopped = whole("stopped", numbers) == 1;
        seconds = numbers.getOrDefault("seconds", 0.0);
    }

    /** Takes over how far another trial was, whose epochs may have other batches: then the next one begins. */
    void branch(Map<String, Double> numbers) {
        long batches = position.batches();
        restore(numbers);
        boolean isWithin = position.batch() > 0 && whole("batches", numbers) != batches;
        if (isWithin) {
            endEpoch();
        }
        evaluatedAt = -1;
        isEvaluating = false;
        isStopped = false;
        seconds = 0;
    }

    private static long whole(String name, Map<String, Double> numbers) {
        return numbers.getOrDefault(name, 0.0).longValue();
    }
}
