package dev.assay.examples.cifar10.model;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphConfig;
import dev.assay.graph.GraphException;
import dev.assay.graph.Node;
import dev.assay.graph.ShapedGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network the config declares. A graph without a loss gets the cross entropy all others have. */
@Config
@Kind("graph")
@Doc("A network as a graph of named nodes, from image to logits.")
public non-sealed interface GraphModel extends VisionModel, GraphConfig {
    /** One picture. */
    Shape PICTURE = new Shape(3, 32, 32);

    @Override
    default Graph graph(int classes, double labelSmoothing) {
        Graph declared = graph();
        requireInput(declared);
        requireScores(declared, classes);
        if (declared.loss().isEmpty()) {
            return withLoss(declared, labelSmoothing);
        }
        if (labelSmoothing > 0) {
            throw new GraphException(
                    "The graph has a loss of its own (" + declared.loss().get()
                            + "), which labelSmoothing (" + labelSmoothing
                            + ") says nothing to.\nMaybe its node should have the smoothing, or be left out.");
        }
        return declared;
    }

    private static void requireInput(Graph graph) {
        if (!graph.inputs().contains(Classification.IMAGE)) {
            throw new GraphException("The graph has inputs " + graph.inputs()
                    + "; pictures come as (image), and their classes as (label).");
        }
    }

    private static void requireScores(Graph graph, int classes) {
        if (!graph.outputs().contains(Classification.LOGITS)) {
            throw new GraphException("The graph gives " + graph.outputs()
                    + "; a classifier gives (logits), a score for each of " + classes
                    + " classes.\nMaybe its last node should have that name.");
        }
        Map<String, Shape> examples = Map.of(Classification.IMAGE, PICTURE, Classification.LABEL, new Shape());
        Shape scores = ShapedGraph.of(graph, examples).shape(Classification.LOGITS);
        Shape expected = new Shape(-1, classes);
        if (!scores.equals(expected)) {
            throw new GraphException("The output (logits) of the graph has shape " + scores + "; the data have "
                    + classes + " classes, for which it must be " + expected + ", -1 being the batch.");
        }
    }

    private static Graph withLoss(Graph graph, double labelSmoothing) {
        List<String> inputs = new ArrayList<>(graph.inputs());
        if (!inputs.contains(Classification.LABEL)) {
            inputs.add(Classification.LABEL);
        }
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.add(new Node(
                Classification.LOSS,
                Classification.loss(labelSmoothing),
                List.of(Classification.LOGITS, Classification.LABEL)));
        return Graph.of(inputs, nodes, graph.outputs(), Optional.of(Classification.LOSS));
    }
}
