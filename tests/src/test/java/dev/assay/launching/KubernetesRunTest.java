package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.assay.containers.Docker;
import dev.assay.containers.NeedsDocker;
import dev.assay.crashes.TallyCommands;
import dev.assay.elsewhere.S3Server;
import dev.assay.store.FailureKind;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole experiments on a cluster, of which one loses a node. */
@Tag("L4")
@Tag("P9")
@NeedsDocker
@NeedsKubernetes
class KubernetesRunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final String OURS = "app.kubernetes.io/managed-by=assay";
    private static final String RECIPE = """
        experiment: clustered
        wrapper: tally
        base: {data: {}, model: {}, train: {steps: 150, stepMillis: 40, checkpointEvery: 5}}
        replicates: 6
        """;

    private final KubernetesCluster cluster = KubernetesCluster.get();
    private final Path work = cluster.newFolder();
    private final TallyCommands commands = new TallyCommands(work, cluster.newDatabase());

    @TempDir
    Path folder;

    @Test
    void run_aNodeIsLost_endsAsTheUndisturbedOnThisMachineAndLeavesNothing() throws Exception {
        String everything = runWithALostNode(commands, cluster.backend(work, cluster.image()));

        assertThat(everything).contains("ASSAY_STORE_FILE").doesNotContain(KubernetesCluster.PASSWORD);
        assertThat(log()).doesNotContain(KubernetesCluster.PASSWORD);
    }

    @Test
    @Tag("K4")
    void run_aNodeIsLostThatSharesABucketOnly_endsAsTheUndisturbedOnThisMachine() throws Exception {
        try (S3Server buckets = new S3Server(KubernetesCluster.HOST)) {
            buckets.open();
            buckets.make("clustered");
            TallyCommands sharing = new TallyCommands(work, commands.address(), buckets.environment());
            sharing.run("artifacts", buckets.address("clustered"));

            String everything = runWithALostNode(sharing, cluster.backend(cluster.image()));

            assertThat(everything).contains("AWS_SHARED_CREDENTIALS_FILE").doesNotContain(S3Server.SECRET);
            assertThat(trials(commands))
                    .allSatisfy(trial -> assertThat(buckets.file("clustered", "trials/" + trial.hash() + "/tally"))
                            .exists());
        }
    }

    /** Returns what the cluster tells of it while it runs. */
    private String runWithALostNode(TallyCommands run, String backend) throws Exception {
        TallyCommands local = new TallyCommands(folder, StoreAddress.of(folder.resolve(".assay/store.db")));
        local.run("run", recipe(local, RECIPE), "--workers", "4", "--threads", "1");
        Process process = run.start(onCluster(backend, RECIPE, 4));
        await(() -> kubectl("get", "pods", "-l", OURS, "-o", "wide")
                        .lines()
                        .filter(line -> line.contains("Running"))
                        .count()
                == 4);
        await(() ->
                trials(commands).stream().filter(trial -> trial.progress() > 0).count() == 4);
        String everything = kubectl("get", "jobs,pods,secrets,events", "-o", "yaml");
        try (DockerClient engine = Docker.client()) {
            engine.killContainerCmd("assay-kube-2").exec();
            assertThat(process.waitFor()).as(log()).isZero();
            engine.startContainerCmd("assay-kube-2").exec();
        }
        assertThat(results(commands)).isEqualTo(results(local));
        assertThat(trials(commands)).extracting(TrialRecord::attempt).contains(2);
        assertNothingIsLeft();
        return everything;
    }

    @Test
    void run_imageThatIsNotThere_isToldInSeconds() throws Exception {
        long begin = System.nanoTime();

        Process run = commands.start(onCluster(cluster.backend(work, "localhost:1/nothing:1"), RECIPE, 1));

        assertThat(run.waitFor()).isNotZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECONDS);
        assertThat(log()).contains("cannot begin", "localhost:1/nothing:1");
        assertNothingIsLeft();
    }

    @Test
    void run_trialNeedsMoreMemoryThanAllowed_failsAloneWithThatCause() throws Exception {
        String recipe = """
            experiment: clustered
            wrapper: tally
            base: {data: {}, model: {}, train: {steps: 5}}
            sweep: {grid: {train.fate: [memory, well]}}
            """;

        Process run = commands.start(onCluster(cluster.backend(work, cluster.image()), recipe, 1));

        assertThat(run.waitFor()).as(log()).isNotZero();
        assertThat(trials(commands))
                .extracting(TrialRecord::state)
                .containsExactlyInAnyOrder(TrialState.FAILED, TrialState.COMPLETED);
        assertThat(trials(commands))
                .flatExtracting(trial -> trial.failure().stream().toList())
                .singleElement()
                .satisfies(failure -> assertThat(failure.kind()).as(log()).isEqualTo(FailureKind.OUT_OF_MEMORY));
        assertNothingIsLeft();
    }

    private String[] onCluster(String backend, String recipe, int workers) throws IOException {
        return new String[] {
            "run",
            recipe(commands, recipe),
            "--backend",
            backend,
            "--workers",
            Integer.toString(workers),
            "--threads",
            "1"
        };
    }

    private static String recipe(TallyCommands commands, String text) throws IOException {
        return Files.writeString(commands.folder().resolve("recipe.yaml"), text).toString();
    }

    private void assertNothingIsLeft() throws Exception {
        await(() ->
                kubectl("get", "jobs,pods,secrets", "-l", OURS, "-o", "name").isEmpty());
    }

    private String kubectl(String... arguments) throws Exception {
        return cluster.kubectl(arguments);
    }

    private String log() throws IOException {
        Path log = work.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static List<TrialRecord> trials(TallyCommands commands) {
        try (TrialStore store = TrialStore.open(commands.address())) {
            return store.trialsOf("clustered");
        }
    }

    private static List<String> results(TallyCommands commands) {
        return trials(commands).stream()
                .map(trial -> trial.hash() + " " + trial.state() + " " + trial.metrics())
                .toList();
    }

    /** What may fail. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
            Thread.sleep(300);
        }
    }
}
