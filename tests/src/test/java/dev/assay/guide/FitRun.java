package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.config.RunConfig;

/** A trial of the guide's application. */
@Config
public interface FitRun extends RunConfig {
    @Override
    TableData data();

    @Override
    CurveModel model();

    @Override
    FitTrain train();
}
