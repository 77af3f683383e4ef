package dev.assay.launch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ConfigReader;
import dev.assay.error.AssayException;
import dev.assay.launch.Backend;
import dev.assay.launch.WorkerJob;
import dev.assay.store.StoreAddress;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L4")
class ManifestsTest {
    private static final String SERVER = "jdbc:postgresql://db.example.org/assay?user=me&password=planted-secret";
    private static final String LEAST =
            "kind: kubernetes\nimage: registry.example.org/fit@sha256:1\nfolder: {claim: work}\n";

    private static Kubernetes read(String yaml) {
        return (Kubernetes) ConfigReader.of(Backend.class).parse(yaml, "backend.yaml");
    }

    private static WorkerJob job(String experiment) {
        return new WorkerJob("fit", "org.example.Fit", StoreAddress.parse(SERVER), Optional.empty(), experiment, 2);
    }

    private static Job manifest(String yaml, String worker) {
        return new Manifests(read(yaml), job("curves")).job(worker, "secret");
    }

    private static PodSpec pod(Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    private static Container container(Job job) {
        return pod(job).getContainers().get(0);
    }

    @Test
    void job_leastConfig_mayDoNothingItNeedNot() {
        Job job = manifest(LEAST, "host-1-a-1");

        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
        assertThat(pod(job).getAutomountServiceAccountToken()).isFalse();
        assertThat(pod(job).getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod(job).getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container(job).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
        assertThat(container(job).getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(container(job).getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
        assertThat(container(job).getArgs())
                .containsExactlyElementsOf(job("curves").arguments("host-1-a-1"));
        assertThat(container(job).getResources().getLimits()).containsOnlyKeys("cpu");
        assertThat(container(job).getResources().getLimits()).containsEntry("cpu", new Quantity("2"));
    }

    @Test
    void job_everythingSaid_saysItToTheCluster() {
        Job job = manifest(LEAST + """
            namespace: research
            serviceAccount: trainer
            pullPolicy: Always
            cpus: 1.5
            memory: 2GiB
            gpus: 1
            nodeSelector: {disk: fast}
            tolerations: [{key: gpu, effect: NoSchedule}, {key: node.kubernetes.io/unreachable, during: 5s}]
            data: [{hostPath: /pictures, at: /data}]
            terminationGrace: 2m
            runAsUser: 1234
            fsGroup: 5678
            """, "w");

        assertThat(job.getMetadata().getNamespace()).isEqualTo("research");
        assertThat(pod(job).getServiceAccountName()).isEqualTo("trainer");
        assertThat(container(job).getImagePullPolicy()).isEqualTo("Always");
        assertThat(container(job).getResources().getRequests())
                .containsEntry("cpu", new Quantity("1.5"))
                .containsEntry("memory", new Quantity("2147483648"))
                .containsEntry("nvidia.com/gpu", new Quantity("1"))
                .isEqualTo(container(job).getResources().getLimits());
        assertThat(pod(job).getNodeSelector()).containsEntry("disk", "fast");
        assertThat(pod(job).getTolerations())
                .extracting(Toleration::getKey)
                .containsExactly("gpu", "node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready");
        assertThat(pod(job).getTolerations().get(1).getTolerationSeconds()).isEqualTo(5);
        assertThat(pod(job).getVolumes().get(3).getHostPath().getPath()).isEqualTo("/pictures");
        assertThat(container(job).getVolumeMounts().get(3).getReadOnly()).isTrue();
        assertThat(pod(job).getTerminationGracePeriodSeconds()).isEqualTo(120);
        assertThat(pod(job).getSecurityContext().getRunAsUser()).isEqualTo(1234);
        assertThat(pod(job).getSecurityContext().getFsGroup()).isEqualTo(5678);
    }

    @Test
    void job_longStrangeNames_fitIntoLabelsAndStandInAnnotations() {
        String worker = "Some_very.long-host-name.of.a.department.example.org-12345-abcdef-17";
        Job job = new Manifests(read(LEAST), job("Größe/" + "x".repeat(80))).job(worker, "secret");

        assertThat(job.getMetadata().getName()).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        assertThat(job.getMetadata().getLabels().values())
                .allSatisfy(
                        label -> assertThat(label).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]+"));
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry("dev.assay.worker", worker)
                .containsEntry("dev.assay.trial", "Größe/" + "x".repeat(80));
        assertThat(Labels.name(worker)).isNotEqualTo(Labels.name(worker + "8"));
    }

    @Test
    void manifest_storeWithPassword_namesTheSecretAndTellsNothingOfIt() {
        String yaml = read(LEAST).manifest(job("curves")).orElseThrow();

        assertThat(yaml)
                .startsWith("# The Secret (assay-worker-1-")
                .contains("kind: \"Job\"", "mountPath: \"/work/.assay\"", "claimName: \"work\"")
                .contains("ASSAY_STORE_FILE")
                .doesNotContain("planted-secret", "db.example.org");
    }

    @Test
    void job_withoutFolder_hasOneOfItsOwn() {
        Job job = manifest(LEAST.replace("folder: {claim: work}\n", ""), "w");

        assertThat(pod(job).getVolumes().get(0).getName()).isEqualTo("folder");
        assertThat(pod(job).getVolumes().get(0).getEmptyDir()).isNotNull();
        assertThatThrownBy(
                        () -> read(LEAST.replace("folder: {claim: work}\n", "")).open(job("curves"), progress -> {}))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("artifacts s3://");
    }

    @Test
    void open_storeIsAFile_saysWhatToDo() {
        WorkerJob onFile = new WorkerJob(
                "fit", "org.example.Fit", StoreAddress.of(Path.of("store.db")), Optional.empty(), "curves", 1);

        assertThatThrownBy(() -> read(LEAST).open(onFile, progress -> {}))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("store.db")
                .hasMessageContaining("PostgreSQL");
    }

    @Test
    void open_noCluster_isToldInSeconds() {
        Kubernetes nowhere = read(LEAST + "kubeconfig: /nowhere/config\n");

        assertThatThrownBy(() -> nowhere.open(job("curves"), progress -> {}))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("/nowhere/config");
    }

    @Test
    void read_volumeOfTwoKinds_isRefused() {
        assertThatThrownBy(() -> read(LEAST + "data: [{claim: a, hostPath: /b, at: /c}]\n"))
                .hasMessageContaining("either a claim or a hostPath");
    }
}
