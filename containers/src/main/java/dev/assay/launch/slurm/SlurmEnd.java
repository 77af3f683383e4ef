package dev.assay.launch.slurm;

import dev.assay.launch.JobState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a job has ended.
 *
 * @param state in capitals
 * @param code exit code of its process
 * @param signal that ended it; 0 for none
 * @param nodes where it ran; empty where that is not told
 */
record SlurmEnd(String state, int code, int signal, String nodes) {
    private static final Pattern STATE = Pattern.compile("(?:^| )JobState=([A-Z_]+)");
    private static final Pattern EXIT = Pattern.compile(" ExitCode=([0-9]+):([0-9]+)");
    private static final Pattern NODES = Pattern.compile(" NodeList=([^ (]*)");
    private static final Pattern ACCOUNTED = Pattern.compile("([A-Z_]+)[^|]*\\|([0-9]+):([0-9]+)\\|([^|]*)");

    /** A process that ends by a signal has an exit code so much above its number. */
    private static final int SIGNALS = 128;

    private static final int KILLED = SIGNALS + 9;

    /** What Slurm gives for a signal where it could not open the file for the job's output. */
    private static final int NO_OUTPUT = 53;

    /** Reads the line that {@code scontrol show job -o} prints. */
    static Optional<SlurmEnd> parse(String line) {
        Matcher state = STATE.matcher(line);
        Matcher exit = EXIT.matcher(line);
        Matcher nodes = NODES.matcher(line);
        return state.find() && exit.find()
                ? Optional.of(new SlurmEnd(
                        state.group(1),
                        Integer.parseInt(exit.group(1)),
                        Integer.parseInt(exit.group(2)),
                        nodes.find() ? nodes.group(1) : ""))
                : Optional.empty();
    }

    /** Reads the line that {@code sacct --parsable2 --format=State,ExitCode,NodeList} prints. */
    static Optional<SlurmEnd> parseAccounted(String line) {
        Matcher fields = ACCOUNTED.matcher(line.strip());
        return fields.matches()
                ? Optional.of(new SlurmEnd(
                        fields.group(1),
                        Integer.parseInt(fields.group(2)),
                        Integer.parseInt(fields.group(3)),
                        fields.group(4)))
                : Optional.empty();
    }

    /** How a worker stands whose job this was. */
    JobState standing() {
        return switch (state) {
            case "COMPLETED" -> new JobState.Ended(0, false);
            case "FAILED" -> failed();
            case "OUT_OF_MEMORY" -> new JobState.Ended(KILLED, true);
            case "NODE_FAIL", "BOOT_FAIL" -> new JobState.Lost("The node" + node() + " of the worker failed.", true);
            case "PREEMPTED" ->
                new JobState.Lost("Slurm gave the worker's place" + node() + " to another job (PREEMPTED).", true);
            case "TIMEOUT", "DEADLINE" ->
                new JobState.Lost(
                        "The worker's time was over before it had left (" + state
                                + ").\nMaybe the backend's lead is too short for a step and a checkpoint.",
                        true);
            case "CANCELLED" -> new JobState.Lost("The worker's job was cancelled in Slurm.", true);
            default -> new JobState.Lost("The worker's job ended in Slurm's state " + state + ".", true);
        };
    }

    private JobState failed() {
        if (signal == NO_OUTPUT || (signal == 0 && code == BatchScript.NO_FOLDER)) {
            return new JobState.Lost(
                    "The node" + node() + " does not have the working folder, or may not write to it.\n"
                            + "Maybe the folder is not on storage that all nodes share.",
                    false);
        }
        return new JobState.Ended(signal > 0 ? SIGNALS + signal : code, false);
    }

    private String node() {
        return nodes.isEmpty() ? "" : " (" + nodes + ")";
    }
}
