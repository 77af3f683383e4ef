package dev.assay.launch.slurm;

import dev.assay.config.ByteSize;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.error.AssayException;
import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.launch.WorkerJob;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * Jobs of a Slurm cluster, one for each worker. The working folder must lie on storage that the nodes share, and the store on a PostgreSQL server that
 * they reach.
 */
@Config
@Kind("slurm")
@Doc(
        "Jobs of a Slurm cluster. The working folder must lie on storage that its nodes share, and the store on a PostgreSQL server.")
public interface SlurmBackend extends Backend {

    @Doc("Partition; the cluster's default without it.")
    Optional<String> partition();

    @Doc("Account that is charged; the user's default without it.")
    Optional<String> account();

    @Doc("Quality of service; the user's default without it.")
    Optional<String> qos();

    @Doc("Features that nodes must have, as Slurm writes them: \"a100|h100\".")
    Optional<String> constraint();

    @Doc(
            "How long a worker may run; the partition's default without it. What it has not finished goes on in the next one.")
    Optional<Duration> time();

    @Doc(
            "How long before its time is over a worker is told to write a checkpoint and leave; Slurm may do so up to a minute earlier.")
    @Value.Default
    default Duration lead() {
        return Duration.ofSeconds(60);
    }

    @Doc("Memory of each worker; without it what the cluster gives, which may be a whole node's.")
    Optional<ByteSize> memory();

    @Doc("GPUs of each worker.")
    @PositiveOrZero @Value.Default
    default int gpus() {
        return 0;
    }

    @Doc("More options of sbatch, such as --mail-type=FAIL.")
    List<String> options();

    @Doc("Command through which Slurm's own are run, such as [ssh, login1]; without it they are run on this machine.")
    List<String> via();

    @Doc("What a worker runs in on its node.")
    @Value.Default
    default NodeRuntime run() {
        return ImmutableJvm.builder().build();
    }

    @AssertTrue(message = "time must be longer than lead, or a worker would be told to leave when it begins") default boolean isTimeLongerThanLead() {
        return time().map(time -> time.compareTo(lead()) > 0).orElse(true);
    }

    @AssertTrue(message = "lead must be between 0 s and 65535 s") default boolean isLeadPossible() {
        return !lead().isNegative() && lead().toSeconds() <= 65_535;
    }

    @AssertTrue(message = "options must begin with --, and none may have a line break") default boolean isEachOptionOne() {
        return options().stream().allMatch(option -> option.startsWith("--") && isOneLine(option));
    }

    @AssertTrue(message = "partition, account, qos and constraint must have neither line breaks nor quotes") default boolean isEachNamePlain() {
        return Stream.of(partition(), account(), qos(), constraint())
                .flatMap(Optional::stream)
                .allMatch(name -> isOneLine(name) && !name.contains("\""));
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    default Launcher open(WorkerJob job, Consumer<String> progress) {
        if (!job.store().isServer()) {
            throw new AssayException(
                    "The store (" + job.store()
                            + ") must be on a PostgreSQL server: the nodes of a cluster cannot share a SQLite file.\n"
                            + "Maybe --store jdbc:postgresql://HOST/DATABASE?user=…, or ASSAY_STORE, which hides a password better.");
        }
        if (job.others().isPresent()) {
            throw new AssayException("Slurm's workers cannot start from trials of another store ("
                    + job.others().get() + "): they are told of one store only.\nMaybe --backend local.");
        }
        run().check(job, progress);
        return SlurmLauncher.open(this, job);
    }
}
