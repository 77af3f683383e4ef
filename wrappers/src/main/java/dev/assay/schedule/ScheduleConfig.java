package dev.assay.schedule;

import dev.assay.config.Doc;
import dev.assay.config.Validated;

/** How the learning rate goes over a training: a factor that depends on the step and the number of steps only. */
@Doc("How the learning rate goes over the training.")
public sealed interface ScheduleConfig extends Validated permits Constant, Cosine, Linear, OneCycle {

    /**
     * What the optimizer's learning rate is multiplied by.
     *
     * @param step from 0 to {@code steps - 1}
     * @param steps optimizer steps of the whole training
     */
    double factor(long step, long steps);
}
