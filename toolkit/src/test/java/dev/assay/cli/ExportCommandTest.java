package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreAddress;
import dev.assay.store.TrialStore;
import dev.assay.table.FieldTable;
import dev.assay.table.TableFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R5")
class ExportCommandTest {
    @TempDir
    Path folder;

    private ToyCommands toy = new ToyCommands(Path.of(""), StoreAddress.of(Path.of("none")));

    /** A format that writes a part and fails. */
    public static final class Torn implements TableFormat {
        @Override
        public String name() {
            return "torn";
        }

        @Override
        public void write(FieldTable table, OutputStream out) throws IOException {
            out.write("hash".getBytes(StandardCharsets.UTF_8));
            out.close();
            throw new IOException("halfway");
        }
    }

    @BeforeEach
    void openStore() throws IOException {
        StoreAddress address = StoreAddress.of(folder.resolve("store.db"));
        TrialStore.open(address).close();
        toy = new ToyCommands(folder, address);
        Files.createDirectory(folder.resolve("out"));
    }

    @Test
    void export_thatFailsHalfway_leavesTheOldFileAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("out/trials.torn"), "old");

        assertThat(toy.run("export", file.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(toy.err()).contains("The file (" + file + ") cannot be written: halfway");
        assertThat(file).hasContent("old");
        assertThat(folder.resolve("out").toFile().list()).containsExactly("trials.torn");
    }

    @Test
    void export_overALink_replacesWhatItLeadsTo() throws Exception {
        Path file = Files.writeString(folder.resolve("out/trials.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.csv"), file);

        assertThat(toy.run("export", link.toString())).as(toy.err()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(file).content().startsWith("hash,");
    }

    @Test
    void export_toAPipe_isReadFromIt() throws Exception {
        Path pipe = folder.resolve("out/trials.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();

        assertThat(toy.run("export", pipe.toString())).as(toy.err()).isZero();

        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("hash,");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }
}
