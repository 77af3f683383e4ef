package dev.assay.launch.kubernetes;

import dev.assay.error.AssayException;
import dev.assay.launch.JobState;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers as Jobs of one pod each, which is never replaced by our doing. Where the cluster replaces one nevertheless (a pod that was deleted, on older
 * versions), the first pod counts as lost and its Job is removed with both.
 */
final class KubernetesLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesLauncher.class);
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(3);
    /** A pod that nobody listens to is not waited for. */
    private static final long AT_ONCE = 0;
    /** A node kills after so many seconds. It would take its time for a pod that is forgotten at once. */
    private static final long AS_SOON_AS_CONFIRMED = 1;

    private final KubernetesClient client;
    private final String namespace;
    private final Kubernetes backend;
    private final WorkerJob job;
    private final Manifests manifests;
    private final ClusterView view;
    private final Set<String> submitted = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Map<String, JobState> ends = new ConcurrentHashMap<>();

    private KubernetesLauncher(KubernetesClient client, Kubernetes backend, WorkerJob job) {
        this.client = client;
        this.backend = backend;
        this.job = job;
        namespace = Clusters.namespace(client, backend);
        manifests = new Manifests(backend, job);
        view = new ClusterView(client, namespace, Labels.of(job));
    }

    /**
     * Connects to the cluster.
     *
     * @throws AssayException if it cannot be reached, does not let us, or lacks the Secret that is named
     */
    static Launcher open(Kubernetes backend, WorkerJob job) {
        KubernetesClient client = Clusters.connect(backend);
        try {
            KubernetesLauncher launcher = new KubernetesLauncher(client, backend, job);
            backend.secret().ifPresent(launcher::checkSecret);
            launcher.removeOthers();
            return launcher;
        } catch (KubernetesClientException e) {
            client.close();
            throw Clusters.problem(client, "Workers on the cluster", e);
        } catch (AssayException e) {
            client.close();
            throw e;
        }
    }

    private void checkSecret(String name) {
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            if (secret == null
                    || !Objects.requireNonNullElse(secret.getData(), Map.of()).containsKey(Manifests.KEY)) {
                throw new AssayException("The Secret (" + name + ") of the namespace (" + namespace + ") must have the"
                        + " store's address under the key (" + Manifests.KEY + "), but "
                        + (secret == null ? "there is no such Secret." : "has no such key."));
            }
        } catch (KubernetesClientException e) {
            // Who may make Jobs need not be allowed to read Secrets.
            LOG.debug("The Secret {} cannot be checked: {}", name, e.getMessage());
        }
    }

    /** What another image or number of threads computes has other bits. */
    private void removeOthers() {
        for (String worker : view.workers()) {
            boolean isAlike = view.job(worker)
                    .map(seen -> seen.last()
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0))
                    .filter(found -> found.getImage().equals(backend.image())
                            && found.getArgs().equals(job.arguments(worker)))
                    .isPresent();
            if (!isAlike) {
                cancel(worker);
            }
        }
    }

    @Override
    public void submit(List<String> workers) {
        if (workers.isEmpty()) {
            return;
        }
        List<Job> made = new ArrayList<>();
        submitted.addAll(workers);
        try {
            Optional<Secret> secret = Optional.empty();
            String name = backend.secret().orElseGet(() -> Labels.name(workers.get(0)));
            for (String worker : workers) {
                made.add(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .resource(manifests.job(worker, name))
                        .create());
                if (secret.isEmpty() && backend.secret().isEmpty()) {
                    secret = Optional.of(client.secrets()
                            .inNamespace(namespace)
                            .resource(secret(name, made))
                            .create());
                }
            }
            if (secret.isPresent()) {
                client.secrets()
                        .inNamespace(namespace)
                        .resource(secret(name, made))
                        .update();
            }
        } catch (KubernetesClientException e) {
            made.forEach(each -> cancel(each.getMetadata().getAnnotations().getOrDefault(Labels.WORKER, "")));
            workers.forEach(submitted::remove);
            throw Clusters.problem(client, "Workers in the namespace (" + namespace + ")", e);
        }
    }

    /** It is owned by Jobs from the beginning, so that the cluster removes it with the last of them whatever becomes of us. */
    private Secret secret(String name, List<Job> owners) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Labels.of(job))
                .withOwnerReferences(
                        owners.stream().map(KubernetesLauncher::owner).toList())
                .endMetadata()
                .addToStringData(manifests.secretData())
                .build();
    }

    private static OwnerReference owner(Job job) {
        return new OwnerReferenceBuilder()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .build();
    }

    @Override
    public JobState state(String worker) {
        JobState known = ends.get(worker);
        if (known != null) {
            return known;
        }
        JobState state = view.pod(worker).map(pod -> pod.worker(isOurs(worker))).orElseGet(() -> withoutPod(worker));
        if (!state.isAlive()) {
            ends.put(worker, state);
        }
        return state;
    }

    private boolean isOurs(String worker) {
        return told.contains(worker) || cancelled.contains(worker);
    }

    private JobState withoutPod(String worker) {
        Optional<ClusterView.Seen<Job>> seen = view.job(worker);
        if (seen.isEmpty()) {
            return submitted.contains(worker)
                    ? new JobState.Waiting("")
                    : new JobState.Lost("The cluster knows no worker (" + worker + ").", true);
        }
        return seen.get().isGone()
                ? new JobState.Lost(isOurs(worker) ? "It was told to stop, and is gone." : "Its Job was deleted.", true)
                : view.withoutPod(seen.get().last());
    }

    @Override
    public String logs(String worker, int lines) {
        return view.pod(worker)
                .map(pod -> pod.isGone() || pod.isNodeSilent() ? pod.lastWords() : logs(pod, lines))
                .orElse("");
    }

    private String logs(PodState pod, int lines) {
        // They come from the node, and one that has just been lost is waited for.
        return CompletableFuture.supplyAsync(() -> client.pods()
                        .inNamespace(namespace)
                        .withName(pod.name())
                        .inContainer(Manifests.CONTAINER)
                        .tailingLines(lines)
                        .getLog())
                .completeOnTimeout(pod.lastWords(), LOG_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(problem -> pod.lastWords())
                .join();
    }

    /** Deletes the Job, which stays until its pod has ended: only so a cluster sends SIGTERM, waits, and puts no other pod in its place. */
    @Override
    public void stop(String worker) {
        if (!state(worker).isAlive()) {
            return;
        }
        told.add(worker);
        deleteJob(worker, DeletionPropagation.FOREGROUND);
    }

    @Override
    public void cancel(String worker) {
        cancelled.add(worker);
        // The Job first, or it would replace its pod.
        deleteJob(worker, DeletionPropagation.BACKGROUND);
        view.pod(worker)
                .filter(pod -> !pod.isGone())
                .ifPresent(pod -> quietly(
                        worker,
                        () -> client.pods()
                                .inNamespace(namespace)
                                .withName(pod.name())
                                .withGracePeriod(pod.isNodeSilent() ? AT_ONCE : AS_SOON_AS_CONFIRMED)
                                .delete()));
    }

    private void deleteJob(String worker, DeletionPropagation propagation) {
        quietly(
                worker,
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName(Labels.name(worker))
                        .withPropagationPolicy(propagation)
                        .delete());
    }

    private static void quietly(String worker, Runnable deletion) {
        try {
            deletion.run();
        } catch (KubernetesClientException e) {
            LOG.warn("Worker {} cannot be ended: {}", worker, e.getMessage());
        }
    }

    @Override
    public List<String> list() {
        return Stream.concat(view.workers().stream(), submitted.stream())
                .filter(worker -> !cancelled.contains(worker))
                .distinct()
                .toList();
    }

    @Override
    public void await(Duration most) throws InterruptedException {
        view.await(most);
    }

    @Override
    public void close() {
        view.close();
        client.close();
    }
}
