package dev.assay.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.launch.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines are what scontrol 22.05 has printed on a cluster, with fewer of the fields that nobody reads. */
@Tag("P9")
@Tag("L4")
class SlurmEndTest {
    private static final String LINE = "JobId=10 ArrayJobId=7 ArrayTaskId=2 JobName=assay-y-1 UserId=root(0)"
            + " GroupId=root(0) MCS_label=N/A Priority=4294901758 Nice=0 Account=(null) QOS=(null) JobState=%s Reason=%s"
            + " Dependency=(null) Requeue=0 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=%s RunTime=00:01:09"
            + " TimeLimit=365-00:00:00 Partition=main AllocNode:Sid=slurm-0:271 ReqNodeList=(null) ExcNodeList=(null)"
            + " NodeList=%s BatchHost=slurm-2 NumNodes=1 WorkDir=/var/tmp/slurm-shared Power= ";

    @Test
    void standing_ofExitCode_isThat() {
        assertThat(standing("COMPLETED", "None", "0:0")).isEqualTo(new JobState.Ended(0, false));
        assertThat(standing("FAILED", "NonZeroExitCode", "75:0")).isEqualTo(new JobState.Ended(75, false));
        assertThat(standing("FAILED", "NonZeroExitCode", "137:0")).isEqualTo(new JobState.Ended(137, false));
    }

    @Test
    void standing_ofSignal_isItsExitCode() {
        assertThat(standing("FAILED", "JobLaunchFailure", "0:9")).isEqualTo(new JobState.Ended(137, false));
        assertThat(standing("FAILED", "JobLaunchFailure", "0:6")).isEqualTo(new JobState.Ended(134, false));
    }

    @Test
    void standing_ofMemoryShortage_saysSo() {
        assertThat(standing("OUT_OF_MEMORY", "OutOfMemory", "0:125")).isEqualTo(new JobState.Ended(137, true));
    }

    @Test
    void standing_ofLostNode_mayDoBetterElsewhere() {
        assertThat(standing("NODE_FAIL", "NodeDown", "0:0"))
                .isEqualTo(new JobState.Lost("The node (slurm-2) of the worker failed.", true));
    }

    @Test
    void standing_ofTimeAndPlaceTaken_mayDoBetterNextTime() {
        assertThat(standing("TIMEOUT", "TimeLimit", "0:15"))
                .isEqualTo(new JobState.Lost(
                        "The worker's time was over before it had left (TIMEOUT).\n"
                                + "Maybe the backend's lead is too short for a step and a checkpoint.",
                        true));
        assertThat(standing("PREEMPTED", "None", "0:15"))
                .isEqualTo(
                        new JobState.Lost("Slurm gave the worker's place (slurm-2) to another job (PREEMPTED).", true));
        assertThat(standing("CANCELLED", "None", "0:15"))
                .isEqualTo(new JobState.Lost("The worker's job was cancelled in Slurm.", true));
    }

    @Test
    void standing_ofNodeWithoutFolder_isHopeless() {
        JobState.Lost hopeless = new JobState.Lost(
                "The node (slurm-2) does not have the working folder, or may not write to it.\n"
                        + "Maybe the folder is not on storage that all nodes share.",
                false);

        assertThat(standing("FAILED", "JobLaunchFailure", "0:53")).isEqualTo(hopeless);
        assertThat(standing("FAILED", "NonZeroExitCode", "66:0")).isEqualTo(hopeless);
    }

    @Test
    void parse_ofWaitingJob_hasNoNode() {
        String line = LINE.formatted("PENDING", "Resources", "0:0", "(null)");

        assertThat(SlurmEnd.parse(line)).contains(new SlurmEnd("PENDING", 0, 0, ""));
    }

    @Test
    void parse_ofError_isEmpty() {
        assertThat(SlurmEnd.parse("slurm_load_jobs error: Invalid job id specified"))
                .isEmpty();
    }

    @Test
    void parseAccounted_ofCancelled_leavesOutByWhom() {
        assertThat(SlurmEnd.parseAccounted("CANCELLED by 1000|0:15|node[1-2]"))
                .contains(new SlurmEnd("CANCELLED", 0, 15, "node[1-2]"));
        assertThat(SlurmEnd.parseAccounted("Slurm accounting storage is disabled"))
                .isEmpty();
    }

    private static JobState standing(String state, String reason, String exit) {
        return SlurmEnd.parse(LINE.formatted(state, reason, exit, "slurm-2"))
                .orElseThrow()
                .standing();
    }
}
