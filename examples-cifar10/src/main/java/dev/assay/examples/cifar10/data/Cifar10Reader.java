package dev.assay.examples.cifar10.data;

import dev.assay.data.ImageSet;
import dev.assay.error.AssayException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads the binary version: files of records, each a label and then 32×32 values of red, of green and of blue. Used once.
 */
final class Cifar10Reader {
    static final int OFFICIAL_RECORDS = 10_000;
    /** The training files in order, then the test file. */
    static final List<String> FILES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");

    static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    static final int RECORD = 1 + CifarData.FORMAT.bytes();
    private static final int TEST = FILES.size() - 1;
    private static final int BUFFER = 1 << 16;

    private final int recordsPerFile;
    private final ImageSet.Builder train;
    private final ImageSet.Builder test;
    private final Set<String> seen = new HashSet<>();

    Cifar10Reader(int recordsPerFile) {
        this.recordsPerFile = recordsPerFile;
        this.train = ImageSet.builder(CifarData.FORMAT, CLASSES, TEST * recordsPerFile);
        this.test = ImageSet.builder(CifarData.FORMAT, CLASSES, recordsPerFile);
    }

    TrainAndTest readFolder(Path folder) throws IOException {
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    read(file.toString(), name, Files.size(file), bytes);
                }
            }
        }
        return whole(folder);
    }

    /** Reads the files of the archive in whatever order they come. */
    TrainAndTest readArchive(Path archive) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                InputStream unzipped = unzip(archive, bytes);
                TarArchiveInputStream tar = new TarArchiveInputStream(unzipped)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (FILES.contains(name)) {
                    read(archive + "!" + entry.getName(), name, entry.getSize(), tar);
                }
            }
        }
        return whole(archive);
    }

    private static InputStream unzip(Path archive, InputStream bytes) throws IOException {
        bytes.mark(2);
        boolean isGzip = bytes.read() == 0x1F && bytes.read() == 0x8B;
        bytes.reset();
        if (!isGzip) {
            throw new AssayException("The file " + archive + " is not a gzip archive; " + Cifar10Files.ARCHIVE
                    + " or a folder was expected.");
        }
        return new BufferedInputStream(new GzipCompressorInputStream(bytes), BUFFER);
    }

    private void read(String shown, String name, long size, InputStream bytes) throws IOException {
        long expected = (long) recordsPerFile * RECORD;
        if (size != expected) {
            throw new AssayException(
                    "The file " + shown + " has " + size + " bytes; " + expected + " were expected, which are "
                            + recordsPerFile + " records of " + RECORD + ".\nMaybe it was not copied to its end.");
        }
        int file = FILES.indexOf(name);
        byte[] record = new byte[RECORD];
        for (int i = 0; i < recordsPerFile; i++) {
            if (bytes.readNBytes(record, 0, RECORD) != RECORD) {
                throw new AssayException("The file " + shown + " ends within record " + i + ".");
            }
            int label = record[0] & 0xFF;
            if (label >= CLASSES.size()) {
                throw new AssayException("Record " + i + " of " + shown + " has label " + label + "; 0 to "
                        + (CLASSES.size() - 1) + " were expected.\nMaybe it is a file of CIFAR-100.");
            }
            int example = file == TEST ? i : file * recordsPerFile + i;
            (file == TEST ? test : train).setPlanes(example, label, record, 1);
        }
        seen.add(name);
    }

    private TrainAndTest whole(Path place) {
        List<String> missing =
                FILES.stream().filter(name -> !seen.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new AssayException(
                    "Files of CIFAR-10 are missing in " + place + ": " + String.join(", ", missing) + ".");
        }
        return new TrainAndTest(train.build(), test.build());
    }
}
