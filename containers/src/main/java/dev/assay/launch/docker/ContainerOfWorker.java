package dev.assay.launch.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Volume;
import dev.assay.config.ByteSize;
import dev.assay.error.AssayException;
import dev.assay.launch.SecretFiles;
import dev.assay.launch.WorkerJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The container of a worker: one place that can be written, no capabilities, no way to more rights, nothing of the engine inside, and the user and group
 * that own the store's folder.
 */
final class ContainerOfWorker {
    /** Label with the experiment whose trials it runs. */
    static final String TRIAL = "dev.assay.trial";

    /** Label with the worker's name. */
    static final String WORKER = "dev.assay.worker";

    private static final String STORE = "dev.assay.store";
    private static final String THREADS = "dev.assay.threads";
    private static final String FOLDER = "/work/.assay";
    private static final String SECRETS = "/run/assay";
    private static final double NANOS = 1e9;

    private final Docker settings;
    private final WorkerJob job;
    private final Image image;
    private final Path folder;
    private final String user;

    private ContainerOfWorker(Docker settings, WorkerJob job, Image image, Path folder, String user) {
        this.settings = settings;
        this.job = job;
        this.image = image;
        this.folder = folder;
        this.user = user;
    }

    static ContainerOfWorker of(Docker settings, WorkerJob job, Image image) {
        Path folder = job.store().directory();
        settings.read().stream().filter(path -> !Files.exists(path)).findFirst().ifPresent(path -> {
            throw new AssayException("The file or folder (" + path + ") that workers are to read is not there.");
        });
        try {
            Files.createDirectories(folder);
            String user = Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
            return new ContainerOfWorker(settings, job, image, folder, user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container's name. */
    static String name(String worker) {
        return "assay-" + worker;
    }

    CreateContainerResponse create(DockerClient engine, String worker) {
        Map<String, String> all = new LinkedHashMap<>(labels());
        all.put(WORKER, worker);
        all.put(THREADS, Integer.toString(job.threads()));
        try (CreateContainerCmd command = engine.createContainerCmd(image.id())) {
            return command.withName(name(worker))
                    .withCmd(job.arguments(worker))
                    .withUser(user)
                    .withLabels(all)
                    .withEnv(environment())
                    .withHostConfig(limits())
                    .exec();
        }
    }

    /** Labels of all workers of the experiment and the store. */
    Map<String, String> labels() {
        // In full: what is called the same in another folder is another store.
        String store =
                job.store().isServer() ? job.store().toString() : job.store().secretText();
        return Map.of(TRIAL, job.experiment(), STORE, store);
    }

    /** Whether a container of these labels runs the same code with as many threads. */
    boolean isLike(Container other) {
        return image.id().equals(other.getImageId())
                && Integer.toString(job.threads())
                        .equals(Objects.requireNonNull(other.getLabels()).get(THREADS));
    }

    private List<String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(job.environment());
        environment.put("ASSAY_IMAGE", image.reference());
        secrets().keySet().forEach(variable -> environment.put(variable, SECRETS + "/" + variable));
        if (!job.store().isServer()) {
            environment.put(WorkerJob.STORE, FOLDER + "/" + job.store().file().getFileName());
        }
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private HostConfig limits() {
        HostConfig limits = HostConfig.newHostConfig()
                .withReadonlyRootfs(true)
                .withTmpFs(
                        Map.of("/tmp", "rw,noexec,nosuid,size=" + settings.tmp().bytes()))
                .withBinds(binds())
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPidsLimit((long) settings.pids())
                .withNetworkMode(settings.network().orElse(needsNetwork() ? "host" : "none"))
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "50m", "max-file", "2")));
        settings.cpus().ifPresent(cpus -> limits.withNanoCPUs((long) (cpus * NANOS)));
        // As much swap as memory means none.
        settings.memory()
                .map(ByteSize::bytes)
                .ifPresent(bytes -> limits.withMemory(bytes).withMemorySwap(bytes));
        if (settings.gpus() > 0) {
            limits.withDeviceRequests(
                    List.of(new DeviceRequest().withCount(settings.gpus()).withCapabilities(List.of(List.of("gpu")))));
        }
        return limits;
    }

    private boolean needsNetwork() {
        return job.store().isServer() || job.artifacts().isPresent();
    }

    private List<Bind> binds() {
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(folder.toString(), new Volume(FOLDER)));
        settings.read().stream()
                .map(path -> path.toAbsolutePath().normalize().toString())
                .forEach(path -> binds.add(new Bind(path, new Volume(path), AccessMode.ro)));
        if (!secrets().isEmpty()) {
            SecretFiles.write(secretsFolder(), secrets());
            binds.add(new Bind(secretsFolder().toString(), new Volume(SECRETS), AccessMode.ro));
        }
        return binds;
    }

    /** A store in a file is at another place inside, which is no secret. */
    private Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>(job.secrets());
        if (!job.store().isServer()) {
            secrets.remove(WorkerJob.STORE_FILE);
        }
        return secrets;
    }

    /** Removes the files, which no container needs any more. */
    void forgetSecrets() {
        SecretFiles.delete(secretsFolder());
    }

    private Path secretsFolder() {
        return folder.resolve("secrets").resolve(job.experiment());
    }

    /** What to say where the engine does not start a container. */
    AssayException refused(DockerException e) {
        String reason = Optional.ofNullable(e.getMessage()).orElse("").strip();
        String advice = settings.gpus() > 0 && reason.contains("device driver")
                ? "\nMaybe this machine has no GPU, or the engine lacks the NVIDIA container toolkit; it was asked for "
                        + settings.gpus() + " GPUs a worker."
                : "";
        return new AssayException(
                "The Docker engine starts no container of (" + image.reference() + "): " + reason + advice, e);
    }
}
