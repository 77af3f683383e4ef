package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server on this machine. */
@Tag("D9")
class DownloadTest {
    private static final byte[] CONTENT = content(300_000);
    private static final Checksum CHECKSUM = Checksum.sha256(sha256(CONTENT));

    @TempDir
    Path folder = Path.of("");

    private FileServer server = FileServer.unstarted();

    @BeforeEach
    void start() throws IOException {
        server = FileServer.start(CONTENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetch_ofAFileNotThere_bringsItWhole() throws IOException {
        Path target = folder.resolve("deep/down/file.bin");

        assertThat(new Download(server.address(), target, CHECKSUM).fetch()).isEqualTo(target);

        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(target.resolveSibling("file.bin.part")).doesNotExist();
        assertThat(server.requests()).containsExactly("all");
    }

    @Test
    void fetch_ofAFileThere_asksNobody() throws IOException {
        Path target = Files.write(folder.resolve("file.bin"), new byte[] {1});

        new Download(server.address(), target, CHECKSUM).fetch();

        assertThat(server.requests()).isEmpty();
        assertThat(target).hasBinaryContent(new byte[] {1});
    }

    @Test
    void fetch_overAConnectionCutTwice_asksForTheRest() throws IOException {
        server.cutAfter(100_000, 2);

        Path target = download().fetch();

        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(3).first().isEqualTo("all");
        assertThat(server.requests().subList(1, 3)).allMatch(range -> range.matches("bytes=\\d+-"));
    }

    @Test
    void fetch_afterAProcessThatWasKilled_goesOnWhereItStopped() throws IOException {
        Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(CONTENT, 123_456));

        Path target = download().fetch();

        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly("bytes=123456-");
    }

    @Test
    void fetch_withAWholePartLeft_onlyChecksIt() throws IOException {
        Files.write(folder.resolve("file.bin.part"), CONTENT);

        assertThat(download().fetch()).hasBinaryContent(CONTENT);
    }

    @Test
    void fetch_withAPartOfSomethingElse_startsAgain() throws IOException {
        Files.write(folder.resolve("file.bin.part"), new byte[1000]);

        assertThat(download().fetch()).hasBinaryContent(CONTENT);

        assertThat(server.requests()).containsExactly("bytes=1000-", "all");
    }

    @Test
    void fetch_fromAServerWithoutRanges_startsAgain() throws IOException {
        server.ignoreRanges();
        Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(CONTENT, 123_456));

        assertThat(download().fetch()).hasBinaryContent(CONTENT);
    }

    @Test
    void fetch_ofSomethingElse_throwsItAwayAndNamesBothChecksums() {
        Checksum other = Checksum.md5("00000000000000000000000000000000");

        assertThatThrownBy(() -> new Download(server.address(), folder.resolve("file.bin"), other).fetch())
                .isInstanceOf(DownloadFailedException.class)
                .hasMessageStartingWith("What came from " + server.address() + " has MD5 ")
                .hasMessageContaining("it must have MD5 00000000000000000000000000000000. It was thrown away.");
        assertThat(folder.resolve("file.bin")).doesNotExist();
        assertThat(folder.resolve("file.bin.part")).doesNotExist();
    }

    @Test
    void fetch_ofAFileTheServerDoesNotHave_namesTheStatus() {
        server.answer(404);

        assertThatThrownBy(() -> download().fetch())
                .isInstanceOf(DownloadFailedException.class)
                .hasMessage("The server answered the request for " + server.address()
                        + " with status 404; 200 or 206 was expected.");
    }

    @Test
    void fetch_offline_namesTheAddressTheTargetAndWhatToDo() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/file.bin");
        }
        Path target = folder.resolve("file.bin");

        assertThatThrownBy(() -> new Download(nobody, target, CHECKSUM).fetch())
                .isInstanceOf(DownloadFailedException.class)
                .hasMessageStartingWith("The file " + nobody + " could not be fetched to " + target + " (")
                .hasMessageContaining("Fetch it elsewhere and put it there.\nMaybe this machine is offline");
    }

    @Test
    void fetch_byManyThreadsAtOnce_happensOnce() throws Exception {
        server.slow();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Path>> all = Collections.nCopies(4, () -> download().fetch());
            for (Future<Path> one : threads.invokeAll(all)) {
                assertThat(one.get()).hasBinaryContent(CONTENT);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(server.requests()).containsExactly("all");
    }

    @Test
    void fetch_byTwoProcessesAtOnce_happensOnce() throws Exception {
        server.slow();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            DownloadProcess.class.getName(),
                            server.address().toString(),
                            folder.resolve("file.bin").toString(),
                            CHECKSUM.hex())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("process" + i + ".log").toFile())
                    .start());
        }

        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(folder.resolve("file.bin")).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly("all");
    }

    @Test
    void checksum_ofTheWrongLength_isRefused() {
        assertThatThrownBy(() -> Checksum.md5("abc")).hasMessage("The checksum (abc) has 3 digits; MD5 has 32.");
    }

    private Download download() {
        return new Download(server.address(), folder.resolve("file.bin"), CHECKSUM);
    }

    private static byte[] content(int size) {
        RandomStream random = new Seed(5).stream("content");
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) random.nextLong();
        }
        return content;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
