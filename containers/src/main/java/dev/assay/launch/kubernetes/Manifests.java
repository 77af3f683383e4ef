package dev.assay.launch.kubernetes;

import dev.assay.launch.WorkerJob;
import dev.assay.launch.kubernetes.Kubernetes.Data;
import dev.assay.launch.kubernetes.Kubernetes.Effect;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what the cluster is told of workers. */
final class Manifests {
    /** The container that the worker is. */
    static final String CONTAINER = "worker";

    /** The key of a Secret under which the store's address stands. */
    static final String KEY = "store";

    private static final String WORK = "/work";
    private static final String SECRETS = "/run/secrets/assay";

    /** A worker on a lost node is given up by the store after a minute; that its pod is held for five, as clusters do, would only keep its place. */
    private static final long LOST_NODE_SECONDS = 30;

    private final Kubernetes backend;
    private final WorkerJob job;

    Manifests(Kubernetes backend, WorkerJob job) {
        this.backend = backend;
        this.job = job;
    }

    /** What {@link #job} is, for people and for {@code kubectl apply}. */
    String yaml(String worker) {
        String secret = backend.secret().orElseGet(() -> Labels.name(worker));
        String remark = backend.secret().isPresent()
                ? ""
                : "# The Secret (" + secret + ") holds the store's address under the key (" + KEY
                        + ")"
                        + (job.secrets().size() > 1
                                ? " and what opens " + job.artifacts().orElseThrow()
                                : "")
                        + ". It is made at the launch, and goes with the Job.\n";
        return remark + Serialization.asYaml(job(worker, secret));
    }

    /**
     * The Job of a worker.
     *
     * @param secret the name of the Secret that has the store's address
     */
    Job job(String worker, String secret) {
        return new JobBuilder()
                .withMetadata(metadata(worker)
                        .withName(Labels.name(worker))
                        .withNamespace(backend.namespace().orElse(null))
                        .build())
                .withNewSpec()
                .withParallelism(1)
                .withCompletions(1)
                // Whether a trial is tried again is decided by whoever watches the store.
                .withBackoffLimit(0)
                .withNewTemplate()
                .withMetadata(metadata(worker).build())
                .withSpec(pod(worker, secret))
                .endTemplate()
                .endSpec()
                .build();
    }

    private ObjectMetaBuilder metadata(String worker) {
        return new ObjectMetaBuilder(new ObjectMeta())
                .withLabels(Labels.of(job))
                .addToLabels(Labels.WORKER, Labels.digest(worker))
                .addToAnnotations(Labels.WORKER, worker)
                .addToAnnotations(Labels.EXPERIMENT, job.experiment());
    }

