package dev.assay.launch.slurm;

import dev.assay.launch.JobState;
import java.util.Optional;
import java.util.Set;

/**
 * A job of an array as squeue lists it.
 *
 * @param array name of the array
 * @param index its index in the array
 * @param id the two together as Slurm's commands know it, such as {@code 12_0}
 * @param state in capitals
 * @param reason why it waits, or ended
 */
record SlurmJob(String array, int index, String id, String state, String reason) {
    /** None of its characters means anything to a shell. */
    static final String FORMAT = "%j,%K,%i,%T,%r";

    private static final int FIELDS = 5;

    private static final Set<String> WAITING = Set.of(
            "PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESV_DEL_HOLD", "SPECIAL_EXIT");

    private static final Set<String> OVER = Set.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "LAUNCH_FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "RECONFIG_FAIL",
            "REVOKED",
            "TIMEOUT");

    /** Reasons that no waiting ends: nobody will have what the job asks for, or it may not. */
    private static final Set<String> NEVER = Set.of(
            "AccountNotAllowed",
            "AssocMaxCpuPerJobLimit",
            "AssocMaxMemPerJob",
            "AssocMaxNodePerJobLimit",
            "AssocMaxWallDurationPerJobLimit",
            "BadConstraints",
            "DependencyNeverSatisfied",
            "InvalidAccount",
            "InvalidQOS",
            "PartitionNodeLimit",
            "PartitionTimeLimit",
            "QOSMaxCpuPerJobLimit",
            "QOSMaxMemoryPerJob",
            "QOSMaxNodePerJobLimit",
            "QOSMaxWallDurationPerJobLimit",
            "QOSNotAllowed");

    /** Reads a line of squeue; empty if it is none of a job in an array. */
    static Optional<SlurmJob> parse(String line) {
        String[] fields = line.strip().split(",", FIELDS);
        boolean isOne = fields.length == FIELDS && fields[1].matches("[0-9]{1,9}");
        return isOne
                ? Optional.of(new SlurmJob(fields[0], Integer.parseInt(fields[1]), fields[2], fields[3], fields[4]))
                : Optional.empty();
    }

    /** Whether it has ended; how, {@link SlurmEnd} tells. */
    boolean isOver() {
        return OVER.contains(state);
    }

    /** Whether its node is still to say that its processes are gone. */
    boolean isCompleting() {
        return state.equals("COMPLETING");
    }

    boolean isWaiting() {
        return WAITING.contains(state);
    }

    /** How a worker stands whose job this is, if it is not over. */
    JobState standing() {
        if (!isWaiting()) {
            return new JobState.Running();
        }
        return NEVER.contains(reason)
                ? new JobState.Lost(
                        "Slurm will never start the worker's job (" + id + "): " + reason
                                + ".\nMaybe the backend asks for more time, memory or cores than the partition gives.",
                        false)
                : new JobState.Waiting(reason);
    }
}
