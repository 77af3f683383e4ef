package dev.assay.launch.docker;

import dev.assay.config.ByteSize;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/** Containers of a Docker engine. */
@Config
@Kind("docker")
@Doc("Containers of a Docker engine, one for each worker.")
public interface Docker extends Backend {
    @Doc(
            "The image, which the engine must have. Without it that of this application is taken, and built where its code has changed.")
    Optional<String> image();

    @Doc("The base of an image that is built, as `image build --base` has it.")
    Optional<String> base();

    @Doc("Cores of each container, also a fraction. Without it there is no limit beside the threads of a worker.")
    Optional<@Positive Double> cpus();

    @Doc("Memory of each container; a worker that needs more is ended, and its trial fails.")
    Optional<ByteSize> memory();

    @Doc("Processes and threads of each container.")
    @Positive @Value.Default
    default int pids() {
        return 1024;
    }

    @Doc("GPUs of each container.")
    @PositiveOrZero @Value.Default
    default int gpus() {
        return 0;
    }

    @Doc("Size of /tmp, which is in memory and the only place beside the store's folder that can be written.")
    @Value.Default
    default ByteSize tmp() {
        return new ByteSize(1L << 30);
    }

    @Doc("Files and folders that workers may read, such as pictures; they are at the same place inside.")
    List<Path> read();

    @Doc("The engine's network to connect to. Default: none, or that of this machine where the store is a server.")
    Optional<String> network();

    @Doc("The engine: unix:///var/run/docker.sock, tcp://… Default: what DOCKER_HOST says.")
    Optional<String> host();

    @Override
    default Launcher open(WorkerJob job, Consumer<String> progress) {
        return DockerLauncher.open(this, job, progress);
    }

    @Override
    default boolean isHere() {
        return true;
    }
}
