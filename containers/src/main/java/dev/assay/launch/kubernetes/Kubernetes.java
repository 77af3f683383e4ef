package dev.assay.launch.kubernetes;

import dev.assay.config.ByteSize;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import dev.assay.error.AssayException;
import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.immutables.value.Value;

/** Jobs of a Kubernetes cluster, each one worker. */
@Config
@Kind("kubernetes")
@Doc("Jobs of a Kubernetes cluster, 1.20 or newer, each one worker. The store must be PostgreSQL, at an address"
        + " that pods reach.")
public interface Kubernetes extends Backend {

    @Doc("The application's image, best with its digest: registry.example.org/name@sha256:….")
    @NotBlank String image();

    @Doc("When nodes fetch the image.")
    @Value.Default
    default PullPolicy pullPolicy() {
        return PullPolicy.IF_NOT_PRESENT;
    }

    @Doc("A file that says where the cluster is. Default: what KUBECONFIG names, else ~/.kube/config, else the"
            + " cluster this runs in.")
    Optional<Path> kubeconfig();

    @Doc("The context of that file. Default: its current one.")
    Optional<@Size(min = 1) String> context();

    @Doc("Where Jobs are made. Default: the context's namespace.")
    Optional<@Size(min = 1) String> namespace();

    @Doc("The service account of workers, which is not mounted. Default: the namespace's.")
    Optional<@Size(min = 1) String> serviceAccount();

    @Doc("Cores of each worker. Default: as many as its threads.")
    Optional<@Positive Double> cpus();

    @Doc("Memory of each worker; one that needs more is ended. Default: no limit of its own.")
    Optional<ByteSize> memory();

    @Doc("GPUs of each worker, as nvidia.com/gpu.")
    @PositiveOrZero @Value.Default
    default int gpus() {
        return 0;
    }

    @Doc("Labels a node must have to get workers.")
    Map<String, String> nodeSelector();

    @Doc("Taints of nodes that do not keep workers away.")
    List<Toleration> tolerations();

    @Doc("What holds the folder .assay, with weights, checkpoints and logs: shared by all workers and the machine"
            + " that launches them. Default: each pod has one of its own, where the store keeps files elsewhere.")
    Optional<Volume> folder();

    @Doc("Data that workers read.")
    List<Data> data();

    @Doc("The Secret that has the store's address under the key (store). Default: one is made for each submission,"
            + " and goes with its Jobs.")
    Optional<@Size(min = 1) String> secret();

    @Doc("How long a worker that is told to stop has for the step it is at and its checkpoint.")
    @Value.Default
    default Duration terminationGrace() {
        return Duration.ofSeconds(60);
    }

    @Doc("The number of the user that workers are, where a volume wants one; not 0. Default: the image's.")
    Optional<@Positive Long> runAsUser();

    @Doc("The number of the group that may write volumes, where one wants it.")
    Optional<@Positive Long> fsGroup();

    /** When nodes fetch an image. */
    enum PullPolicy {
        @Kind("Always")
        ALWAYS("Always"),
        @Kind("IfNotPresent")
        IF_NOT_PRESENT("IfNotPresent"),
        @Kind("Never")
        NEVER("Never");

        private final String written;

        PullPolicy(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    /** What a taint does. */
    enum Effect {
        @Kind("NoSchedule")
        NO_SCHEDULE("NoSchedule"),
        @Kind("PreferNoSchedule")
        PREFER_NO_SCHEDULE("PreferNoSchedule"),
        @Kind("NoExecute")
        NO_EXECUTE("NoExecute");

        private final String written;

        Effect(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    /** A taint that does not keep workers away. */
    @Config
    @Doc("A taint that does not keep workers away.")
    interface Toleration extends Validated {
        @Doc("The taint's key. Default: any.")
        Optional<@Size(min = 1) String> key();

        @Doc("The taint's value. Default: any.")
        Optional<String> value();

        @Doc("What the taint does. Default: anything.")
        Optional<Effect> effect();

        @Doc("How long a worker stays on a node with a NoExecute taint. Default: for ever.")
        Optional<Duration> during();
    }

    /** A folder from outside of pods. */
    @Config
    @Doc("A folder from outside of pods: that of a claim, or one that is on every node.")
    interface Volume extends Validated {
        @Doc("The name of a PersistentVolumeClaim.")
        Optional<@Size(min = 1) String> claim();

        @Doc("An absolute path on every node.")
        Optional<@Pattern(regexp = "/.*") String> hostPath();

        @AssertTrue(message = "a volume is either a claim or a hostPath") default boolean isOneThing() {
            return claim().isPresent() != hostPath().isPresent();
        }
    }

    /** A folder that workers read. */
    @Config
    @Doc("A folder from outside of pods that workers read.")
    interface Data extends Volume {
        @Doc("The absolute path where workers find it.")
        @Pattern(regexp = "/.+") String at();
    }

    @Override
    default Launcher open(WorkerJob job, Consumer<String> progress) {
        if (!job.store().isServer()) {
            throw new AssayException(
                    "The store (" + job.store() + ") is a file, which pods of a cluster cannot share.\n"
                            + "Maybe there is a PostgreSQL server: --store 'jdbc:postgresql://host/database?user=…'.");
        }
        if (job.others().isPresent()) {
            throw new AssayException(
                    "Trials of another store cannot be started from on a cluster, which knows one store.\n"
                            + "Maybe --backend local does.");
        }
        if (folder().isEmpty() && job.artifacts().isEmpty()) {
            throw new AssayException(
                    "Workers need a folder that they share: folder: {claim: NAME} or {hostPath: /PATH}.\n"
                            + "Maybe the store is to keep files elsewhere, which does without: `artifacts s3://BUCKET/FOLDER`.");
        }
        return KubernetesLauncher.open(this, job);
    }

    @Override
    default Optional<String> manifest(WorkerJob job) {
        return Optional.of(new Manifests(this, job).yaml("worker-1"));
    }
}
