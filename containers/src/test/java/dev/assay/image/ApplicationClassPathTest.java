package dev.assay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.image.ApplicationClassPath.Entry;
import dev.assay.image.ApplicationClassPath.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L1")
class ApplicationClassPathTest {
    @TempDir
    Path folder;

    @Test
    void of_classPath_keepsItsOrder_andKnowsWhatChanges() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("toolkit/target/classes"));
        Path unreleased = jar("own-1.0-SNAPSHOT.jar", "own/Own.class");
        Path library = jar("library-2.0.jar", "library/Library.class");
        Path engine = jar("pytorch-native-cpu-2.7.1-linux-x86_64.jar", "libtorch.so");
        Path application = jar("app/target/app-1.jar", "app/Main.class");
        Path same = jar("other/library-2.0.jar", "other/Library.class");
        Path missing = folder.resolve("missing.jar");

        ApplicationClassPath sorted = ApplicationClassPath.of(
                String.join(
                        File.pathSeparator,
                        "" + library,
                        "" + engine,
                        "" + application,
                        "" + classes,
                        "" + unreleased,
                        "" + missing,
                        "" + library,
                        "",
                        "" + same),
                "app.Main");

        assertThat(sorted.argumentFile())
                .isEqualTo("\"/app/libs/library-2.0.jar:/app/classes:/app/modules/1:/app/libs/own-1.0-SNAPSHOT.jar"
                        + ":/app/libs/2/library-2.0.jar\"\n");
        assertThat(sorted.entries())
                .extracting(Entry::path)
                .containsExactly(library, engine, application, classes, unreleased, same);
        assertThat(sorted.entries())
                .extracting(Entry::kind)
                .containsExactly(
                        Kind.RELEASED, Kind.UNPACKED, Kind.OWN, Kind.UNRELEASED, Kind.UNRELEASED, Kind.RELEASED);
        assertThat(sorted.module()).isEqualTo(folder.resolve("app"));
    }

    @Test
    void of_nothingWithTheMainClass_isRefused() throws Exception {
        Path library = jar("library-2.0.jar", "library/Library.class");

        assertThatThrownBy(() -> ApplicationClassPath.of(library + File.pathSeparator + "nowhere.jar", "app.Main"))
                .isInstanceOf(AssayException.class)
                .hasMessage("The class path has no class (app.Main), which is to be run; it has library-2.0.jar.");
    }

    private Path jar(String name, String content) throws IOException {
        return Jars.write(folder.resolve(name), content);
    }
}
