package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;

/** Straight lines between given points; before the first and after the last, the factor is theirs. */
@Config
@Kind("linear")
@Doc("Straight lines between points.")
public non-sealed interface Linear extends ScheduleConfig {
    @Doc("Corners of the line, in order.")
    @NotEmpty List<Point> points();

    @Override
    default Schedule over(Span span) {
        return at -> factor(span.done(at));
    }

    private double factor(double at) {
        Point before = points().get(0);
        for (Point point : points()) {
            if (at < point.at()) {
                return before.towards(point, at);
            }
            before = point;
        }
        return before.factor();
    }
}
