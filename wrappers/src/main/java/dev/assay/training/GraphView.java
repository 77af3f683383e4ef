package dev.assay.training;

import dev.assay.graph.GraphModel;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.picture.DotText;
import dev.assay.graph.picture.GraphTable;
import dev.assay.graph.picture.SvgPicture;
import dev.assay.random.Seed;
import dev.assay.run.NetworkView;
import java.util.Optional;

/** The graph a wrapper makes for a config, for people. */
final class GraphView {
    private GraphView() {}

    /** Empty where the model is no graph. */
    static <C extends TrainingRun> Optional<String> of(ModelWrapper<C> wrapper, C config, NetworkView view) {
        DataInfo info = DataInfo.of(
                wrapper.createDatasets(config, new Seed(config.seed())).train());
        if (!(wrapper.createModel(config, info).network() instanceof GraphModel model)) {
            return Optional.empty();
        }
        ShapedGraph shaped = ShapedGraph.of(model.graph(), info.shapes());
        return Optional.of(
                switch (view) {
                    case TABLE -> GraphTable.of(shaped);
                    case DOT -> DotText.of(shaped);
                    case SVG -> SvgPicture.of(shaped);
                });
    }
}
