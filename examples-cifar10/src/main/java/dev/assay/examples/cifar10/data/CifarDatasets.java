package dev.assay.examples.cifar10.data;

import dev.assay.data.Datasets;
import dev.assay.data.ImagePartition;
import dev.assay.data.ImageSet;
import dev.assay.data.Role;
import dev.assay.data.StratifiedSplit;
import dev.assay.data.corruption.Corruption;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Makes partitions from a {@link CifarData}: {@code train}, {@code val} if pictures are set aside for it, {@code test}, and its shifted versions. */
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
        Seed seed = new Seed(data.splitSeed());
        ImageSet kept = ofClasses(data, without(data.leaveOut(), all.train()));
        requireEnough(data, kept, trainExamples);
        StratifiedSplit split = StratifiedSplit.of(kept, data.validationExamples(), seed.stream("validation examples"));
        ImageSet limited = limited(data, split.rest(), seed);
        ImagePartition train =
                ImagePartition.training(take(limited, trainExamples, seed, "train examples"), data.augmentation());
        Datasets datasets = Datasets.training(train);
        if (data.validationExamples() > 0) {
            datasets = datasets.with(
                    "val", Role.VALIDATE, ImagePartition.evaluation(split.taken(), train.normalisation()));
        }
        ImageSet test = take(ofClasses(data, all.test()), testExamples, seed, "test examples");
        ImagePartition tested = ImagePartition.evaluation(test, train.normalisation());
        return withShifted(data, datasets.with("test", Role.TEST, tested), tested, seed);
    }

    private static Datasets withShifted(CifarData data, Datasets datasets, ImagePartition test, Seed seed) {
        Datasets all = datasets;
        for (Corruption corruption : data.shifted()) {
            all = all.with(
                    "test-" + corruption.label(), Role.TEST, test.changed(corruption.of(CifarData.FORMAT, seed)));
        }
        return all;
    }

    private static void requireEnough(CifarData data, ImageSet kept, Optional<Integer> trainExamples) {
        int rest = kept.size() - data.validationExamples();
        if (trainExamples.orElse(1) > rest) {
            throw new AssayException("Of " + kept.size() + " training pictures " + data.validationExamples()
                    + " are set aside (validationExamples), which leaves " + Math.max(rest, 0) + "; at least "
                    + trainExamples.orElse(1) + " must be left to train on.");
        }
    }

    private static ImageSet without(List<Integer> leaveOut, ImageSet images) {
        Set<Integer> leftOut = Set.copyOf(leaveOut);
        return leftOut.isEmpty() ? images : images.filter(example -> !leftOut.contains(images.place(example)));
    }

    private static ImageSet ofClasses(CifarData data, ImageSet images) {
        if (data.classes().isEmpty()) {
            return images;
        }
        return data.renumber() ? images.renumbered(data.classes()) : images.filter(images.isOf(data.classes()));
    }

    /** At most so many of each class that has a limit, chosen at random and left in order. */
    private static ImageSet limited(CifarData data, ImageSet images, Seed seed) {
        ImageSet limited = images;
        for (Map.Entry<String, Integer> limit : data.classLimits().entrySet()) {
            ImageSet before = limited;
            IntPredicate isOf = before.isOf(List.of(limit.getKey()));
            ImageSet ofClass = before.filter(isOf);
            int most = Math.min(limit.getValue(), ofClass.size());
            Set<Integer> kept = new HashSet<>();
            ImageSet taken = take(ofClass, Optional.of(most), seed, "limit of " + limit.getKey());
            for (int i = 0; i < taken.size(); i++) {
                kept.add(taken.place(i));
            }
            limited = before.filter(isOf.negate().or(example -> kept.contains(before.place(example))));
        }
        return limited;
    }

    private static ImageSet take(ImageSet images, Optional<Integer> examples, Seed seed, String purpose) {
        return examples.map(wanted ->
                        StratifiedSplit.of(images, wanted, seed.stream(purpose)).taken())
                .orElse(images);
    }
}
