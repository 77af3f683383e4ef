package dev.assay.launch.slurm;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import dev.assay.error.AssayException;
import dev.assay.image.CodeDigest;
import dev.assay.launch.WorkerJob;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * What a worker runs in on its node. In each of them the worker's process is the one that Slurm has started, or gets the signals of that one; its
 * working folder is the experiment's, or has the same {@code .assay} in it.
 */
@Doc("What a worker runs in on its node.")
public sealed interface NodeRuntime extends Validated {

    /**
     * The command of a worker, as words that no shell has seen; the worker's own arguments are to follow.
     *
     * @param files folder below {@code .assay} for what the command reads
     * @param environment what the worker is to find in its environment
     * @throws IOException if what it reads cannot be read or written
     */
    List<String> command(WorkerJob job, Path files, Map<String, String> environment) throws IOException;

    /**
     * Looks at what it needs on shared storage.
     *
     * @param progress told what may be wrong with it
     * @throws AssayException if it is not there
     */
    default void check(WorkerJob job, Consumer<String> progress) {}

    /** A plain JVM. */
    @Config
    @Kind("jvm")
    @Doc("A plain JVM with the class path of this command, which must lie on storage that the nodes share.")
    non-sealed interface Jvm extends NodeRuntime {
        @Doc("Java on the nodes, of the version that this command runs on.")
        @Value.Default
        default String java() {
            return "java";
        }

        @Override
        default List<String> command(WorkerJob job, Path files, Map<String, String> environment) throws IOException {
            // A class path is longer than some shells and all people like.
            Path arguments = files.resolve("java.args");
            Files.writeString(arguments, String.join("\n", javaArguments()) + "\n");
            List<String> command = new ArrayList<>(List.of("env"));
            environment.forEach((name, value) -> command.add(name + "=" + value));
            command.addAll(List.of(java(), "@" + arguments.toAbsolutePath(), job.mainClass()));
            return command;
        }

        private static List<String> javaArguments() {
            List<String> arguments = new ArrayList<>(WorkerJob.jvmOptions());
            arguments.add("-cp");
            arguments.add('"' + classPath().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            return arguments;
        }

        /** The same whatever folder it is used in. */
        private static String classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** An image that Charliecloud runs. */
    @Config
    @Kind("charliecloud")
    @Doc("An image under Charliecloud (ch-run).")
    non-sealed interface Charliecloud extends NodeRuntime {
        @Doc(
                "Folder that `umoci unpack` has made of the image, with rootfs and config.json in it, on storage that the nodes share.")
        Path image();

        @Override
        default void check(WorkerJob job, Consumer<String> progress) {
            try {
                String code = CodeDigest.of(System.getProperty("java.class.path"), job.mainClass());
                if (!UnpackedImage.open(image()).code().equals(code)) {
                    progress.accept("note: the image (" + image()
                            + ") does not hold the code of this application as it is now.");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        default List<String> command(WorkerJob job, Path files, Map<String, String> environment) throws IOException {
            UnpackedImage unpacked = UnpackedImage.open(image());
            List<String> command = new ArrayList<>(List.of("ch-run", "--unset-env=*"));
            unpacked.environment().forEach(variable -> command.add("--set-env=" + variable));
            environment.forEach((name, value) -> command.add("--set-env=" + name + "=" + value));
            command.add("--set-env=ASSAY_IMAGE=" + unpacked.identity());
            command.add("--bind=" + job.store().directory() + ":/work/.assay");
            command.addAll(List.of("--cd=/work", unpacked.root().toString(), "--"));
            command.addAll(unpacked.entrypoint());
            return command;
        }
    }

    /** An image that Apptainer runs. */
    @Config
    @Kind("apptainer")
    @Doc("An image under Apptainer.")
    non-sealed interface Apptainer extends NodeRuntime {
        @Doc("Image file (.sif) on storage that the nodes share.")
        Path image();

        @Override
        default void check(WorkerJob job, Consumer<String> progress) {
            if (!Files.isReadable(image())) {
                throw new AssayException("The image (" + image() + ") must be a file that can be read.\n"
                        + "Maybe it is yet to be built: apptainer build " + image() + " docker-archive:FILE.tar");
            }
        }

        @Override
        default List<String> command(WorkerJob job, Path files, Map<String, String> environment) {
            String image = image().toAbsolutePath().toString();
            // --nv only adds what is there, so it does no harm on a node without GPUs.
            List<String> command = new ArrayList<>(List.of("apptainer", "run", "--cleanenv", "--no-home", "--nv"));
            environment.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
            command.addAll(List.of("--env", "ASSAY_IMAGE=" + image));
            command.addAll(List.of("--bind", job.store().directory() + ":/work/.assay", "--pwd", "/work", image));
            return command;
        }
    }
}
