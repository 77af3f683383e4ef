package dev.assay.config;

import jakarta.validation.constraints.Min;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** A value of each sort that {@link ExampleRun} does not have. */
@Config
public interface ExampleLimits extends Validated {
    @Value.Default
    default ByteSize memory() {
        return new ByteSize(1 << 30);
    }

    Optional<BigInteger> modulus();

    @Derived
    OptionalInt classes();

    Optional<Secret> token();

    @FormerName({"lr0", "initialRate"})
    @Value.Default
    default double rate() {
        return 0.1;
    }

    List<List<Integer>> grid();

    Map<String, Map<String, Integer>> table();

    List<ExampleHead> heads();

    /** A part that needs to know of the data. */
    @Config
    interface ExampleHead extends Validated {
        @Min(2) @Derived
        OptionalInt outputs();
    }
}
