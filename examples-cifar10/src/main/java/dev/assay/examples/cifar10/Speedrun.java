package dev.assay.examples.cifar10;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.Datasets;
import dev.assay.engine.Layout;
import dev.assay.examples.cifar10.data.CifarDatasets;
import dev.assay.examples.cifar10.model.SpeedrunNet;
import dev.assay.hook.Lookahead;
import dev.assay.model.Model;
import dev.assay.model.NamePattern;
import dev.assay.random.Seed;
import dev.assay.training.DataInfo;
import dev.assay.training.Hook;
import dev.assay.training.Measure;
import dev.assay.training.ModelWrapper;
import dev.assay.training.OptimizerAssignment;
import dev.assay.training.Start;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 in little time, after airbench94 (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU"): a first layer that makes patches white and
 * stays so, filters that begin as the identity, fast biases, and, by the recipe, label smoothing, sides in turn, lookahead or Muon. Besides the accuracy
 * it measures that of the mean over six views of each picture.
 */
public final class Speedrun extends ModelWrapper<SpeedrunRun> {
    private static final String FILTERS = "group?.conv?.weight";
    private static final String OTHERS = "*.bias,*norm?.weight,fc.weight," + SpeedrunNet.WHITENING;

    @SuppressWarnings("NullAway.Init") // createModel comes before everything that runs it
    private Model model;

    @Override
    public void prepare(SpeedrunRun config) {
        CifarDatasets.prepare(config.data());
    }

    @Override
    protected Datasets createDatasets(SpeedrunRun config, Seed seed) {
        return CifarDatasets.load(config.data());
    }

    @Override
    protected Model createModel(SpeedrunRun config, DataInfo info) {
        model = config.model()
                .graph(info.classes().size(), config.train().labelSmoothing())
                .toModel();
        return model;
    }

    @Override
    protected void start(SpeedrunRun config, Start start) {
        try (NDManager scratch = start.memory().newSubManager()) {
            NDArray white = Whitening.filters(start.train(), config.train().whitenedExamples(), scratch);
            start.model().parameters().forEach((name, parameter) -> {
                if (name.equals(SpeedrunNet.WHITENING)) {
                    Layout.copy(white, parameter);
                } else if (NamePattern.parse(FILTERS).matches(name)) {
                    beginAsIdentity(parameter);
                }
            });
        }
    }

    /** Makes the first filters, as many as there are inputs, hand on one input each; {@code torch.nn.init.dirac_} of those. */
    private static void beginAsIdentity(NDArray filters) {
        int inputs = (int) filters.getShape().get(1);
        int places = (int) (filters.getShape().get(2) * filters.getShape().get(3));
        float[] values = filters.toFloatArray();
        for (int filter = 0; filter < Math.min(inputs, filters.getShape().get(0)); filter++) {
            for (int i = 0; i < inputs * places; i++) {
                values[filter * inputs * places + i] = i == filter * places + places / 2 ? 1 : 0;
            }
        }
        Layout.assign(filters, FloatBuffer.wrap(values));
    }

    @Override
    protected boolean isFrozen(SpeedrunRun config, String tensor) {
        return NamePattern.parse(SpeedrunNet.FIXED).matches(tensor);
    }

    @Override
    protected List<OptimizerAssignment> optimizers(SpeedrunRun config) {
        return config.train()
                .filterOptimizer()
                .map(filters -> List.of(
                        new OptimizerAssignment("others", OTHERS, config.train().optimizer()),
                        new OptimizerAssignment("filters", FILTERS, filters)))
                .orElseGet(() -> super.optimizers(config));
    }

    @Override
    protected List<Hook> hooks(SpeedrunRun config) {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(new EarlyFreeze(SpeedrunNet.WHITENING_BIAS, config.train().biasEpochs()));
        config.train().lookahead().map(Lookahead::new).ifPresent(hooks::add);
        return hooks;
    }

    @Override
    protected List<Measure> measures() {
        List<Measure> measures = new ArrayList<>(super.measures());
        measures.add(new AccuracyOfViews(
                batch -> model.forward(batch, dev.assay.model.Mode.TEST).get("logits")));
        return measures;
    }
}