    private PodSpec pod(String worker, String secret) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(backend.terminationGrace().toSeconds())
                .withServiceAccountName(backend.serviceAccount().orElse(null))
                .withAutomountServiceAccountToken(false)
                // They would be the environment of other people's services.
                .withEnableServiceLinks(false)
                .withNodeSelector(backend.nodeSelector().isEmpty() ? null : backend.nodeSelector())
                .withTolerations(tolerations())
                .withSecurityContext(podSecurity())
                .withContainers(container(worker))
                .withVolumes(volumes(secret))
                .build();
    }

    private PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(backend.runAsUser().orElse(null))
                .withFsGroup(backend.fsGroup().orElse(null))
                // Else every start changes the group of each file that there is.
                .withFsGroupChangePolicy(backend.fsGroup().isPresent() ? "OnRootMismatch" : null)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private Container container(String worker) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(backend.image())
                .withImagePullPolicy(backend.pullPolicy().written())
                .withWorkingDir(WORK)
                .withArgs(job.arguments(worker))
                .withEnv(environment())
                .withNewResources()
                .withRequests(resources())
                .withLimits(resources())
                .endResources()
                .withSecurityContext(security())
                // Then its last lines are told even when its pod is gone.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(mounts())
                .build();
    }

    /** What is in the Secret of a submission, by key. */
    Map<String, String> secretData() {
        Map<String, String> data = new LinkedHashMap<>();
        job.secrets().forEach((variable, content) -> data.put(key(variable), content));
        return data;
    }

    private static String key(String variable) {
        return variable.equals(WorkerJob.STORE_FILE) ? KEY : variable;
    }

    private List<EnvVar> environment() {
        Map<String, String> all = new LinkedHashMap<>(job.environment());
        all.put("ASSAY_IMAGE", backend.image());
        // Somebody's own Secret has the store's address; what else pods need they have of their service account.
        Set<String> told = backend.secret().isPresent()
                ? Set.of(WorkerJob.STORE_FILE)
                : job.secrets().keySet();
        told.forEach(variable -> all.put(variable, SECRETS + "/" + key(variable)));
        return all.entrySet().stream()
                .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                .toList();
    }

    /** What is asked for is also the most it gets, so that no neighbour decides what a worker has. */
    private Map<String, Quantity> resources() {
        Map<String, Quantity> resources = new LinkedHashMap<>();
        BigDecimal cpus = backend.cpus().map(BigDecimal::valueOf).orElseGet(() -> BigDecimal.valueOf(job.threads()));
        resources.put("cpu", new Quantity(cpus.stripTrailingZeros().toPlainString()));
        backend.memory().ifPresent(memory -> resources.put("memory", new Quantity(Long.toString(memory.bytes()))));
        if (backend.gpus() > 0) {
            resources.put("nvidia.com/gpu", new Quantity(Integer.toString(backend.gpus())));
        }
        return resources;
    }

    private static SecurityContext security() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("folder", WORK + "/.assay", false));
        mounts.add(mount("store", SECRETS, true));
        mounts.add(mount("tmp", "/tmp", false));
        for (int i = 0; i < backend.data().size(); i++) {
            mounts.add(mount("data-" + i, backend.data().get(i).at(), true));
        }
        return mounts;
    }

    private static VolumeMount mount(String name, String path, boolean isReadOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(isReadOnly ? true : null)
                .build();
    }

    private List<Volume> volumes(String secret) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(
                backend.folder().map(shared -> volume("folder", shared, false)).orElseGet(() -> empty("folder")));
        volumes.add(new VolumeBuilder()
                .withName("store")
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .build());
        volumes.add(empty("tmp"));
        List<Data> data = backend.data();
        for (int i = 0; i < data.size(); i++) {
            volumes.add(volume("data-" + i, data.get(i), true));
        }
        return volumes;
    }

    /** A folder that goes with the pod. */
    private static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static Volume volume(String name, Kubernetes.Volume volume, boolean isReadOnly) {
        VolumeBuilder builder = new VolumeBuilder().withName(name);
        Optional<String> claim = volume.claim();
        return claim.isPresent()
                ? builder.withNewPersistentVolumeClaim(claim.get(), isReadOnly ? true : null)
                        .build()
                : builder.withNewHostPath(volume.hostPath().orElseThrow(), "Directory")
                        .build();
    }

    private List<Toleration> tolerations() {
        List<Toleration> tolerations = new ArrayList<>(
                backend.tolerations().stream().map(Manifests::toleration).toList());
        for (String taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (tolerations.stream().noneMatch(each -> taint.equals(each.getKey()))) {
                tolerations.add(new TolerationBuilder()
                        .withKey(taint)
                        .withOperator("Exists")
                        .withEffect(Effect.NO_EXECUTE.written())
                        .withTolerationSeconds(LOST_NODE_SECONDS)
                        .build());
            }
        }
        return tolerations;
    }

    private static Toleration toleration(Kubernetes.Toleration toleration) {
        return new TolerationBuilder()
                .withKey(toleration.key().orElse(null))
                .withOperator(toleration.value().isPresent() ? "Equal" : "Exists")
                .withValue(toleration.value().orElse(null))
                .withEffect(toleration.effect().map(Effect::written).orElse(null))
                .withTolerationSeconds(
                        toleration.during().map(java.time.Duration::toSeconds).orElse(null))
                .build();
    }
}
