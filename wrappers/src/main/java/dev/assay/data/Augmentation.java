package dev.assay.data;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/**
 * How training pictures are varied; each time a picture is shown it is cropped, flipped and cut anew. All is off by default. Turning one
 * on leaves the random choices of the others as they are.
 */
@Config
public interface Augmentation extends Validated {

    /**
     * The picture is continued by its mirror image, in which the border pixels are not repeated (PyTorch's {@code reflect}), so it must
     * be larger than this in both directions. Each of the {@code (2 pad + 1)²} windows is equally likely.
     */
    @Doc(
            "Pixels added on each side by reflection before a window of the picture's size is cut out at random; 0 for none.")
    @PositiveOrZero @Value.Default
    default int pad() {
        return 0;
    }

    @Doc(
            "Which pictures are mirrored left to right: none, random (half of them, chosen anew in each pass) or alternating (each in every other pass, half of them in the first).")
    @Value.Default
    default Flip flip() {
        return Flip.NONE;
    }

    /**
     * Cutout of DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout": the centre is any pixel,
     * so the square may reach over the border. The mean colour is 0 after normalisation.
     */
    @Doc("Side in pixels of a square, at a random place, that gets the mean colour; 0 for none.")
    @PositiveOrZero @Value.Default
    default int cutout() {
        return 0;
    }

    /** Pictures as they are. */
    static Augmentation none() {
        return ImmutableAugmentation.builder().build();
    }
}
