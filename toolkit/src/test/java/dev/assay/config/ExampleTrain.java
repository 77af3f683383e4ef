package dev.assay.config;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How it learns. */
@Config
public interface ExampleTrain extends Validated {
    @Min(1) int epochs();

    @Min(1) @Value.Default
    default int batchSize() {
        return 32;
    }

    @Value.Default
    default int warmup() {
        return Math.min(1, epochs());
    }

    @Value.Default
    default ExamplePrecision precision() {
        return ExamplePrecision.FLOAT32;
    }

    Optional<Duration> timeout();

    ExampleOptimizer optimizer();

    @Stateless
    @Value.Default
    default String comment() {
        return "";
    }

    @AssertTrue(message = "the warmup must not be longer than the training") default boolean isWarmupWithinTraining() {
        return warmup() <= epochs();
    }
}
