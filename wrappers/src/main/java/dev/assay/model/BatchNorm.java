package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.assay.engine.TorchScript;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation over all dimensions but the second (Ioffe and Szegedy 2015); {@code torch.nn.BatchNorm2d} and its like, with
 * PyTorch's defaults: eps 1e-5, statistics moved by a tenth towards those of each batch, the variance kept unbiased. Unlike DJL's block of
 * that name it knows all of {@link Mode}, and while its statistics are frozen ({@link Model#freeze}) it normalises by them.
 */
public final class BatchNorm extends AbstractBlock {
    private final Parameter gamma;
    private final Parameter beta;
    private final Parameter runningMean;
    private final Parameter runningVar;
    private final boolean isRectified;
    private boolean isFrozen;

    public BatchNorm() {
        this(false);
    }

    private BatchNorm(boolean isRectified) {
        this.isRectified = isRectified;
        gamma = add("gamma", Parameter.Type.GAMMA, true);
        beta = add("beta", Parameter.Type.BETA, true);
        runningMean = add("runningMean", Parameter.Type.RUNNING_MEAN, false);
        runningVar = add("runningVar", Parameter.Type.RUNNING_VAR, false);
    }

    /** Batch norm and a rectifier, which needs no memory of its own, since nothing else sees what goes into it. */
    public static BatchNorm rectified() {
        return new BatchNorm(true);
    }

    private Parameter add(String name, Parameter.Type type, boolean isTrained) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(isTrained)
                .build());
    }

    void freeze(boolean frozen) {
        isFrozen = frozen;
    }

    boolean isFrozen() {
        return isFrozen;
    }

    @Override
    public void prepare(Shape[] inputShapes) {
        Shape channels = new Shape(inputShapes[0].size(1));
        gamma.setShape(channels);
        beta.setShape(channels);
        runningMean.setShape(channels);
        runningVar.setShape(channels);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray input = inputs.singletonOrThrow();
        boolean isUpdating = CurrentMode.or(training).isUpdatingStatistics() && !isFrozen;
        return new NDList(Code.SCRIPT.call(
                input.getManager(),
                isRectified ? "rectified" : "normal",
                input,
                store.getValue(gamma, input.getDevice(), isUpdating),
                store.getValue(beta, input.getDevice(), isUpdating),
                store.getValue(runningMean, input.getDevice(), isUpdating),
                store.getValue(runningVar, input.getDevice(), isUpdating),
                isUpdating));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0]};
    }

    /** Compiled when first needed; DJL has no rectifier in place. */
    private static final class Code {
        private static final String TEXT = """
                def normal(self, x: Tensor, w: Tensor, b: Tensor, mean: Tensor, var: Tensor, updating: bool) -> Tensor:
                  return torch.batch_norm(x, w, b, mean, var, updating, 0.1, 1.0e-05, True)
                def rectified(self, x: Tensor, w: Tensor, b: Tensor, mean: Tensor, var: Tensor, updating: bool) -> Tensor:
                  return torch.relu_(torch.batch_norm(x, w, b, mean, var, updating, 0.1, 1.0e-05, True))
                """;
        static final TorchScript SCRIPT = TorchScript.compile(TEXT);
    }
}
