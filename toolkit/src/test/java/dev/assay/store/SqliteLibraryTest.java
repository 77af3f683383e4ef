package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("R2")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class SqliteLibraryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectory(folder.resolve("cache"));
        Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void open_processThatIsKilled_leavesNothingInTheTemporaryFolder() throws Exception {
        assertThat(openAndDie()).isEqualTo(3);

        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(libraries()).hasSize(1);
    }

    @Test
    void open_libraryIsDamaged_doesWithout() throws Exception {
        openAndDie();
        Files.writeString(libraries().get(0), "damaged");

        assertThat(openAndDie()).isEqualTo(3);
    }

    @Test
    void open_cacheCannotBeWritten_doesWithout() throws Exception {
        Files.delete(folder.resolve("cache"));
        Files.createFile(folder.resolve("cache"));

        assertThat(openAndDie()).isEqualTo(3);
    }

    private int openAndDie() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.resolve("store.db").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return builder.inheritIO().start().waitFor();
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Opens a store and ends as if it were killed. */
    static final class Opening {
        public static void main(String[] args) {
            TrialStore store = TrialStore.open(Path.of(args[0]));
            Runtime.getRuntime().halt(store.trials().isEmpty() ? 3 : 4);
        }
    }
}
