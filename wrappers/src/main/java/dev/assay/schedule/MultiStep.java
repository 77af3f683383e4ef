package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.immutables.value.Value;

/** Down by a factor at given counts; as {@code MultiStepLR}, where a count given twice counts twice. */
@Config
@Kind("multi-step")
@Doc("Down by a factor at given points.")
public non-sealed interface MultiStep extends ScheduleConfig {
    @Doc("Counts after which the rate decays.")
    @NotEmpty List<@Positive Long> at();

    @Doc("What the rate is multiplied by in each decay.")
    @Positive @Value.Default
    default double factor() {
        return 0.1;
    }

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Override
    default Schedule over(Span span) {
        return progress -> {
            long count = per().of(progress);
            long decays = at().stream().filter(decay -> decay <= count).count();
            return Math.pow(factor(), (double) decays);
        };
    }
}
