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
    default Schedule over(Span span) {
        return at -> 1;
    }
}
