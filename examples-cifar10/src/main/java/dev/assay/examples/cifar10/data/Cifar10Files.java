package dev.assay.examples.cifar10.data;

import dev.assay.data.Checksum;
import dev.assay.data.Download;
import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The official files of CIFAR-10 in the binary version, wherever they lie: unpacked in a folder, or in the archive.
 *
 * @param place the folder of the batches, or the archive
 */
record Cifar10Files(Path place) {
    static final String FOLDER = "cifar-10-batches-bin";
    static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final URI SOURCE = URI.create("https://www.cs.toronto.edu/~kriz/" + ARCHIVE);
    /** The only checksum its authors publish. */
    private static final Checksum CHECKSUM = Checksum.md5("c32a1d4ab5d03f1284b67883e8d87530");

    /**
     * Those in the given folder or else in the user's cache folder, fetched if they may be.
     *
     * @throws AssayException if there are none
     */
    static Cifar10Files find(Cifar10Data data) {
        Path dir = data.dir().orElseGet(Cifar10Files::cache);
        Optional<Path> place = in(dir);
        if (place.isPresent()) {
            return new Cifar10Files(place.get());
        }
        if (!data.download()) {
            throw missing(dir);
        }
        return new Cifar10Files(new Download(SOURCE, dir.resolve(ARCHIVE), CHECKSUM).fetch());
    }

    /** The pictures of both parts. */
    TrainAndTest read() {
        return read(Cifar10Reader.OFFICIAL_RECORDS);
    }

    /** The same with so many pictures in each file. */
    TrainAndTest read(int recordsPerFile) {
        Cifar10Reader reader = new Cifar10Reader(recordsPerFile);
        try {
            return Files.isDirectory(place) ? reader.readFolder(place) : reader.readArchive(place);
        } catch (IOException e) {
            throw new AssayException("CIFAR-10 could not be read from " + place + " (" + e + ").", e);
        }
    }

    private static Optional<Path> in(Path dir) {
        if (Files.isRegularFile(dir)) {
            return Optional.of(dir);
        }
        if (Cifar10Reader.FILES.stream().anyMatch(name -> Files.exists(dir.resolve(name)))) {
            return Optional.of(dir);
        }
        if (Files.isDirectory(dir.resolve(FOLDER))) {
            return Optional.of(dir.resolve(FOLDER));
        }
        return Optional.of(dir.resolve(ARCHIVE)).filter(Files::isRegularFile);
    }

    private static NotFoundException missing(Path dir) {
        boolean isPython =
                Files.exists(dir.resolve("data_batch_1")) || Files.exists(dir.resolve("cifar-10-batches-py"));
        String found =
                Files.exists(dir) ? "The folder " + dir + " holds no CIFAR-10" : "There is no CIFAR-10 at " + dir;
        String hint = isPython
                ? "\nMaybe it was unpacked from the version for Python; the binary version is needed."
                : "\nMaybe set data.dir to where it is, or data.download to true to fetch it from " + SOURCE + ".";
        return new NotFoundException(
                found + "; data_batch_1.bin to data_batch_5.bin and test_batch.bin were expected, in it or" + " in "
                        + FOLDER + " or " + ARCHIVE + " within it." + hint);
    }

    private static Path cache() {
        String set = System.getenv("XDG_CACHE_HOME");
        Path caches = set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
        return caches.resolve("assay");
    }
}
