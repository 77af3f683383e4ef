package dev.assay.launch.kubernetes;

import dev.assay.launch.JobState;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the cluster has told of the workers of an experiment. It tells by itself when something changes, so that looking here costs nothing, and what was
 * told last stays where it does not answer for a moment. Safe for use by several threads.
 */
final class ClusterView implements AutoCloseable {
    private static final Duration EVENTS_EVERY = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final Follower<Job> jobs = new Follower<>();
    private final Follower<Pod> pods = new Follower<>();
    private final List<SharedIndexInformer<?>> informers;
    /** Has a permit where something has changed that nobody has looked after yet. */
    private final Semaphore changes = new Semaphore(0);

    private List<Event> refusals = List.of();
    private long refusalsRead = System.nanoTime();

    /** What was seen of a thing, and whether it is gone since. */
    record Seen<T>(T last, boolean isGone) {}

    /**
     * Begins to look, and returns when it knows what there is.
     *
     * @throws KubernetesClientException if the cluster does not answer, or must not
     */
    ClusterView(KubernetesClient client, String namespace, Map<String, String> labels) {
        this.client = client;
        this.namespace = namespace;
        // What cannot be reached is told by this in fewer words.
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .list(new ListOptionsBuilder().withLimit(1L).build());
        informers = List.of(
                jobs.follow(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .runnableInformer(0)),
                pods.follow(
                        client.pods().inNamespace(namespace).withLabels(labels).runnableInformer(0)));
    }

    /** Keeps what was seen by the worker it belongs to. Of several pods the first counts: where a cluster replaces one, its worker has been lost. */
    private final class Follower<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final Map<String, Seen<T>> seen = new ConcurrentHashMap<>();

        SharedIndexInformer<T> follow(SharedIndexInformer<T> informer) {
            // Whatever happens to the connection later on, it comes back.
            return informer.addEventHandler(this)
                    .exceptionHandler((isStarted, problem) -> isStarted)
                    .run();
        }

        @Override
        public void onAdd(T thing) {
            see(thing, false);
        }

        @Override
        public void onUpdate(T before, T thing) {
            see(thing, false);
        }

        @Override
        public void onDelete(T thing, boolean isOutdated) {
            see(thing, true);
        }

        private void see(T thing, boolean isGone) {
            String worker = thing.getMetadata().getAnnotations().getOrDefault(Labels.WORKER, "");
            seen.merge(worker, new Seen<>(thing, isGone), (old, fresh) -> counts(old.last, thing) ? fresh : old);
            changes.release();
        }

        private boolean counts(T old, T fresh) {
            boolean isSame =
                    old.getMetadata().getUid().equals(fresh.getMetadata().getUid());
            // As they are written, times are in the order of texts.
            return isSame
                    || old.getMetadata()
                                    .getCreationTimestamp()
                                    .compareTo(fresh.getMetadata().getCreationTimestamp())
                            > 0;
        }
    }

    Optional<Seen<Job>> job(String worker) {
        return Optional.ofNullable(jobs.seen.get(worker));
    }

    Optional<PodState> pod(String worker) {
        return Optional.ofNullable(pods.seen.get(worker)).map(seen -> new PodState(seen.last, seen.isGone));
    }

    /** The workers that have a Job. */
    List<String> workers() {
        return jobs.seen.entrySet().stream()
                .filter(entry -> !entry.getValue().isGone)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** How a worker stands whose Job has got no pod so far. */
    JobState withoutPod(Job job) {
        return refusals().stream()
                .filter(event -> event.getInvolvedObject()
                        .getUid()
                        .equals(job.getMetadata().getUid()))
                .map(Event::getMessage)
                .findFirst()
                .map(ClusterView::refused)
                .orElseGet(() -> new JobState.Waiting(""));
    }

    /** A quota may have room later on; what a rule forbids stays forbidden. */
    private static JobState refused(String message) {
        return message.contains("is forbidden") && !message.contains("exceeded quota")
                ? new JobState.Lost("The cluster makes no pod for it: " + message, false)
                : new JobState.Waiting(message);
    }

    /** What is told of pods that could not be made, which is nowhere else. */
    private synchronized List<Event> refusals() {
        if (System.nanoTime() - refusalsRead > EVENTS_EVERY.toNanos()) {
            refusalsRead = System.nanoTime();
            try {
                refusals = client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("reason", "FailedCreate")
                        .withField("involvedObject.kind", "Job")
                        .list()
                        .getItems();
            } catch (KubernetesClientException e) {
                // Not everybody may read events; a reason is all that is missed.
                refusals = List.of();
            }
        }
        return refusals;
    }

    /** Waits until something has changed, at most so long. */
    void await(Duration most) throws InterruptedException {
        if (changes.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            changes.drainPermits();
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
