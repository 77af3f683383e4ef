package dev.assay.examples.cifar10.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Datasets;
import dev.assay.data.ImagePartition;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@Tag("D1")
class Cifar10FilesTest {
    private static final int RECORDS = 20;
    private static final int RECORD = 1 + 3 * 32 * 32;
    /** The official archive is in no particular order. */
    private static final List<Integer> ARCHIVED = List.of(1, 3, 4, 6, 5, 2);

    @TempDir
    Path folder = Path.of("");

    @Test
    void read_ofUnpackedFiles_hasEachPictureInItsPlaceWithChannelsSideBySide() throws IOException {
        writeAll(folder);

        TrainAndTest read = files(folder).read(RECORDS);

        assertThat(read.train().size()).isEqualTo(5 * RECORDS);
        assertThat(read.test().size()).isEqualTo(RECORDS);
        assertThat(read.train().classes()).startsWith("airplane", "automobile").hasSize(10);
        for (int example = 0; example < 5 * RECORDS; example++) {
            assertThat(read.train().label(example)).isEqualTo(example % 10);
            assertThat(read.train().picture(example)).startsWith(example, example + 100, example + 50);
        }
        assertThat(read.test().picture(7)).startsWith(5 * RECORDS + 7, 5 * RECORDS + 107, 5 * RECORDS + 57);
    }

    @Test
    void find_ofAnyPlace_readsTheSame() throws IOException {
        Path unpacked = Files.createDirectories(folder.resolve("parent/cifar-10-batches-bin"));
        writeAll(unpacked);
        Path archive = writeArchive(folder.resolve("cifar-10-binary.tar.gz"));
        String expected = files(unpacked).read(RECORDS).train().digest();

        for (Path dir : List.of(unpacked.getParent(), archive, folder)) {
            TrainAndTest read = files(dir).read(RECORDS);

            assertThat(read.train().digest()).as("%s", dir).isEqualTo(expected);
            assertThat(read.test().size()).isEqualTo(RECORDS);
        }
    }

    @Test
    void find_whereNothingIs_saysWhatWasExpectedAndWhatToDo() {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> files(nowhere))
                .isInstanceOf(AssayException.class)
                .hasMessage("There is no CIFAR-10 at " + nowhere
                        + "; data_batch_1.bin to data_batch_5.bin and test_batch.bin"
                        + " were expected, in it or in cifar-10-batches-bin or cifar-10-binary.tar.gz within it.\nMaybe set"
                        + " data.dir to where it is, or data.download to true to fetch it from"
                        + " https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz.");
        assertThatThrownBy(() -> files(folder))
                .hasMessageStartingWith("The folder " + folder + " holds no CIFAR-10; data_batch_1.bin");
    }

    @Test
    void find_ofThePythonVersion_saysSo() throws IOException {
        Files.createFile(folder.resolve("data_batch_1"));

        assertThatThrownBy(() -> files(folder))
                .hasMessageEndingWith(
                        "\nMaybe it was unpacked from the version for Python; the binary version is needed.");
    }

    @Test
    void read_withFilesMissing_namesThem() throws IOException {
        writeAll(folder);
        Files.delete(folder.resolve("data_batch_3.bin"));
        Files.delete(folder.resolve("test_batch.bin"));

        assertThatThrownBy(() -> files(folder).read(RECORDS))
                .isInstanceOf(AssayException.class)
                .hasMessage("Files of CIFAR-10 are missing in " + folder + ": data_batch_3.bin, test_batch.bin.");
    }

    @Test
    void read_ofAFileOfWrongSize_namesBothSizes() throws IOException {
        writeAll(folder);
        Path file = Files.write(folder.resolve("data_batch_2.bin"), new byte[1234]);

        assertThatThrownBy(() -> files(folder).read(RECORDS))
                .isInstanceOf(AssayException.class)
                .hasMessage("The file " + file + " has 1234 bytes; 61460 were expected, which are 20 records of 3073.\n"
                        + "Maybe it was not copied to its end.");
    }

    @Test
    void read_ofALabelOutOfRange_namesFileAndRecord() throws IOException {
        writeAll(folder);
        Path file = folder.resolve("data_batch_4.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[11 * RECORD] = (byte) 200;
        Files.write(file, bytes);

        assertThatThrownBy(() -> files(folder).read(RECORDS))
                .isInstanceOf(AssayException.class)
                .hasMessage("Record 11 of " + file
                        + " has label 200; 0 to 9 were expected.\nMaybe it is a file of CIFAR-100.");
    }

    @Test
    void read_ofAnArchiveCutShort_orOfNoArchive_isRefused() throws IOException {
        Path archive = writeArchive(folder.resolve("cifar-10-binary.tar.gz"));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> files(folder).read(RECORDS))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("CIFAR-10 could not be read from " + archive + " (");

        Files.writeString(archive, "<html>Not found</html>");
        assertThatThrownBy(() -> files(folder).read(RECORDS))
                .isInstanceOf(AssayException.class)
                .hasMessage("The file " + archive
                        + " is not a gzip archive; cifar-10-binary.tar.gz or a folder was expected.");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "ASSAY_CIFAR10_DIR", matches = ".+")
    void load_ofTheRealPictures_partsThemAsAsked() {
        Datasets datasets = CifarDatasets.load(ImmutableCifar10Data.builder()
                .dir(Path.of(System.getenv("ASSAY_CIFAR10_DIR")))
                .validationExamples(5_000)
                .trainExamples(1_000)
                .build());

        ImagePartition train = (ImagePartition) datasets.train();
        assertThat(train.images().sizesByClass()).containsOnly(100);
        assertThat(datasets.evaluated("val").size()).isEqualTo(5_000);
        assertThat(datasets.evaluated("test").size()).isEqualTo(10_000);
    }

    private static Cifar10Files files(Path dir) {
        return Cifar10Files.find(ImmutableCifar10Data.builder().dir(dir).build());
    }

    private static void writeAll(Path folder) throws IOException {
        for (int file = 1; file <= 6; file++) {
            Files.write(folder.resolve(name(file)), batch(file));
        }
    }

    private static Path writeArchive(Path archive) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file))) {
            for (int number : ARCHIVED) {
                TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name(number));
                entry.setSize(batch(number).length);
                tar.putArchiveEntry(entry);
                tar.write(batch(number));
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    private static String name(int file) {
        return file == 6 ? "test_batch.bin" : "data_batch_" + file + ".bin";
    }

    /** Picture {@code i} of all has red values {@code i}, green {@code i + 100} and blue {@code i + 50}. */
    private static byte[] batch(int file) {
        byte[] batch = new byte[RECORDS * RECORD];
        for (int record = 0; record < RECORDS; record++) {
            int example = (file - 1) * RECORDS + record;
            int start = record * RECORD;
            batch[start] = (byte) (example % 10);
            Arrays.fill(batch, start + 1, start + 1025, (byte) example);
            Arrays.fill(batch, start + 1025, start + 2049, (byte) (example + 100));
            Arrays.fill(batch, start + 2049, start + 3073, (byte) (example + 50));
        }
        return batch;
    }
}
