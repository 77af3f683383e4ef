package dev.assay.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Validated;
import dev.assay.data.Batch;
import dev.assay.data.BatchStream;
import dev.assay.data.Datasets;
import dev.assay.data.Flip;
import dev.assay.data.ImageFormat;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.ImmutableAugmentation;
import dev.assay.data.Partition;
import dev.assay.data.Pass;
import dev.assay.engine.NativeEngine;
import dev.assay.graph.Graph;
import dev.assay.graph.GraphBuilder;
import dev.assay.graph.GraphModel;
import dev.assay.graph.GraphNetwork;
import dev.assay.graph.StepScript;
import dev.assay.graph.op.Ops;
import dev.assay.model.Model;
import dev.assay.optimizer.Gradients;
import dev.assay.optimizer.ImmutableSgd;
import dev.assay.optimizer.Optimizer;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.run.StorelessTrial;
import dev.assay.training.DataInfo;
import dev.assay.training.ExecutionConfig;
import dev.assay.training.ImmutableCompiled;
import dev.assay.training.ImmutableEager;
import dev.assay.training.ModelWrapper;
import dev.assay.training.Precision;
import dev.assay.training.TrainingConfig;
import dev.assay.training.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Times whole steps of a training as users have it: pictures read, augmented and normalised in the background, a training step, and all that is
 * recorded. Prints one line of JSON, in milliseconds: the median step, the mean step (which has the share of what is recorded now and then), and
 * medians of parts. Arguments: {@code resnet} or {@code lenet}, batch size, threads, steps, and
 * {@code eager}, {@code compiled}, {@code bfloat16}, or {@code bare}: the calls of a compiled step without the loop around them. The networks are those of {@code train_step.py} beside this.
 */
public final class StepBenchmark extends ModelWrapper<StepBenchmark.Run> {
    private static final int CLASSES = 10;
    private static final int EXAMPLES = 20_000;
    private static final ImageFormat FORMAT = new ImageFormat(32, 32, 3);

    private final boolean isResNet;
    private final List<Long> begins = new ArrayList<>();

    private StepBenchmark(boolean isResNet) {
        this.isResNet = isResNet;
    }

    /** A training without choices of data or model. */
    @Config
    public interface Run extends TrainingRun {
        @Override
        Nothing data();

        @Override
        Nothing model();

        @Override
        Train train();
    }

    /** A config without keys. */
    @Config
    public interface Nothing extends Validated {}

    /** Training without keys of its own. */
    @Config
    public interface Train extends TrainingConfig {}

    public static void main(String[] arguments) throws Exception {
        int batch = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        int steps = Integer.parseInt(arguments[3]);
        StepBenchmark benchmark = new StepBenchmark(arguments[0].equals("resnet"));
        Path folder = Files.createTempDirectory("benchmark");
        boolean isBare = arguments[4].equals("bare");
        Run run = run(batch, steps, execution(isBare ? "compiled" : arguments[4]));
        FigureTrial trial = new FigureTrial(run, folder, threads);
        if (isBare) {
            NativeEngine.call(threads, () -> benchmark.runBare(trial));
        } else {
            benchmark.run(trial);
        }
        double[] warm = benchmark.warm();
        System.out.printf(
                Locale.ROOT,
                "{\"net\": \"%s\", \"batch\": %d, \"threads\": %d, \"how\": \"%s\", \"step\": %.3f, \"mean\": %.3f%s}%n",
                arguments[0],
                batch,
                threads,
                arguments[4],
                median(warm),
                Arrays.stream(warm).average().orElseThrow(),
                trial.figures());
    }

