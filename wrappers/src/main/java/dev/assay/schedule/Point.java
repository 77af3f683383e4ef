package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;

/** A corner of a {@link Linear} schedule. */
@Config
@Doc("A corner of a linear schedule.")
public interface Point extends Validated {
    @Doc("Where, as part of all steps, 0 to 1.")
    @PositiveOrZero @DecimalMax("1") double at();

    @Doc("What the learning rate is multiplied by there.")
    @PositiveOrZero double factor();

    /** The factor at {@code position} on the line from here to a later point; before this point, its own. */
    default double towards(Point next, double position) {
        double part = Math.max(0, position - at()) / Math.max(next.at() - at(), Double.MIN_NORMAL);
        return factor() + (next.factor() - factor()) * Math.min(1, part);
    }
}
