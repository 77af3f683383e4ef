package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R5")
class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void write_thatFailsHalfway_leavesTheOldFileAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[] {1}));
                    throw new IOException("halfway");
                }))
                .hasMessage("halfway");

        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.txt");
    }

    @Test
    void write_overAnOlderFile_hasItsPlaceAndTheRightsOfAnyNewFile() throws Exception {
        Path file = folder.resolve("new/a.txt");

        AtomicFile.write(file, bytes("something long"));
        AtomicFile.write(file, bytes("short"));

        assertThat(file).hasContent("short");
        Path any = Files.createFile(folder.resolve("new/any.txt"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(any));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
