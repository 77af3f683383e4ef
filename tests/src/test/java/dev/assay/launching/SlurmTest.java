package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigReader;
import dev.assay.containers.NeedsDocker;
import dev.assay.launch.Backend;
import dev.assay.store.Attempt;
import dev.assay.store.FailureKind;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers on a Slurm cluster with two nodes, and experiments in which one of those or the command is lost. Working folders are on storage that the
 * nodes share, stores on a server that has a password.
 */
@NeedsDocker
@Tag("P9")
@Tag("L4")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlurmTest extends LauncherContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String PASSWORD = "planted-5c6f1d";
    private static final int TRIALS = 4;

    /** As said at the command line; each worker has a node for itself. */
    private static final String A_NODE_EACH = "memory: 3GB";

    @TempDir
    private static Path shared;

    @TempDir
    private static Path mine;

    private static Optional<SlurmCluster> cluster = Optional.empty();
    private static Optional<ReachableStore> server = Optional.empty();
    private static Map<Long, String> local = Map.of();

    /** It takes a minute, in which the other tests run. */
    private static Optional<TallyExperiment> fewAndSlow = Optional.empty();

    private static Optional<Process> shortOfTime = Optional.empty();

    /** Of a contract's test. */
    private Optional<StoreAddress> address = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        cluster = Optional.of(SlurmCluster.up(shared, 2));
        server = Optional.of(ReachableStore.start(mine.resolve("server"), PASSWORD));
        fewAndSlow = Optional.of(experiment("short", 1, 1200));
        // Slurm counts time in minutes and looks every half of one, so that its signal comes when some or many seconds
        // are over.
        shortOfTime = Optional.of(fewAndSlow
                .get()
                .start("--backend", backend("memory: 500MB, time: 60s, lead: 47s, options: [--nodelist=slurm-1]")));
        Path folder = mine.resolve("local");
        TallyExperiment here = new TallyExperiment(folder, StoreAddress.of(folder.resolve(".assay/s.db")), TRIALS, 0);
        assertThat(here.start().waitFor()).as(here.log()).isZero();
        local = here.results();
    }

    @AfterAll
    static void end() throws IOException {
        shortOfTime.ifPresent(Process::destroyForcibly);
        if (server.isPresent()) {
            server.get().close();
        }
        if (cluster.isPresent()) {
            cluster.get().close();
        }
    }

    @Override
    Backend backend() {
        return ConfigReader.of(Backend.class).parse(backend("memory: 1GiB"), "test");
    }

    @Override
    StoreAddress address() {
        return address.orElseThrow();
    }

    @BeforeEach
    @Override
    void openBoth() {
        try {
            address = Optional.of(database("contract" + DATABASES.incrementAndGet()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        super.openBoth();
    }

    @Test
    void run_whoseCommandIsKilled_takesItsWorkersOverAndEqualsLocal() throws Exception {
        TallyExperiment experiment = experiment("killed", TRIALS, 100);
        Process command = experiment.start("--backend", backend("memory: 1GiB"));
        experiment.await(command, SlurmTest::isWellUnderWay);
        assertThatNobodyKnowsThePassword(cluster());

        command.destroyForcibly().waitFor();
        int code = experiment.start("--backend", backend("memory: 1GiB")).waitFor();

        assertThat(code).as(experiment.log()).isZero();
        assertThat(experiment.results()).isEqualTo(local);
        assertThat(experiment.attempts()).as("no trial was begun again").hasSize(TRIALS);
        assertThat(experiment.attempts().stream().map(Attempt::worker).distinct())
                .as("no workers were needed but the first ones")
                .hasSize(2);
        assertThat(experiment.filesWith(PASSWORD)).isEmpty();
        assertThat(experiment.folder().resolve(".assay/slurm")).isEmptyDirectory();
    }

    private static void assertThatNobodyKnowsThePassword(SlurmCluster cluster) throws Exception {
        assertThat(cluster.control("scontrol", "show", "job"))
                .contains("JobName=assay-tally-")
                .doesNotContain(PASSWORD);
        assertThat(cluster.control("sh", "-c", "cat /var/spool/slurmctld/hash.*/job.*/*"))
                .contains("ASSAY_STORE_FILE=.assay/slurm/")
                .doesNotContain(PASSWORD);
        // Some end while they are read.
        String processes = "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ; true";
        assertThat(cluster.on("slurm-1", "sh", "-c", processes) + cluster.on("slurm-2", "sh", "-c", processes))
                .contains("ASSAY_STORE_FILE=.assay/slurm/")
                .doesNotContain(PASSWORD);
    }

    @Test
    void run_whoseNodeIsLost_losesNothing() throws Exception {
        TallyExperiment experiment = experiment("lost", TRIALS, 200);
        Process command = experiment.start("--backend", backend(A_NODE_EACH));

        experiment.await(command, SlurmTest::isWellUnderWay);
        cluster().kill("slurm-2");
        int code = command.waitFor();
        cluster().start("slurm-2");

        assertThat(code).as(experiment.log()).isZero();
        assertThat(experiment.results()).isEqualTo(local);
        assertThat(experiment.attempts()).extracting(Attempt::failure).contains(Optional.of(FailureKind.LOST));
    }

    @Test
    void run_withTooLittleTime_goesOnInOtherJobs() throws Exception {
        TallyExperiment few = fewAndSlow.orElseThrow();

        assertThat(shortOfTime.orElseThrow().waitFor()).as(few.log()).isZero();
        assertThat(local).containsAllEntriesOf(few.results());
        assertThat(few.attempts())
                .as("what its workers left when their time was over went on in others")
                .hasSizeGreaterThan(1)
                .extracting(Attempt::failure)
                .containsOnly(Optional.empty());
    }

    @Test
    void run_inUnknownPartition_isRefusedInSlurmsWords() throws Exception {
        TallyExperiment experiment = experiment("refused", 1, 0);

        Process command = experiment.start("--backend", backend("partition: nope"));

        assertThat(command.waitFor()).isNotZero();
        assertThat(experiment.log())
                .contains("Slurm refuses the workers: invalid partition specified: nope;"
                        + " Batch job submission failed: Invalid partition name specified.")
                .contains("Maybe `sinfo --summarize` tells the partition that was meant.");
    }

    @Test
    void run_thatWouldWaitForEver_isToldWhy() throws Exception {
        cluster().control("scontrol", "update", "PartitionName=main", "MaxTime=60");
        TallyExperiment experiment = experiment("forever", 1, 0);

        Process command = experiment.start("--backend", backend("time: 2h"));
        int code = command.waitFor();
        cluster().control("scontrol", "update", "PartitionName=main", "MaxTime=INFINITE");

        assertThat(code).isNotZero();
        assertThat(experiment.log())
                .contains("Slurm will never start the worker's job")
                .contains("PartitionTimeLimit");
        assertThat(cluster().control("squeue", "--noheader", "--states=PENDING"))
                .isBlank();
    }

    @Test
    void run_inFolderThatNodesLack_isToldSo() throws Exception {
        TallyExperiment experiment = new TallyExperiment(mine.resolve("apart"), database("apart"), 1, 0);

        Process command = experiment.start("--backend", backend("memory: 1GiB"));

        assertThat(command.waitFor()).isNotZero();
        assertThat(experiment.log())
                .contains("does not have the working folder")
                .contains("Maybe the folder is not on storage that all nodes share.");
    }

    @Test
    void run_withoutServer_isToldWhatToDo() throws Exception {
        Path folder = shared.resolve("sqlite");
        TallyExperiment experiment = new TallyExperiment(folder, StoreAddress.of(folder.resolve(".assay/s.db")), 1, 0);

        Process command = experiment.start("--backend", backend("memory: 1GiB"));

        assertThat(command.waitFor()).isNotZero();
        assertThat(experiment.log())
                .contains("must be on a PostgreSQL server")
                .contains("Maybe --store jdbc:postgresql:");
    }

    private static boolean isWellUnderWay(TrialRecord trial) {
        return trial.state() == TrialState.RUNNING && trial.progress() > 0.1;
    }

    private static TallyExperiment experiment(String name, int trials, int stepMillis) throws Exception {
        return new TallyExperiment(shared.resolve(name), database(name), trials, stepMillis);
    }

    private static StoreAddress database(String name) throws Exception {
        return server.orElseThrow().newDatabase(cluster().host(), name);
    }

    private static SlurmCluster cluster() {
        return cluster.orElseThrow();
    }

    private static String backend(String more) {
        return "{kind: slurm, via: [docker, exec, -i, " + SlurmCluster.CONTROLLER + "], " + more + "}";
    }
}
