package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.assay.containers.Docker;
import dev.assay.containers.NeedsDocker;
import dev.assay.crashes.TallyCommands;
import dev.assay.elsewhere.S3Server;
import dev.assay.store.Claim;
import dev.assay.store.FailureKind;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole experiments in containers, of which some are killed, paused or run out of memory. */
@Tag("L3")
@Tag("P9")
@NeedsDocker
class DockerRunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RECIPE = """
            experiment: contained
            wrapper: tally
            base: {data: {}, model: {}, train: {steps: 400, stepMillis: 20, checkpointEvery: 5}}
            replicates: 8
            """;

    @RegisterExtension
    private static final S3Server BUCKETS = new S3Server();

    private static String image = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        image = TallyImage.inEngine();
    }

    @Test
    void run_oneContainerKilledAndOnePaused_endsAsTheUndisturbedOnThisMachine() throws Exception {
        TallyCommands local = commands("local");
        local.run("run", recipe(local, RECIPE), "--workers", "2", "--threads", "1");
        TallyCommands contained = commands("contained");
        Process run = contained.start(dockerRun(contained, RECIPE));
        try (DockerClient engine = Docker.client()) {
            await(() -> busy(contained).size() == 4);
            List<String> victims = busy(contained);
            engine.killContainerCmd("assay-" + victims.get(0)).exec();
            engine.pauseContainerCmd("assay-" + victims.get(1)).exec();

            assertThat(run.waitFor()).as(log(contained)).isZero();

            assertThat(results(contained)).isEqualTo(results(local));
            assertThat(trials(contained)).extracting(TrialRecord::attempt).contains(2);
            assertThat(ours(engine)).isEmpty();
        }
    }

    @Test
    void run_launcherKilledAndRunAgain_takesItsContainersOverAndLeavesNone() throws Exception {
        TallyCommands commands = commands("again");
        Process first = commands.start(dockerRun(commands, RECIPE));
        try (DockerClient engine = Docker.client()) {
            await(() -> busy(commands).size() == 4);
            List<String> before = running(engine).stream().map(Container::getId).toList();
            first.destroyForcibly().waitFor();
            assertThat(running(engine)).extracting(Container::getId).isEqualTo(before);

            commands.run(dockerRun(commands, RECIPE));

            assertThat(trials(commands)).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
            assertThat(trials(commands)).extracting(TrialRecord::attempt).containsOnly(1);
            assertThat(ours(engine)).isEmpty();
        }
    }

    @Test
    void run_trialNeedsMoreMemoryThanAllowed_failsAloneWithThatCause() throws Exception {
        TallyCommands commands = commands("memory");
        String recipe = """
                experiment: contained
                wrapper: tally
                base: {data: {}, model: {}, train: {steps: 5}}
                sweep: {grid: {train.fate: [memory, well]}}
                """;

        Process run = commands.start(dockerRun(commands, recipe));

        assertThat(run.waitFor()).as(log(commands)).isNotZero();
        assertThat(trials(commands))
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.FAILED, TrialState.COMPLETED);
        assertThat(trials(commands).get(0).failure())
                .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.OUT_OF_MEMORY));
    }

    @Test
    @Tag("C15")
    void run_onServerWithPasswordInAContainer_isInNoDescriptionOfAWorkers() throws Exception {
        try (PostgresContainer server = PostgresContainer.create(Files.createDirectory(folder.resolve("server")));
                DockerClient engine = Docker.client()) {
            server.start();
            Path own = Files.createDirectory(folder.resolve("served"));
            TallyCommands commands = new TallyCommands(own, server.address());
            Process run = commands.start(dockerRun(commands, RECIPE));
            await(() -> busy(commands).size() == 4);
            List<String> told =
                    engine.listContainersCmd().withLabelFilter(List.of("dev.assay.trial=contained")).exec().stream()
                            .map(found -> engine.inspectContainerCmd(found.getId())
                                    .exec()
                                    .toString())
                            .toList();

            assertThat(run.waitFor()).as(log(commands)).isZero();

            assertThat(told).hasSize(4).noneMatch(text -> text.contains(PostgresContainer.PASSWORD));
            assertThat(log(commands)).doesNotContain(PostgresContainer.PASSWORD);
            assertThat(trials(commands)).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
            assertThat(own.resolve(".assay/secrets")).doesNotExist();
        }
    }

    @Test
    @Tag("C15")
    @Tag("K4")
    void run_filesInABucket_isThereAndItsSecretInNoDescriptionOfAContainer() throws Exception {
        BUCKETS.make("contained");
        Path own = Files.createDirectory(folder.resolve("bucket"));
        TallyCommands commands =
                new TallyCommands(own, StoreAddress.of(own.resolve(".assay/store.db")), BUCKETS.environment());
        commands.run("artifacts", BUCKETS.address("contained"));
        try (DockerClient engine = Docker.client()) {
            Process run = commands.start(dockerRun(commands, RECIPE));
            await(() -> busy(commands).size() == 4);
            List<String> told = running(engine).stream()
                    .map(found ->
                            engine.inspectContainerCmd(found.getId()).exec().toString())
                    .toList();

            assertThat(run.waitFor()).as(log(commands)).isZero();

            assertThat(told).hasSize(4).noneMatch(text -> text.contains(S3Server.SECRET));
            assertThat(log(commands)).doesNotContain(S3Server.SECRET);
            assertThat(trials(commands)).hasSize(8).allSatisfy(trial -> {
                assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
                assertThat(BUCKETS.file("contained", "trials/" + trial.hash() + "/tally"))
                        .hasSameTextualContentAs(own.resolve(".assay/trials/" + trial.hash() + "/tally"));
            });
            assertThat(own.resolve(".assay/secrets")).doesNotExist();
        }
    }

    private String[] dockerRun(TallyCommands commands, String recipe) throws Exception {
        String backend = "{kind: docker, image: '" + image + "', memory: 384MiB}";
        return new String[] {"run", recipe(commands, recipe), "--backend", backend, "--workers", "4", "--threads", "1"};
    }

    private TallyCommands commands(String name) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        return new TallyCommands(own, StoreAddress.of(own.resolve(".assay/store.db")));
    }

    private static String recipe(TallyCommands commands, String text) throws Exception {
        return Files.writeString(commands.folder().resolve("recipe.yaml"), text).toString();
    }

    private List<Container> running(DockerClient engine) {
        return ours(engine).stream()
                .filter(found -> "running".equals(found.getState()))
                .toList();
    }

    /** Containers whose store's folder lies in that of this test. */
    private List<Container> ours(DockerClient engine) {
        List<Container> found = new ArrayList<>(engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("dev.assay.trial"))
                .exec());
        found.removeIf(other ->
                !Objects.toString(other.getLabels().get("dev.assay.store")).startsWith(folder.toString()));
        return found;
    }

    /** The workers that are at a trial. */
    private static List<String> busy(TallyCommands commands) {
        return trials(commands).stream()
                .filter(trial -> trial.progress() > 0)
                .flatMap(trial -> trial.circumstances().claim().stream())
                .map(Claim::worker)
                .toList();
    }

    private static List<TrialRecord> trials(TallyCommands commands) {
        try (TrialStore store = TrialStore.open(commands.address())) {
            return store.trialsOf("contained");
        }
    }

    private static List<String> results(TallyCommands commands) {
        return trials(commands).stream()
                .map(trial -> trial.hash() + " " + trial.state() + " " + trial.metrics())
                .toList();
    }

    private static String log(TallyCommands commands) throws Exception {
        Path log = commands.folder().resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
            Thread.sleep(50);
        }
    }
}
