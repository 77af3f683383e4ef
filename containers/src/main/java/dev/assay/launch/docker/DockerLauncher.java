package dev.assay.launch.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import dev.assay.error.AssayException;
import dev.assay.launch.JobState;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers in containers of a Docker engine. They outlive the process that has submitted them, and are known by their labels. */
final class DockerLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(DockerLauncher.class);
    private static final int LOG_PATIENCE_SECONDS = 5;

    private final DockerClient engine;
    private final ContainerOfWorker container;
    /** How workers stood when the engine last told. */
    private final Map<String, JobState> states = new ConcurrentHashMap<>();

    private DockerLauncher(DockerClient engine, ContainerOfWorker container) {
        this.engine = engine;
        this.container = container;
    }

    static DockerLauncher open(Docker settings, WorkerJob job, Consumer<String> progress) {
        DockerClient engine = Engine.open(settings.host());
        try {
            Image image = Image.of(settings, job, engine, progress);
            return new DockerLauncher(engine, ContainerOfWorker.of(settings, job, image));
        } catch (RuntimeException e) {
            close(engine);
            throw e;
        }
    }

    @Override
    public void submit(List<String> workers) {
        try {
            workers.forEach(this::start);
        } catch (DockerException e) {
            workers.forEach(this::cancel);
            throw container.refused(e);
        }
    }

    private void start(String worker) {
        String id = container.create(engine, worker).getId();
        engine.startContainerCmd(id).exec();
        states.put(worker, new JobState.Running());
    }

    @Override
    public JobState state(String worker) {
        JobState known = states.get(worker);
        if (known != null && !known.isAlive()) {
            return known;
        }
        try {
            JobState state = of(engine.inspectContainerCmd(ContainerOfWorker.name(worker))
                    .exec()
                    .getState());
            states.put(worker, state);
            return state;
        } catch (NotFoundException e) {
            return new JobState.Lost(
                    "The container of the worker (" + worker + ") is gone.\nMaybe somebody removed it.", true);
        } catch (RuntimeException e) {
            LOG.warn("The Docker engine does not tell how the worker {} stands: {}", worker, e.getMessage());
            return known == null ? new JobState.Running() : known;
        }
    }

    private static JobState of(ContainerState state) {
        return switch (Objects.requireNonNullElse(state.getStatus(), "")) {
            case "created" -> new JobState.Waiting("created");
            case "exited", "dead" ->
                new JobState.Ended(
                        (int) (long) Objects.requireNonNullElse(state.getExitCodeLong(), 0L),
                        Objects.equals(state.getOOMKilled(), true));
            default -> new JobState.Running();
        };
    }

    @Override
    public String logs(String worker, int lines) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ResultCallback.Adapter<Frame> frames = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                text.writeBytes(frame.getPayload());
            }
        }) {
            engine.logContainerCmd(ContainerOfWorker.name(worker))
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(lines)
                    .exec(frames);
            boolean unused = frames.awaitCompletion(LOG_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The Docker engine does not tell what the worker {} has printed: {}", worker, e.getMessage());
        }
        return text.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void stop(String worker) {
        try {
            engine.killContainerCmd(ContainerOfWorker.name(worker))
                    .withSignal("TERM")
                    .exec();
        } catch (DockerException e) {
            // It has ended, or is gone.
        }
    }

    @Override
    public void cancel(String worker) {
        try {
            engine.removeContainerCmd(ContainerOfWorker.name(worker))
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // It is gone already.
        } catch (DockerException e) {
            LOG.warn("The container of the worker {} cannot be removed: {}", worker, e.getMessage());
        }
    }

    @Override
    public List<String> list() {
        try {
            return engine.listContainersCmd().withShowAll(true).withLabelFilter(container.labels()).exec().stream()
                    .filter(this::isOfThisCode)
                    .map(DockerLauncher::worker)
                    .toList();
        } catch (DockerException e) {
            throw new AssayException("The Docker engine does not list its containers: " + e.getMessage(), e);
        }
    }

    /** Whether it runs what would be started now; another would give other results, and must go. */
    private boolean isOfThisCode(Container found) {
        if (container.isLike(found)) {
            return true;
        }
        cancel(worker(found));
        return false;
    }

    private static String worker(Container found) {
        Map<String, String> labels = Objects.requireNonNull(found.getLabels());
        return Objects.requireNonNull(labels.get(ContainerOfWorker.WORKER));
    }

    @Override
    public void close() {
        try {
            if (list().isEmpty()) {
                container.forgetSecrets();
            }
        } finally {
            close(engine);
        }
    }

    private static void close(DockerClient engine) {
        try {
            engine.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
