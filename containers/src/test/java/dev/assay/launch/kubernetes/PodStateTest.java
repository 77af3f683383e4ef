package dev.assay.launch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.launch.JobState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pods as clusters have told of them, cut to what counts. */
@Tag("L4")
class PodStateTest {
    private static PodState pod(String metadata, String status) {
        String yaml = "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + metadata + "}\nspec: {nodeName: n1}\nstatus: "
                + status + "\n";
        return new PodState(Serialization.unmarshal(yaml, Pod.class), false);
    }

    private static JobState state(String status) {
        return pod("", status).worker(false);
    }

    private static String terminated(String what) {
        return "{phase: Failed, containerStatuses: [{state: {terminated: " + what + "}}]}";
    }

    private static String waiting(String what) {
        return "{phase: Pending, containerStatuses: [{state: {waiting: " + what + "}}]}";
    }

    @Test
    void worker_ended_tellsItsExitCode() {
        assertThat(state(terminated("{exitCode: 7, reason: Error}"))).isEqualTo(new JobState.Ended(7, false));
        assertThat(state(terminated("{exitCode: 0, reason: Completed}"))).isEqualTo(new JobState.Ended(0, false));
        assertThat(state(terminated("{exitCode: 137, reason: OOMKilled}"))).isEqualTo(new JobState.Ended(137, true));
    }

    @Test
    void worker_cannotBegin_isLostForGood() {
        assertThat(state(waiting("{reason: ErrImagePull, message: not found}")))
                .isEqualTo(new JobState.Lost("Its container cannot begin: ErrImagePull: not found", false));
        assertThat(state(terminated("{exitCode: 128, reason: StartError, message: no such file}")))
                .isEqualTo(new JobState.Lost("Its container could not begin: no such file", false));
    }

    @Test
    void worker_waits_tellsWhatFor() {
        assertThat(state(waiting("{reason: ContainerCreating}"))).isEqualTo(new JobState.Waiting("ContainerCreating"));
        assertThat(state("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " message: '0/2 nodes are available: 2 Insufficient cpu.'}]}"))
                .isEqualTo(new JobState.Waiting("Unschedulable: 0/2 nodes are available: 2 Insufficient cpu."));
        assertThat(state("{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                        + " message: 'persistentvolumeclaim \"work\" not found'}]}"))
                .isEqualTo(new JobState.Lost("Unschedulable: persistentvolumeclaim \"work\" not found", false));
    }

    @Test
    void worker_takenAwayByTheCluster_isLostForNow() {
        assertThat(state("{phase: Failed, reason: Evicted, message: 'The node was low on resource: memory.'}"))
                .isEqualTo(new JobState.Lost(
                        "Its pod was ended by the cluster (Failed). Evicted: The node was low on resource: memory.",
                        true));
        String deleted = ", deletionTimestamp: '2026-11-21T00:00:00Z'";
        String signalled = terminated("{exitCode: 143, reason: Error}");
        assertThat(pod(deleted, signalled).worker(false))
                .isEqualTo(new JobState.Lost("Its pod was deleted, so that it was told to stop.", true));
        // What a worker ends with that has left its trial to others.
        assertThat(pod(deleted, terminated("{exitCode: 75, reason: Error}")).worker(false))
                .isEqualTo(new JobState.Lost("Its pod was deleted, so that it was told to stop.", true));
        assertThat(pod(deleted, signalled).worker(true)).isEqualTo(new JobState.Ended(143, false));
        String silent = "{phase: Running, conditions: [{type: Ready, status: 'False'}, {type: ContainersReady, status:"
                + " 'True'}], containerStatuses: [{state: {running: {}}}]}";
        assertThat(state(silent)).isEqualTo(new JobState.Running());
        assertThat(pod(deleted, silent).worker(false))
                .isEqualTo(new JobState.Lost("Its node (n1) does not answer.", true));
    }
}
