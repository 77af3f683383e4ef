package dev.assay.training;

import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.config.ConfigWriter;
import dev.assay.engine.NativeEngine;
import dev.assay.error.AssayException;
import dev.assay.run.Trial;
import dev.assay.run.Wrappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When a training's state is written down, and which of what was written is kept. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final CheckpointConfig config;
    private final CheckpointFolder folder;
    private final Checkpoint.Maker maker;
    private final BestStates best;
    private long lastTime = System.nanoTime();

    Checkpoints(Trial<? extends TrainingRun> trial, BestStates best) {
        this.config = trial.config().train().checkpoint();
        this.folder = CheckpointFolder.of(trial.artifacts(), trial.directory());
        this.best = best;
        this.maker = new Checkpoint.Maker(
                trial.hash(), ConfigWriter.toJson(trial.config()).toString(), trial.threads(), NativeEngine.version());
    }

    /** Whether it is time for one, a step having led from one position to the next. */
    boolean isDue(Position before, Position now) {
        return System.nanoTime() - lastTime >= config.time().toNanos()
                || config.steps().filter(n -> Every.steps(n).isDue(before, now)).isPresent()
                || config.epochs()
                        .filter(n -> Every.epochs(n).isDue(before, now))
                        .isPresent();
    }

    /** Writes the state down, and deletes the states that need not be kept any more. */
    void write(long step, TrainingState state) {
        try {
            folder.write(state.checkpoint(step, maker));
            folder.keep(kept());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The checkpoint of step " + step + " cannot be written: " + e.getMessage(), e);
        }
        publish(step);
        lastTime = System.nanoTime();
    }

    /** A state that is on this machine only is better than none: the next one brings it elsewhere, too. */
    private void publish(long step) {
        try {
            folder.publish();
        } catch (IOException e) {
            LOG.warn("The checkpoint of step {} is on this machine only until the next one: {}", step, e.getMessage());
        }
    }

    private List<Long> kept() throws IOException {
        List<Long> kept = new ArrayList<>(best.steps());
        SortedSet<Long> steps = folder.steps();
        new TreeSet<>(steps)
                .descendingSet().stream().limit(Math.max(1, config.keepLast())).forEach(kept::add);
        return kept;
    }

    /** After a training has ended: deletes what is not to be kept then. */
    void end() {
        if (config.keepLast() == 0) {
            try {
                folder.keep(best.steps());
            } catch (IOException e) {
                LOG.warn("Checkpoints could not be deleted: {}", e.getMessage());
            }
        }
    }

    /**
     * The state to go on from.
     *
     * @throws AssayException if it is that of another config, with the difference
     */
    Optional<Checkpoint> newest(NDManager owner) throws IOException {
        Optional<Checkpoint> newest = folder.newest(owner);
        newest.ifPresent(checkpoint -> {
            requireSameTrial(checkpoint.maker());
            warnOfOtherBits(checkpoint);
        });
        return newest;
    }

    Checkpoint read(long step, NDManager owner) {
        try {
            return folder.read(step, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint of step " + step + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The state of another trial that this one starts from. */
    Checkpoint origin(Trial<?> trial, NDManager owner) {
        Artifacts artifacts = trial.otherArtifacts();
        Path directory = Wrappers.directory(
                artifacts.folder(), trial.origin().orElseThrow().trial());
        long step = trial.origin().orElseThrow().step();
        try {
            return CheckpointFolder.fetched(artifacts, directory).read(step, owner);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The state of trial " + trial.origin().orElseThrow().trial() + " after step " + step
                            + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private void requireSameTrial(Checkpoint.Maker other) {
        if (!other.trial().equals(maker.trial())) {
            throw new AssayException(
                    "The checkpoints in the trial's folder are those of another config; it differs in\n  "
                            + String.join("\n  ", differences(other.config()))
                            + "\nMaybe the folder was copied from another trial; a training goes on with its own config only.");
        }
    }

    private List<String> differences(String otherConfig) {
        JsonMapper json = JsonMapper.builder().build();
        List<String> differences = new ArrayList<>();
        compare("", json.readTree(otherConfig), json.readTree(maker.config()), differences);
        return differences;
    }

    private static void compare(String path, JsonNode theirs, JsonNode ours, List<String> differences) {
        if (!theirs.isObject() || !ours.isObject()) {
            if (!theirs.equals(ours)) {
                differences.add(path + ": " + theirs + " → " + ours);
            }
            return;
        }
        SortedSet<String> keys = new TreeSet<>(theirs.propertyNames());
        keys.addAll(ours.propertyNames());
        keys.forEach(
                key -> compare(path.isEmpty() ? key : path + "." + key, theirs.path(key), ours.path(key), differences));
    }

    private void warnOfOtherBits(Checkpoint checkpoint) {
        Checkpoint.Maker other = checkpoint.maker();
        if (other.threads() != maker.threads() || !Objects.equals(other.engine(), maker.engine())) {
            LOG.warn(
                    "Step {} was reached with {} threads and {}; it goes on with {} and {}, so the result will not be the same to the bit.",
                    checkpoint.step(),
                    other.threads(),
                    other.engine(),
                    maker.threads(),
                    maker.engine());
        }
    }
}
