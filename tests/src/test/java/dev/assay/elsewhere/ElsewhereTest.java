package dev.assay.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.artifact.Artifacts;
import dev.assay.crashes.StoreServer;
import dev.assay.endtoend.Application;
import dev.assay.endtoend.Crashes;
import dev.assay.store.StoreAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Machines that share a database and a bucket, and no folder. */
@Tag("K4")
class ElsewhereTest {
    @RegisterExtension
    private static final S3Server SERVER = new S3Server();

    private static final String BUCKET = "files";

    private static final String RECIPE = """
            experiment: elsewhere
            wrapper: classifier
            base:
              data: {kind: synthetic, trainExamples: 384, testExamples: 64, validationExamples: 64}
              model: {kind: small-cnn, width: 4}
              train:
                epochs: 12
                batchSize: 16
                optimizer: {kind: sgd, lr: 0.05, momentum: 0.9}
                sinks: [csv]
                checkpoint: {steps: 8}
            replicates: 3
            """;

    @TempDir
    Path folder;

    @Test
    void run_onAnotherMachineAfterACrash_goesOnFromWhatIsInTheBucket() throws Exception {
        Map<String, String> expected =
                new Crashes(Files.createDirectory(folder.resolve("undisturbed")), RECIPE).finish();
        SERVER.make(BUCKET);
        try (StoreServer database = StoreServer.start(folder.resolve("database"))) {
            StoreAddress store = database.newDatabase("elsewhere");
            Crashes first = machine("first", store);
            succeed(first.application(), "artifacts", SERVER.address(BUCKET));
            crashUnderWay(first.application());

            Crashes second = machine("second", store);
            second.finish();
            assertThat(logs(second)).containsPattern("Going on from step \\d+");

            Crashes third = machine("third", store);
            succeed(third.application(), "artifacts", "here");
            assertThat(third.left()).isEqualTo(expected);
            assertThat(folder.resolve("third/.assay/reports/elsewhere")).isDirectoryContaining("glob:**.html");
            assertThat(csv("third")).isNotEmpty().isEqualTo(csv("undisturbed"));
        }
    }

    private Crashes machine(String name, StoreAddress store) throws IOException {
        Map<String, String> environment = new HashMap<>(SERVER.environment());
        environment.put("ASSAY_STORE", store.secretText());
        return new Crashes(new Application(Files.createDirectory(folder.resolve(name)), environment), RECIPE);
    }

    /** Kills all processes of the run when the first state of a trial is in the bucket. */
    private void crashUnderWay(Application machine) throws Exception {
        Artifacts bucket = Artifacts.in(folder.resolve("looking"), Optional.of(SERVER.address(BUCKET)));
        File log = machine.folder().resolve("log").toFile();
        Process run = machine.start(log, log, "run", "crashes.yaml", "--workers", "2");
        while (bucket.list("trials").stream()
                .noneMatch(file -> file.name().matches(".*/checkpoints/step-\\d+\\.json"))) {
            assertThat(run.isAlive()).as(Files.readString(log.toPath())).isTrue();
            Thread.sleep(20);
        }
        List<ProcessHandle> all = run.descendants().toList();
        run.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        run.waitFor();
    }

    private static String succeed(Application application, String... args) throws Exception {
        Application.Ended ended = application.run(args);
        assertThat(ended.code()).as(ended.err()).isEqualTo(0);
        return ended.out();
    }

    private static String logs(Crashes machine) throws IOException {
        return texts(machine.application().folder().resolve(".assay/logs"), ".log");
    }

    /** What was recorded beside the store, as name, step and value: all else is of the machine. */
    private List<String> csv(String machine) throws IOException {
        return texts(folder.resolve(machine).resolve(".assay/trials"), ".csv")
                .lines()
                .filter(line -> line.startsWith("val.") || line.startsWith("train.loss"))
                .map(line -> line.replaceAll(",.*?,.*?,.*?,", " ") + line.replaceAll("^[^,]*,([^,]*),.*", " $1"))
                .toList();
    }

    private static String texts(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(ElsewhereTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
