package dev.assay.examples.cifar10;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.assay.data.Batch;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import dev.assay.training.Measure;
import dev.assay.training.Measures;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Accuracy of the mean scores for six views of a picture: as it is (which counts half), moved by a pixel to either side of the diagonal, and all three
 * mirrored; the test-time augmentation of airbench94.
 */
final class AccuracyOfViews implements Measure {
    private static final String NAME = "accuracyOfViews";

    private final Function<Batch, NDArray> scores;
    private final Measure accuracy = Measures.accuracy("logits", "label");

    /** @param scores what the network says of a batch */
    AccuracyOfViews(Function<Batch, NDArray> scores) {
        this.scores = scores;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.maximize(NAME));
    }

    @Override
    public List<String> arguments() {
        return List.of("logits", "label");
    }

    @Override
    public Counting begin() {
        Counting counting = accuracy.begin();
        return new Counting() {
            @Override
            public void add(Batch batch, Outputs outputs, List<NDArray> arguments) {
                counting.add(batch, outputs, List.of(mean(batch, arguments.get(0)), arguments.get(1)));
            }

            @Override
            public Map<String, Double> values() {
                return Map.of(NAME, counting.values().values().iterator().next());
            }
        };
    }

    private NDArray mean(Batch batch, NDArray plain) {
        NDArray image = batch.get("image");
        NDArray both = plain.add(of(batch, mirrored(image)));
        for (NDArray moved : List.of(moved(image, true), moved(image, false))) {
            both = both.add(of(batch, moved).add(of(batch, mirrored(moved))).div(2));
        }
        return both;
    }

    private NDArray of(Batch batch, NDArray image) {
        return scores.apply(batch.with("image", image));
    }

    private static NDArray mirrored(NDArray image) {
        return image.flip(3);
    }

    /** The picture one pixel further down and right, or up and left; what comes in at the border is mirrored. */
    private static NDArray moved(NDArray image, boolean isDown) {
        NDArray result = image;
        for (int axis = 2; axis < 4; axis++) {
            long size = image.getShape().get(axis);
            String before = ":, ".repeat(axis);
            NDArray kept = result.get(new NDIndex(before + (isDown ? "0:-1" : "1:")));
            NDArray border = result.get(new NDIndex(before + (isDown ? "1:2" : (size - 2) + ":" + (size - 1))));
            result = isDown ? border.concat(kept, axis) : kept.concat(border, axis);
        }
        return result;
    }
}