    private int runBare(FigureTrial trial) throws Exception {
        Run config = trial.config();
        int steps = config.train().epochs() * config.train().limitBatches().orElseThrow();
        Seed seed = new Seed(config.seed());
        Partition train = createDatasets(config, seed).train();
        try (NDManager memory = NDManager.newBaseManager()) {
            GraphNetwork network = network(train, memory, seed);
            Optimizer optimizer = Optimizer.of(config.train().optimizer(), memory);
            Map<String, NDArray> parameters = new TreeMap<>(network.parameters());
            StepScript.Parts parts = new StepScript.Parts(
                    names -> optimizer.code("update").text(),
                    Gradients.code(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
            try (StepScript script = StepScript.compile(network, parameters.keySet(), parts)) {
                float sum = 0;
                for (int step = 0, epoch = 0; step < steps; epoch++) {
                    Pass pass = Pass.training(config.train().batchSize(), seed, epoch, true);
                    try (BatchStream batches = train.batches(pass)) {
                        for (; step < steps && batches.hasNext(); step++) {
                            try (NDManager scope = memory.newSubManager()) {
                                Batch batch = batches.next(scope);
                                long fetched = System.nanoTime();
                                NativeEngine.seed(step);
                                long begun = System.nanoTime();
                                Optimizer.Arguments arguments = optimizer.arguments(parameters, script.trained(), 0.01);
                                sum += script.run(scope, batch, arguments.remembered(), arguments.factors())
                                        .getFloat();
                                trial.spent(fetched - begins.get(step), System.nanoTime() - begun);
                            }
                        }
                    }
                }
                return Float.floatToIntBits(sum);
            }
        }
    }

    private GraphNetwork network(Partition train, NDManager memory, Seed seed) {
        Model model = createGraph().toModel();
        model.initialize(memory, train.shapes(), seed);
        model.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
        return ((GraphModel) model.network()).network();
    }

    private static ExecutionConfig execution(String how) {
        return switch (how) {
            case "eager" -> ImmutableEager.builder().build();
            case "compiled" -> ImmutableCompiled.builder().build();
            case "bfloat16" ->
                ImmutableCompiled.builder().precision(Precision.BFLOAT16).build();
            default -> throw new IllegalArgumentException(how);
        };
    }

    private static Run run(int batch, int steps, ExecutionConfig execution) {
        Nothing nothing = ImmutableNothing.builder().build();
        int perEpoch = EXAMPLES / batch;
        return ImmutableRun.builder()
                .data(nothing)
                .model(nothing)
                .seed(1)
                .train(ImmutableTrain.builder()
                        .epochs((steps + perEpoch - 1) / perEpoch)
                        .limitBatches(Math.min(steps, perEpoch))
                        .batchSize(batch)
                        .execution(execution)
                        .optimizer(ImmutableSgd.builder()
                                .lr(0.01)
                                .momentum(0.9)
                                .weightDecay(5e-4)
                                .build())
                        .build())
                .build();
    }

    @Override
    protected Datasets createDatasets(Run config, Seed seed) {
        RandomStream random = seed.stream("pictures");
        ImageSet.Builder set =
                ImageSet.builder(FORMAT, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), EXAMPLES);
        byte[] pixels = new byte[FORMAT.bytes()];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (byte) random.nextInt(256);
            }
            set.set(i, i % CLASSES, pixels.clone());
        }
        Partition train = ImagePartition.training(
                set.build(),
                ImmutableAugmentation.builder().pad(4).flip(Flip.RANDOM).build());
        return Datasets.training(new Timed(train, begins));
    }

    @Override
    protected Model createModel(Run config, DataInfo info) {
        return createGraph().toModel();
    }

    private Graph createGraph() {
        return Graph.of(g -> {
            g.input("image", "label");
            if (isResNet) {
                resNet(g, 16);
            } else {
                leNet(g);
            }
            g.add("loss", Ops.crossEntropy(), "logits", "label");
        });
    }

    private static void leNet(GraphBuilder g) {
        g.add("conv1", Ops.conv(6, 5)).add("relu1", Ops.relu()).add("pool1", Ops.maxPool(2));
        g.add("conv2", Ops.conv(16, 5)).add("relu2", Ops.relu()).add("pool2", Ops.maxPool(2));
        g.add("flat", Ops.flatten());
        g.add("fc1", Ops.linear(120)).add("relu3", Ops.relu());
        g.add("fc2", Ops.linear(84)).add("relu4", Ops.relu());
        g.add("logits", Ops.linear(CLASSES));
    }

    private static void resNet(GraphBuilder g, int width) {
        unit(g, "a", width);
        unit(g, "b", 2 * width);
        g.add("pool1", Ops.maxPool(2));
        residual(g, "pool1", "c", 2 * width);
        unit(g, "d", 4 * width);
        g.add("pool2", Ops.maxPool(2));
        unit(g, "e", 8 * width);
        g.add("pool3", Ops.maxPool(2));
        residual(g, "pool3", "f", 8 * width);
        g.add("pool4", Ops.maxPool(4)).add("flat", Ops.flatten());
        g.add("logits", Ops.linear(CLASSES));
    }

    private static void residual(GraphBuilder g, String from, String name, int filters) {
        unit(g, name + "1", filters);
        unit(g, name + "2", filters);
        g.add(name + "add", Ops.add(), from, name + "2relu");
    }

    private static void unit(GraphBuilder g, String name, int filters) {
        g.add(name + "conv", Ops.convSame(filters, 3))
                .add(name + "norm", Ops.batchNorm())
                .add(name + "relu", Ops.relu());
    }

    /** Milliseconds from the request for a batch to the next, without the first quarter. */
    private double[] warm() {
        double[] milliseconds = new double[begins.size() - 1];
        for (int i = 0; i < milliseconds.length; i++) {
            milliseconds[i] = (begins.get(i + 1) - begins.get(i)) / 1e6;
        }
        return Arrays.copyOfRange(milliseconds, milliseconds.length / 4, milliseconds.length);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Notes when batches are asked for. */
    private record Timed(Partition partition, List<Long> begins) implements Partition {
        @Override
        public long size() {
            return partition.size();
        }

        @Override
        public Map<String, Shape> shapes() {
            return partition.shapes();
        }

        @Override
        public List<String> classes() {
            return partition.classes();
        }

        @Override
        public BatchStream batches(Pass pass) {
            BatchStream stream = partition.batches(pass);
            return new BatchStream() {
                @Override
                public boolean hasNext() {
                    return stream.hasNext();
                }

                @Override
                public Batch next(NDManager scope) {
                    begins.add(System.nanoTime());
                    return stream.next(scope);
                }

                @Override
                public void skip(long batches) {
                    stream.skip(batches);
                }

                @Override
                public void close() {
                    stream.close();
                }
            };
        }
    }

    /** Keeps the times a step spends on each phase, and on none, which is what the loop itself takes; medians over what was recorded. */
    private static final class FigureTrial extends StorelessTrial<Run> {
        /** Steps from one record to the next. */
        private static final int EVERY = 8;

        private static final String PHASE = "train.milliseconds.";

        private final Map<Long, Map<String, Double>> recorded = new TreeMap<>();
        private long steps;
        private long data;
        private long compiled;
        private long last = System.nanoTime();

        FigureTrial(Run config, Path folder, int threads) {
            super(config, folder, threads);
        }

        @Override
        public void record(String name, long step, double epoch, double value) {
            Map<String, Double> figures = recorded.computeIfAbsent(step, key -> new TreeMap<>());
            if (name.startsWith(PHASE)) {
                figures.put(name.substring(PHASE.length()), value);
            } else if (name.equals("train.examplesPerSecond")) {
                figures.put("loop", 1000 * config().train().batchSize() / value);
            }
        }

        /** Notes what a bare step has spent, and records it as often as the loop does. */
        void spent(long onData, long onStep) {
            data += onData;
            compiled += onStep;
            if (++steps % EVERY == 0) {
                long now = System.nanoTime();
                record(PHASE + "data", steps, 0, data / 1e6 / EVERY);
                record(PHASE + "compiled", steps, 0, compiled / 1e6 / EVERY);
                record(
                        "train.examplesPerSecond",
                        steps,
                        0,
                        config().train().batchSize() * EVERY / ((now - last) / 1e9));
                data = 0;
                compiled = 0;
                last = System.nanoTime();
            }
        }

        String figures() {
            Map<String, List<Double>> times = new TreeMap<>();
            for (Map<String, Double> figures : recorded.values()) {
                double whole = figures.getOrDefault("loop", Double.NaN);
                double phases = figures.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum()
                        - whole;
                figures.put("loop", whole - phases);
                figures.forEach((name, value) ->
                        times.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
            }
            StringBuilder text = new StringBuilder();
            times.forEach((name, values) -> {
                values.sort(null);
                text.append(String.format(Locale.ROOT, ", \"%s\": %.4f", name, values.get(values.size() / 2)));
            });
            return text.toString();
        }
    }
}
