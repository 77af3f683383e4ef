package dev.assay.crashes;

import dev.assay.config.Config;
import dev.assay.config.RunConfig;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** What {@link Tally} is told. */
@Config
public interface TallyRun extends RunConfig {
    /** Nothing. */
    @Config
    interface Nothing extends Validated {}

    /** How long it takes. */
    @Config
    interface Work extends Validated {
        @Min(1) int steps();

        @PositiveOrZero @Value.Default
        default int stepMillis() {
            return 0;
        }

        /** Values recorded each step. */
        @Min(0) @Value.Default
        default int metrics() {
            return 1;
        }

        /** Steps from one checkpoint to the next; 0 for none. */
        @PositiveOrZero @Value.Default
        default int checkpointEvery() {
            return 0;
        }

        @Value.Default
        default Fate fate() {
            return Fate.WELL;
        }
    }

    /** How it ends. */
    enum Fate {
        WELL,
        /** Its process ends itself at the first step. */
        EXIT,
        /** It takes 800 MiB of memory where /tmp is memory. */
        MEMORY
    }

    @Override
    Nothing data();

    @Override
    Nothing model();

    @Override
    Work train();
}
