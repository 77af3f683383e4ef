package dev.assay.data.corruption;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import dev.assay.data.ImageFormat;
import dev.assay.data.PictureChange;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What is done to the pictures of a shifted test set, after the families of Hendrycks and Dietterich 2019, "Benchmarking neural network
 * robustness to common corruptions and perturbations", with the strengths its authors chose for the 32×32 pixels of CIFAR-10-C. The bytes
 * are not those of CIFAR-10-C, since its random numbers and image libraries are others; sets made here are the same everywhere.
 */
@Config
public interface Corruption extends Validated {

    @Doc("What is done to each picture.")
    CorruptionKind kind();

    @Doc("How much of it, from 1 (slight) to 5 (strong).")
    @Min(1) @Max(5) int severity();

    /** A name for the partition, such as {@code gaussian-noise-3}. */
    default String label() {
        return kind().label() + "-" + severity();
    }

    /** The corruption of pictures of a format, in which a picture's chances come from the seed, this kind and severity and its number. */
    default PictureChange of(ImageFormat format, Seed seed) {
        Distortion distortion = Strengths.distortion(kind(), severity());
        return (example, bytes) -> {
            RandomStream random = seed.stream("corruption/" + label(), example);
            Picture picture = Picture.of(format, bytes);
            distortion.apply(picture, random);
            return picture.toBytes();
        };
    }
}
