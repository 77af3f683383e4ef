package dev.assay.launch.kubernetes;

import dev.assay.launch.JobState;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster says of the pod of a worker.
 *
 * @param pod as it was last seen
 * @param isGone whether the cluster has it no more
 */
record PodState(Pod pod, boolean isGone) {
    private static final int FIRST_SIGNAL = 128;
    private static final int KILLED = FIRST_SIGNAL + 9;

    /** What a container waits for that time does not mend. */
    private static final Set<String> HOPELESS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "CreateContainerConfigError",
            "CreateContainerError");

    /** How a container has ended that has never begun. */
    private static final Set<String> NEVER_BEGUN = Set.of("StartError", "ContainerCannotRun");

    private static final Pattern NO_CLAIM = Pattern.compile("persistentvolumeclaim \"[^\"]*\" not found");

    /**
     * Reads how the worker stands.
     *
     * @param isOurs whether it was told to end, so that it is no wonder if its pod is deleted
     */
    JobState worker(boolean isOurs) {
        Optional<ContainerStateTerminated> end = container().map(ContainerState::getTerminated);
        if (end.isPresent()) {
            return ended(end.get(), isOurs);
        }
        if (isGone) {
            return new JobState.Lost(isOurs ? "It was told to stop, and is gone." : "Its pod was deleted.", true);
        }
        String phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        if (phase.equals("Failed") || phase.equals("Unknown")) {
            return new JobState.Lost(failure(phase), true);
        }
        if (isDeleted() && isNodeSilent()) {
            return new JobState.Lost("Its node (" + node() + ") does not answer.", true);
        }
        return container().map(ContainerState::getRunning).isPresent() ? new JobState.Running() : begins();
    }

    private JobState ended(ContainerStateTerminated end, boolean isOurs) {
        int status = Objects.requireNonNullElse(end.getExitCode(), FIRST_SIGNAL);
        String reason = Objects.requireNonNullElse(end.getReason(), "");
        if (reason.equals("OOMKilled")) {
            return new JobState.Ended(KILLED, true);
        }
        if (NEVER_BEGUN.contains(reason)) {
            return new JobState.Lost("Its container could not begin: " + end.getMessage(), false);
        }
        if (reason.equals("ContainerStatusUnknown")) {
            return new JobState.Lost("Its node (" + node() + ") does not know what became of it.", true);
        }
        boolean isTakenAway = !isOurs && status != 0 && (isGone || isDeleted() || isEvicted());
        return isTakenAway ? new JobState.Lost(takenAway(), true) : new JobState.Ended(status, false);
    }

    /** The node wanted its place, or somebody has deleted it. */
    private String takenAway() {
        return isEvicted() ? failure("Failed") : "Its pod was deleted, so that it was told to stop.";
    }

    private boolean isEvicted() {
        return pod.getStatus().getReason() != null;
    }

    private String failure(String phase) {
        return Stream.of(pod.getStatus().getReason(), pod.getStatus().getMessage())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": ", "Its pod was ended by the cluster (" + phase + "). ", ""))
                .strip();
    }

    private JobState begins() {
        Optional<PodCondition> unscheduled =
                condition("PodScheduled").filter(each -> each.getStatus().equals("False") && each.getReason() != null);
        if (unscheduled.isPresent()) {
            String why = told(unscheduled.get().getReason(), unscheduled.get().getMessage());
            return NO_CLAIM.matcher(why).find() ? new JobState.Lost(why, false) : new JobState.Waiting(why);
        }
        Optional<ContainerStateWaiting> waiting = container().map(ContainerState::getWaiting);
        String reason = waiting.map(ContainerStateWaiting::getReason).orElse("");
        String why = told(reason, waiting.map(ContainerStateWaiting::getMessage).orElse(null));
        return HOPELESS.contains(reason)
                ? new JobState.Lost("Its container cannot begin: " + why, false)
                : new JobState.Waiting(why);
    }

    private static String told(String reason, @Nullable String message) {
        return message == null || message.isEmpty() ? reason : reason + ": " + message;
    }

    /** Whether nobody has heard of its node for a while: then the cluster says that it is not ready, although its container is. */
    boolean isNodeSilent() {
        return condition("Ready")
                        .filter(each -> each.getStatus().equals("False"))
                        .isPresent()
                && condition("ContainersReady")
                        .filter(each -> each.getStatus().equals("True"))
                        .isPresent();
    }

    private boolean isDeleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private Optional<PodCondition> condition(String type) {
        return Optional.ofNullable(pod.getStatus().getConditions()).stream()
                .flatMap(List::stream)
                .filter(each -> each.getType().equals(type))
                .findFirst();
    }

    /** Its last lines as they were kept when it ended. */
    String lastWords() {
        return container()
                .map(ContainerState::getTerminated)
                .map(ContainerStateTerminated::getMessage)
                .orElse("");
    }

    String name() {
        return pod.getMetadata().getName();
    }

    private String node() {
        return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
    }

    private Optional<ContainerState> container() {
        return Optional.ofNullable(pod.getStatus().getContainerStatuses()).stream()
                .flatMap(List::stream)
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
