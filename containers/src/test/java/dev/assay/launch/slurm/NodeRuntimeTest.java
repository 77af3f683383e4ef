package dev.assay.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.launch.WorkerJob;
import dev.assay.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L4")
class NodeRuntimeTest {
    /** As umoci 0.4.7 has written it, with less of what nobody reads. */
    private static final String CONFIG = """
            {"ociVersion": "1.0.0", "process": {"args": ["java", "-cp", "@/app/class-path", "app.Main"],
             "env": ["PATH=/opt/java/bin:/usr/bin", "HOME=/work"], "cwd": "/work"}, "root": {"path": "rootfs"}}
            """;

    private static final String ORIGIN = """
            {"umoci_version": "2", "from_descriptor_path": {"descriptor_walk": [
             {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:b7c5", "size": 5245}]}}
            """;

    private static final WorkerJob JOB = new WorkerJob(
            "app", "app.Main", StoreAddress.parse("jdbc:postgresql://db/assay"), Optional.empty(), "first", 1);

    private static final Map<String, String> ENVIRONMENT = Map.of("OMP_NUM_THREADS", "1");

    @TempDir
    private Path folder;

    @Test
    void command_ofPlainJvm_hasTheClassPathInAFile() throws IOException {
        List<String> command = ImmutableJvm.builder().java("/opt/java").build().command(JOB, folder, ENVIRONMENT);

        assertThat(command)
                .containsExactly(
                        "env", "OMP_NUM_THREADS=1", "/opt/java", "@" + folder.resolve("java.args"), "app.Main");
        assertThat(folder.resolve("java.args")).content().contains("\n-cp\n\"/");
    }

    @Test
    void command_ofUnpackedImage_hasWhatTheImageSays() throws IOException {
        Files.createDirectories(folder.resolve("rootfs/work/.assay"));
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(folder.resolve("umoci.json"), ORIGIN);

        List<String> command =
                ImmutableCharliecloud.builder().image(folder).build().command(JOB, folder, ENVIRONMENT);

        assertThat(command)
                .containsExactly(
                        "ch-run",
                        "--unset-env=*",
                        "--set-env=PATH=/opt/java/bin:/usr/bin",
                        "--set-env=HOME=/work",
                        "--set-env=OMP_NUM_THREADS=1",
                        "--set-env=ASSAY_IMAGE=" + folder + "@sha256:b7c5",
                        "--bind=" + JOB.store().directory() + ":/work/.assay",
                        "--cd=/work",
                        folder + "/rootfs",
                        "--",
                        "java",
                        "-cp",
                        "@/app/class-path",
                        "app.Main");
    }

    @Test
    void command_ofFolderThatIsNoImage_saysHowToMakeOne() {
        assertThatThrownBy(() ->
                        ImmutableCharliecloud.builder().image(folder).build().command(JOB, folder, ENVIRONMENT))
                .isInstanceOf(AssayException.class)
                .hasMessage("The image (" + folder + ") must be a folder with rootfs and config.json in it.\n"
                        + "Maybe it is yet to be unpacked: umoci unpack --image LAYOUT:TAG " + folder);
    }
}
