package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;

/** The learning rate stays as it is. */
@Config
@Kind("constant")
@Doc("The learning rate stays as it is.")
public non-sealed interface Constant extends ScheduleConfig {
    @Override
    default double factor(long step, long steps) {
        return 1;
    }
}
