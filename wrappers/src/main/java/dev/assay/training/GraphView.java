package dev.assay.training;

import dev.assay.graph.GraphModel;
import dev.assay.graph.ShapedGraph;
import dev.assay.graph.picture.DotText;
import dev.assay.graph.picture.GraphTable;
import dev.assay.graph.picture.SvgPicture;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import dev.assay.run.NetworkView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graph a wrapper makes for a config, for people. */
final class GraphView {
    private static final Logger LOG = LoggerFactory.getLogger(GraphView.class);
    private static final String PICTURE = "network.svg";

    private GraphView() {}

    /** Empty where the model is no graph. */
    static <C extends TrainingRun> Optional<String> of(ModelWrapper<C> wrapper, C config, NetworkView view) {
        DataInfo info = DataInfo.of(
                wrapper.createDatasets(config, new Seed(config.seed())).train());
        return shaped(wrapper.createModel(config, info), info).map(shaped -> switch (view) {
            case TABLE -> GraphTable.of(shaped);
            case DOT -> DotText.of(shaped);
            case SVG -> SvgPicture.of(shaped);
        });
    }

    /** Leaves the picture in a trial's folder, from where reports have it; that it cannot be had ends no training. */
    static void draw(Model model, DataInfo info, Path trialDirectory) {
        try {
            Optional<ShapedGraph> shaped = shaped(model, info);
            if (shaped.isPresent()) {
                Files.writeString(trialDirectory.resolve(PICTURE), SvgPicture.of(shaped.get()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The network could not be drawn: {}", e.toString());
        }
    }

    private static Optional<ShapedGraph> shaped(Model model, DataInfo info) {
        return model.network() instanceof GraphModel graph
                ? Optional.of(ShapedGraph.of(graph.graph(), info.shapes()))
                : Optional.empty();
    }
}
