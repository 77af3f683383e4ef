package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Layout;
import dev.assay.graph.op.Conv;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.Normalization.BatchNorm;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Convolutions that do the work of the batch norm behind them. With statistics that stay as they are, batch norm is a linear map of each channel, and
 * goes into the weights: w γ/√(v + eps), and (b - m) γ/√(v + eps) + β (Jacob and others 2018, section 3.2). For networks that are trained no more.
 */
public final class BatchNormFolding {
    private final NDManager memory;
    private final Map<String, NDArray> arrays;
    private Graph graph;

    private BatchNormFolding(GraphNetwork network, NDManager memory) {
        this.memory = memory;
        this.arrays = new LinkedHashMap<>(network.tensors());
        this.graph = network.shaped().graph();
    }

    /**
     * A network that computes in test mode what another does, with each batch norm that alone reads a convolution folded into it. Such a batch norm is
     * gone, and what read it, an output too, reads the convolution; other nodes share their arrays with the original.
     *
     * @param memory owns the new arrays; must outlive the network
     */
    public static GraphNetwork fold(GraphNetwork network, NDManager memory) {
        BatchNormFolding folding = new BatchNormFolding(network, memory);
        network.shaped().graph().order().forEach(folding::foldInto);
        ShapedGraph shaped = network.shaped().edit(graph -> folding.graph);
        return GraphNetwork.over(shaped, memory, folding.arrays);
    }

    private void foldInto(Node conv) {
        List<Node> readers = graph.readers(conv.name());
        boolean isAlone = readers.size() == 1 && !graph.outputs().contains(conv.name());
        if (conv.op() instanceof Conv op && isAlone && readers.get(0).op() instanceof BatchNorm norm) {
            String name = readers.get(0).name();
            foldArrays(conv.name(), op, name, norm);
            Graph replaced =
                    Surgery.replace(graph, conv.name(), ImmutableConv.copyOf(op).withBias(true));
            graph = without(Surgery.redirect(replaced, name, conv.name()), name);
        }
    }

    private static Graph without(Graph graph, String name) {
        List<Node> nodes =
                graph.nodes().stream().filter(node -> !node.name().equals(name)).toList();
        return Graph.of(graph.inputs(), nodes, graph.outputs(), graph.loss());
    }

    private void foldArrays(String conv, Conv op, String norm, BatchNorm settings) {
        double[] weight = values(conv + ".weight");
        double[] bias = op.bias() ? values(conv + ".bias") : new double[op.filters()];
        double[] gamma = settings.affine() ? values(norm + ".weight") : ones(op.filters());
        double[] beta = settings.affine() ? values(norm + ".bias") : new double[op.filters()];
        double[] mean = values(norm + ".running_mean");
        double[] variance = values(norm + ".running_var");
        int length = weight.length / op.filters();
        for (int i = 0; i < op.filters(); i++) {
            double factor = gamma[i] / Math.sqrt(variance[i] + settings.eps());
            bias[i] = (bias[i] - mean[i]) * factor + beta[i];
            for (int j = 0; j < length; j++) {
                weight[i * length + j] *= factor;
            }
        }
        NDArray before = array(conv + ".weight");
        put(conv + ".weight", weight, before.getShape(), before.getDataType());
        put(conv + ".bias", bias, new Shape(op.filters()), before.getDataType());
    }

    private void put(String name, double[] values, Shape shape, DataType type) {
        arrays.put(name, Layout.create(memory, buffer(values, type), shape, type));
    }

    private static Buffer buffer(double[] values, DataType type) {
        return type == DataType.FLOAT64 ? DoubleBuffer.wrap(values) : FloatBuffer.wrap(floats(values));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private double[] values(String name) {
        return Arrays.stream(array(name).toArray())
                .mapToDouble(Number::doubleValue)
                .toArray();
    }

    private NDArray array(String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
