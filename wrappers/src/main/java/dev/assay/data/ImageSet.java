package dev.assay.data;

import dev.assay.error.AssayException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Labelled pictures of one format, as bytes in one array. Immutable; a selection shares the bytes of the set it was made from. */
public final class ImageSet {
    private final ImageFormat format;
    private final List<String> classes;
    private final byte[] pixels;
    private final int[] labels;
    /** Place of each example among the pictures in {@link #pixels}. */
    private final int[] places;

    private ImageSet(ImageFormat format, List<String> classes, byte[] pixels, int[] labels, int[] places) {
        this.format = format;
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
        this.places = places;
    }

    /**
     * Room for {@code size} pictures.
     *
     * @param classes names of the classes by label
     * @throws AssayException if the pictures do not fit into one array (2 GiB)
     */
    public static Builder builder(ImageFormat format, List<String> classes, int size) {
        return new Builder(format, List.copyOf(classes), size);
    }

    /** Number of examples. */
    public int size() {
        return places.length;
    }

    public ImageFormat format() {
        return format;
    }

    /** Names of the classes by label. */
    public List<String> classes() {
        return classes;
    }

    /** Class of an example. */
    public int label(int example) {
        return labels[places[example]];
    }

    /** Number of an example in the set that this one was selected from; its own number if it is no selection. */
    public int place(int example) {
        return places[example];
    }

    /** A copy of an example's bytes, row by row. */
    public byte[] picture(int example) {
        int offset = offset(example);
        return Arrays.copyOfRange(pixels, offset, offset + format.bytes());
    }

    /** Number of examples of each class, by label. */
    public int[] sizesByClass() {
        int[] sizes = new int[classes.size()];
        for (int place : places) {
            sizes[labels[place]]++;
        }
        return sizes;
    }

    /**
     * The examples with these numbers, in this order. No bytes are copied.
     *
     * @throws IndexOutOfBoundsException if a number is not that of an example
     */
    public ImageSet select(int... examples) {
        int[] selected = new int[examples.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = places[examples[i]];
        }
        return new ImageSet(format, classes, pixels, labels, selected);
    }

    /** The examples that are to be kept, in this order; the predicate gets their numbers. */
    public ImageSet filter(IntPredicate isKept) {
        return select(IntStream.range(0, size()).filter(isKept).toArray());
    }

    /**
     * Whether an example, by its number in this set, is of one of some classes; to be combined with other predicates for {@link #filter}.
     *
     * @throws AssayException if there is no such class, with those there are
     */
    public IntPredicate isOf(Collection<String> names) {
        Set<Integer> wanted = new HashSet<>();
        names.forEach(name -> wanted.add(numberOf(name)));
        return example -> wanted.contains(label(example));
    }

    /**
     * The examples of some classes, with these classes only: labels count from 0 in the order of the names.
     *
     * @throws AssayException if there is no such class, or one comes twice
     */
    public ImageSet renumbered(List<String> names) {
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new AssayException("Labels cannot be numbered by the classes " + names
                    + "; there must be at least one, and each once.");
        }
        int[] renumbered = new int[classes.size()];
        names.forEach(name -> renumbered[numberOf(name)] = names.indexOf(name));
        int[] changed = Arrays.stream(labels).map(label -> renumbered[label]).toArray();
        return new ImageSet(format, List.copyOf(names), pixels, changed, filter(isOf(names)).places);
    }

    /** SHA-256, in hex, over the format, the class names and each example's label and bytes, in order. */
    public String digest() {
        MessageDigest digest = sha256();
        digest.update((format + " " + classes).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < size(); i++) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, label(i)));
            digest.update(pixels, offset(i), format.bytes());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** All pictures there are, also those of no example; to be read only. */
    byte[] pixels() {
        return pixels;
    }

    /** Where an example begins in {@link #pixels()}. */
    int offset(int example) {
        return places[example] * format.bytes();
    }

    private int numberOf(String className) {
        int label = classes.indexOf(className);
        if (label < 0) {
            throw new AssayException("There is no class (" + className + "); the classes are " + classes + ".");
        }
        return label;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    /** A set being filled, picture by picture in any order. Used once. */
    public static final class Builder {
        private static final int UNSET = -1;

        private final ImageFormat format;
        private final List<String> classes;
        private final byte[] pixels;
        private final int[] labels;
        private boolean isBuilt;

        private Builder(ImageFormat format, List<String> classes, int size) {
            long bytes = (long) format.bytes() * size;
            if (size < 0 || bytes > Integer.MAX_VALUE - 8) {
                throw new AssayException("A set of " + size + " pictures of " + format + " bytes does not fit into one"
                        + " array; it must have fewer than 2^31 bytes.");
            }
            this.format = format;
            this.classes = classes;
            this.pixels = new byte[(int) bytes];
            this.labels = new int[size];
            Arrays.fill(labels, UNSET);
        }

        /** Sets a picture from its bytes, row by row (HWC). */
        public Builder set(int example, int label, byte[] picture) {
            setLabel(example, label);
            System.arraycopy(picture, 0, pixels, example * format.bytes(), format.bytes());
            return this;
        }

        /** Sets a picture from its planes, one for each channel (CHW), which begin at {@code offset} of {@code source}. */
        public Builder setPlanes(int example, int label, byte[] source, int offset) {
            setLabel(example, label);
            int plane = format.height() * format.width();
            int target = example * format.bytes();
            for (int pixel = 0; pixel < plane; pixel++) {
                for (int channel = 0; channel < format.channels(); channel++) {
                    pixels[target++] = source[offset + channel * plane + pixel];
                }
            }
            return this;
        }

        /**
         * The set.
         *
         * @throws AssayException if a picture was not set
         */
        public ImageSet build() {
            checkIsOpen();
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == UNSET) {
                    throw new AssayException("Picture " + i + " of " + labels.length + " was not set.");
                }
            }
            isBuilt = true;
            return new ImageSet(
                    format,
                    classes,
                    pixels,
                    labels,
                    IntStream.range(0, labels.length).toArray());
        }

        private void setLabel(int example, int label) {
            checkIsOpen();
            if (label < 0 || label >= classes.size()) {
                throw new AssayException("The label (" + label + ") of picture " + example + " must be in [0, "
                        + classes.size() + "), the numbers of the classes " + classes + ".");
            }
            labels[example] = label;
        }

        private void checkIsOpen() {
            if (isBuilt) {
                throw new IllegalStateException("The set was built; it does not change any more.");
            }
        }
    }
}
