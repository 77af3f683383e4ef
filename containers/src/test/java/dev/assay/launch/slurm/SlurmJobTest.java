package dev.assay.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.launch.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines are what squeue 22.05 has printed on a cluster. */
@Tag("P9")
@Tag("L4")
class SlurmJobTest {
    @Test
    void parse_ofRunning_isRunning() {
        SlurmJob job = job("assay-y-1,2,7_2,RUNNING,None");

        assertThat(job).isEqualTo(new SlurmJob("assay-y-1", 2, "7_2", "RUNNING", "None"));
        assertThat(job.isOver()).isFalse();
        assertThat(job.standing()).isEqualTo(new JobState.Running());
    }

    @Test
    void parse_ofPending_waitsForItsReason() {
        assertThat(job("assay-y-1,4,7_4,PENDING,Resources").standing()).isEqualTo(new JobState.Waiting("Resources"));
    }

    @Test
    void parse_ofReasonWithCommas_keepsThem() {
        String line = "assay-y-1,0,9_0,PENDING,ReqNodeNotAvail, UnavailableNodes:slurm-[1,2]";

        assertThat(job(line).reason()).isEqualTo("ReqNodeNotAvail, UnavailableNodes:slurm-[1,2]");
    }

    @Test
    void standing_ofWhatWaitsForEver_isLostForGood() {
        JobState standing = job("lim,0,18_0,PENDING,PartitionTimeLimit").standing();

        assertThat(standing)
                .isEqualTo(new JobState.Lost(
                        "Slurm will never start the worker's job (18_0): PartitionTimeLimit.\n"
                                + "Maybe the backend asks for more time, memory or cores than the partition gives.",
                        false));
    }

    @Test
    void standing_ofWhatIsNotOverYet_isAlive() {
        assertThat(job("a,0,1_0,COMPLETING,None").standing()).isEqualTo(new JobState.Running());
        assertThat(job("a,0,1_0,SUSPENDED,None").standing()).isEqualTo(new JobState.Running());
    }

    @Test
    void isOver_ofEnded_isTrue() {
        assertThat(job("assay-y-1,4,7_4,CANCELLED,None").isOver()).isTrue();
        assertThat(job("assay-y-1,1,7_1,FAILED,JobLaunchFailure").isOver()).isTrue();
        assertThat(job("assay-y-1,2,7_2,NODE_FAIL,NodeDown").isOver()).isTrue();
    }

    @Test
    void parse_ofSomethingElse_isEmpty() {
        assertThat(SlurmJob.parse("")).isEmpty();
        assertThat(SlurmJob.parse("interactive,N/A,3,RUNNING,None")).isEmpty();
        assertThat(SlurmJob.parse("slurm_load_jobs error: Invalid job id specified"))
                .isEmpty();
    }

    private static SlurmJob job(String line) {
        return SlurmJob.parse(line).orElseThrow();
    }
}
