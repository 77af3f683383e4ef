package dev.assay.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.artifact.Artifacts;
import dev.assay.artifact.ObjectStore;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two machines with a folder each and a bucket between them. */
@Tag("K4")
class ArtifactsTest {
    @RegisterExtension
    private static final S3Server SERVER = new S3Server();

    @TempDir
    Path here;

    @TempDir
    Path there;

    private String bucket;
    private Artifacts one;
    private Artifacts other;

    @BeforeEach
    void makeBucket(TestInfo test) throws IOException {
        bucket = test.getTestMethod()
                        .orElseThrow()
                        .getName()
                        .replaceAll("\\W|_.*", "")
                        .toLowerCase(java.util.Locale.ROOT)
                + Integer.toHexString(test.getDisplayName().hashCode());
        SERVER.make(bucket);
        one = Artifacts.in(here, Optional.of(SERVER.address(bucket + "/my%20folder")));
        other = Artifacts.in(there, Optional.of(SERVER.address(bucket + "/my%20folder")));
    }

    private static void write(Artifacts machine, String name, String content) throws IOException {
        Path file = machine.folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static Path file(Artifacts machine, String name) {
        return machine.folder().resolve(name);
    }

    @Test
    void keep_andFetch_givesTheSameBytes() throws IOException {
        write(one, "weights/a b+ü&=#.json", "content");
        one.keep(List.of("weights/a b+ü&=#.json"));

        other.fetch(List.of("weights/a b+ü&=#.json", "weights/nowhere.json"));

        assertThat(file(other, "weights/a b+ü&=#.json")).hasContent("content");
        assertThat(file(other, "weights/nowhere.json")).doesNotExist();
        assertThat(SERVER.file(bucket, "my folder/weights/a b+ü&=#.json")).exists();
        assertThat(there).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void keep_ofMoreThanAPart_isSentInParts() throws IOException {
        Files.createDirectories(here.resolve("weights"));
        Path large = file(one, "weights/large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength((256L << 20) + 12345);
            sparse.seek(200L << 20);
            sparse.writeUTF("in the first");
            sparse.seek(256L << 20);
            sparse.writeUTF("in the second");
        }

        one.keep(List.of("weights/large"));
        other.fetch(List.of("weights/large"));

        assertThat(Files.mismatch(large, file(other, "weights/large"))).isEqualTo(-1);
    }

    @Test
    void list_ofMoreThanAServerTellsAtOnce_isWhole() throws IOException {
        List<String> names = IntStream.range(0, 1100)
                .mapToObj(i -> String.format("tensors/%04d", i))
                .toList();
        for (String name : names) {
            write(one, name, name);
        }

        one.keep(names);

        assertThat(other.list("tensors")).extracting(ObjectStore.Entry::name).isEqualTo(names);
        assertThat(other.list("tensor")).isEmpty();
    }

    @Test
    void fetch_ofWhatWasDamaged_saysSo() throws IOException {
        write(one, "weights/a", "content");
        one.keep(List.of("weights/a"));
        Path kept = SERVER.file(bucket, "my folder/weights/a");
        // In place, so that what the server notes beside the content stays.
        Files.writeString(kept, "damaged", java.nio.file.StandardOpenOption.WRITE);

        assertThatThrownBy(() -> other.fetch(List.of("weights/a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The file (weights/a) at s3://" + bucket)
                .hasMessageContaining("is not what was written there");
        assertThat(file(other, "weights/a")).doesNotExist();
    }

    @Test
    void pull_makesAFolderWhatItIsElsewhere() throws IOException {
        write(one, "trials/t/state", "new");
        write(one, "trials/t/same", "same");
        one.push("trials/t", List.of());
        write(other, "trials/t/state", "old");
        write(other, "trials/t/same", "same");
        write(other, "trials/t/stale", "of code that was");
        write(other, "trials/tt/state", "of another");
        Files.setLastModifiedTime(file(other, "trials/t/same"), FileTime.from(Instant.EPOCH));

        other.pull("trials/t");

        assertThat(file(other, "trials/t/state")).hasContent("new");
        assertThat(file(other, "trials/t/stale")).doesNotExist();
        assertThat(file(other, "trials/tt/state")).exists();
        assertThat(Files.getLastModifiedTime(file(other, "trials/t/same")).toInstant())
                .as("not copied again")
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void push_deletesElsewhereWhatItHasDeletedHereAndNothingElse() throws IOException {
        write(one, "trials/t/step-1", "1");
        one.push("trials/t", List.of());
        write(other, "trials/t/step-3", "of a worker that has taken over");
        other.push("trials/t", List.of());

        Files.delete(file(one, "trials/t/step-1"));
        write(one, "trials/t/step-2", "2");
        one.push("trials/t", List.of());

        assertThat(Artifacts.in(there.resolve("third"), one.address()).list("trials/t"))
                .extracting(ObjectStore.Entry::name)
                .containsExactly("trials/t/step-2", "trials/t/step-3");
    }

    @Test
    void keep_ofWhatMightBeCollected_makesItYoungAgain() throws IOException {
        write(one, "tensors/a", "content");
        one.keep(List.of("tensors/a"));
        Path kept = SERVER.file(bucket, "my folder/tensors/a");
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now().minusSeconds(7200)));
        write(other, "tensors/a", "content");
        Files.setLastModifiedTime(file(other, "tensors/a"), FileTime.from(Instant.EPOCH));

        other.keep(List.of("tensors/a"));
        one.collect("tensors/a");

        assertThat(kept).exists();
    }

    @Test
    void collect_deletesWhatIsOldEverywhere() throws IOException {
        write(one, "tensors/a", "content");
        one.keep(List.of("tensors/a"));
        FileTime old = FileTime.from(Instant.now().minusSeconds(7200));
        Files.setLastModifiedTime(SERVER.file(bucket, "my folder/tensors/a"), old);
        Files.setLastModifiedTime(file(one, "tensors/a"), old);

        one.collect("tensors/a");

        assertThat(SERVER.file(bucket, "my folder/tensors/a")).doesNotExist();
        assertThat(file(one, "tensors/a")).doesNotExist();
    }

    @Test
    void deleteBelow_leavesNothing() throws IOException {
        write(one, "trials/t/a/b", "content");
        write(one, "trials/tt/a", "of another");
        one.keepBelow("trials");

        one.deleteBelow("trials/t");

        assertThat(one.list("trials")).extracting(ObjectStore.Entry::name).containsExactly("trials/tt/a");
        assertThat(file(one, "trials/t")).doesNotExist();
    }

    @Test
    void keep_whileTheServerIsAwayForAWhile_waits() throws Exception {
        write(one, "weights/a", "content");
        SERVER.stop();
        Thread back = new Thread(() -> {
            try {
                Thread.sleep(2000);
                SERVER.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        back.start();

        one.keep(List.of("weights/a"));

        back.join();
        assertThat(SERVER.file(bucket, "my folder/weights/a")).exists();
    }

    @Test
    void check_withAWrongSecret_tellsWhatMayBeWrong() {
        System.setProperty("aws.secretAccessKey", "wrong");
        try {
            Artifacts mine = Artifacts.in(here, Optional.of(SERVER.address(bucket)));
            assertThatThrownBy(mine::check)
                    .isInstanceOf(AssayException.class)
                    .hasMessageStartingWith("The files at s3://" + bucket)
                    .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                    .hasMessageNotContaining(S3Server.SECRET);
        } finally {
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        }
    }

    @Test
    void check_withoutBucket_saysSo() {
        assertThatThrownBy(() -> Artifacts.in(here, Optional.of(SERVER.address("nowhere")))
                        .check())
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("NoSuchBucket")
                .hasMessageEndingWith("Maybe there is no bucket (nowhere) yet.");
    }

    @Test
    void check_ofAWrongAddress_tellsWhatIsRight() {
        assertThatThrownBy(() -> Artifacts.in(here, Optional.of("gs://bucket")).check())
                .hasMessage("Files cannot be kept at (gs://bucket); an address begins with s3://.\n"
                        + "Maybe s3://BUCKET/FOLDER was meant.");
        assertThatThrownBy(() ->
                        Artifacts.in(here, Optional.of("s3://bucket?secret=a")).check())
                .hasMessageContaining("it has (secret); known are endpoint and region");
        assertThatThrownBy(() -> Artifacts.in(here, Optional.of("s3://bucket?endpoint=localhost:80"))
                        .check())
                .hasMessageContaining("its endpoint (localhost:80) must be the URL of a server");
        assertThatThrownBy(() -> Artifacts.in(here, Optional.of("s3://localhost:9000/bucket"))
                        .check())
                .hasMessageContaining("s3://BUCKET/FOLDER?endpoint=https://HOST:PORT");
    }
}
