package dev.assay.examples.cifar10.data;

import dev.assay.data.Datasets;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.Role;
import dev.assay.data.StratifiedSplit;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.Optional;

/** Makes partitions from a {@link CifarData}: {@code train}, {@code val} if pictures are set aside for it, and {@code test}. */
public final class CifarDatasets {
    private CifarDatasets() {}

    /**
     * The partitions. The pictures set aside are chosen first, so they are the same however many are trained on; all are normalised by
     * those that are trained on.
     *
     * @throws AssayException if there are not enough pictures, or the files are not there or not as they must be
     */
    public static Datasets load(CifarData data) {
        return data.match(CifarDatasets::cifar10, CifarDatasets::synthetic);
    }

    /**
     * Makes sure that the files are there, fetching them if the config says so.
     *
     * @throws AssayException if they are not there and cannot be had
     */
    public static void prepare(CifarData data) {
        Object unused = data.match(Cifar10Files::find, synthetic -> synthetic);
    }

    private static Datasets cifar10(Cifar10Data data) {
        Cifar10Files files = Cifar10Files.find(data);
        return partitions(data, files.read(), data.trainExamples(), data.testExamples());
    }

    private static Datasets synthetic(SyntheticData data) {
        SyntheticPictures pictures = new SyntheticPictures(new Seed(data.seed()), data.noise());
        TrainAndTest all = new TrainAndTest(
                pictures.draw("train", data.trainExamples()), pictures.draw("test", data.testExamples()));
        return partitions(data, all, Optional.empty(), Optional.empty());
    }

    private static Datasets partitions(
            CifarData data, TrainAndTest all, Optional<Integer> trainExamples, Optional<Integer> testExamples) {
        int rest = all.train().size() - data.validationExamples();
        if (trainExamples.orElse(1) > rest) {
            throw new AssayException("Of " + all.train().size() + " training pictures " + data.validationExamples()
                    + " are set aside (validationExamples), which leaves " + Math.max(rest, 0) + "; at least "
                    + trainExamples.orElse(1) + " must be left to train on.");
        }
        Seed seed = new Seed(data.splitSeed());
        StratifiedSplit split =
                StratifiedSplit.of(all.train(), data.validationExamples(), seed.stream("validation examples"));
        ImagePartition train =
                ImagePartition.training(take(split.rest(), trainExamples, seed, "train examples"), data.augmentation());
        Datasets datasets = Datasets.training(train);
        if (data.validationExamples() > 0) {
            datasets = datasets.with(
                    "val", Role.VALIDATE, ImagePartition.evaluation(split.taken(), train.normalisation()));
        }
        ImageSet test = take(all.test(), testExamples, seed, "test examples");
        return datasets.with("test", Role.TEST, ImagePartition.evaluation(test, train.normalisation()));
    }

    private static ImageSet take(ImageSet images, Optional<Integer> examples, Seed seed, String purpose) {
        return examples.map(wanted ->
                        StratifiedSplit.of(images, wanted, seed.stream(purpose)).taken())
                .orElse(images);
    }
}
