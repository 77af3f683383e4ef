package dev.assay.data;

import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures as a partition. A batch has {@code image}, float32 of shape (examples, channels, height, width) whose memory is channels-last, and
 * {@code label}, int64 of shape (examples). A training pass shuffles and varies the pictures; an evaluation pass only normalises them.
 * Immutable.
 */
public final class ImagePartition implements Partition {
    /** Name of the pictures in a batch. */
    public static final String IMAGE = "image";

    /** Name of the labels in a batch. */
    public static final String LABEL = "label";

    private final ImageSet images;
    private final Normalisation normalisation;
    private final Augmentation augmentation;
    private final Optional<PictureChange> change;

    private ImagePartition(
            ImageSet images, Normalisation normalisation, Augmentation augmentation, Optional<PictureChange> change) {
        this.images = images;
        this.normalisation = normalisation;
        this.augmentation = augmentation;
        this.change = change;
    }

    /** Pictures to train on, normalised by their own mean and deviation. */
    public static ImagePartition training(ImageSet images, Augmentation augmentation) {
        return of(images, Normalisation.from(images), augmentation);
    }

    /** Pictures to evaluate on, normalised as the training pictures are. */
    public static ImagePartition evaluation(ImageSet images, Normalisation normalisation) {
        return of(images, normalisation, Augmentation.none());
    }

    /**
     * Pictures, normalised and in training passes varied like this.
     *
     * @throws AssayException if the normalisation has another number of channels, or the pictures are too small for the padding
     */
    public static ImagePartition of(ImageSet images, Normalisation normalisation, Augmentation augmentation) {
        if (normalisation.channels() != images.format().channels()) {
            throw new AssayException("A normalisation of " + normalisation.channels()
                    + " channels does not fit pictures" + " of " + images.format() + "; it must have "
                    + images.format().channels() + ".");
        }
        if (augmentation.pad()
                >= Math.min(images.format().height(), images.format().width())) {
            throw new AssayException("The pad (" + augmentation.pad() + ") of pictures of " + images.format()
                    + " must be less than their height and width, since they are continued by reflection.");
        }
        return new ImagePartition(images, normalisation, augmentation, Optional.empty());
    }

    /** The same pictures, each changed before it is normalised, anew in each pass. */
    public ImagePartition changed(PictureChange by) {
        return new ImagePartition(images, normalisation, augmentation, Optional.of(by));
    }

    /** The pictures, before any change. */
    public ImageSet images() {
        return images;
    }

    public Normalisation normalisation() {
        return normalisation;
    }

    public Augmentation augmentation() {
        return augmentation;
    }

    /** What is done to each picture first. */
    public Optional<PictureChange> change() {
        return change;
    }

    @Override
    public long size() {
        return images.size();
    }

    @Override
    public Map<String, Shape> shapes() {
        ImageFormat format = images.format();
        return Map.of(IMAGE, new Shape(format.channels(), format.height(), format.width()), LABEL, new Shape());
    }

    @Override
    public List<String> classes() {
        return images.classes();
    }

    @Override
    public Map<String, Normalisation> normalisations() {
        return Map.of(IMAGE, normalisation);
    }

    /**
     * Begins a pass. One background thread, started with the first batch and ended by {@link BatchStream#close}, prepares the next two
     * batches while one is worked on. The order comes from the stream {@code ("order", epoch)} of the pass's seed; the variation of the example at
     * a position of the pass comes from that seed, the epoch and the position alone, so it does not depend on the batch size.
     *
     * @throws AssayException if the batch size is not positive
     */
    @Override
    public BatchStream batches(Pass pass) {
        return new ImageBatchStream(images, new PictureWriter(images, normalisation, augmentation, change), pass);
    }
}
