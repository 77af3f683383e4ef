package dev.assay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationLayersTest {
    @TempDir
    Path folder;

    @Test
    @Tag("L1")
    void of_classPath_sortsByHowOftenEntriesChange() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path own = Files.createFile(folder.resolve("own-1.0-SNAPSHOT.jar"));
        Path library = Files.createFile(folder.resolve("library-2.0.jar"));
        Path engine = Files.createFile(folder.resolve("pytorch-native-cpu-2.7.1.jar"));
        Path missing = folder.resolve("missing.jar");

        ApplicationLayers layers = ApplicationLayers.of(String.join(
                File.pathSeparator, "" + classes, "" + engine, "" + library, "" + own, "" + missing, "" + library, ""));

        assertThat(layers.natives()).containsExactly(engine);
        assertThat(layers.dependencies()).containsExactly(library);
        assertThat(layers.application()).containsExactly(classes, own);
    }

    @Test
    void of_nothingThatExists_isRefused() {
        assertThatThrownBy(() -> ApplicationLayers.of("nowhere.jar"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The class path (nowhere.jar) holds nothing that exists.");
    }
}
