package dev.assay.schedule;

import dev.assay.config.Doc;
import dev.assay.config.Validated;

/** How the learning rate goes over a training. */
@Doc("How the learning rate goes over the training.")
public sealed interface ScheduleConfig extends Validated
        permits Constant,
                Step,
                MultiStep,
                Exponential,
                Polynomial,
                Cosine,
                CosineRestarts,
                OneCycle,
                Linear,
                Plateau,
                WarmUp {

    /** The schedule of a training of that length, at its beginning; for {@link Schedule#of}. */
    Schedule over(Span span);
}
