package dev.assay.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ByteSize;
import dev.assay.config.ConfigReader;
import dev.assay.launch.Backend;
import dev.assay.launch.WorkerJob;
import dev.assay.store.StoreAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L4")
class BatchScriptTest {
    private static final StoreAddress STORE = StoreAddress.parse("jdbc:postgresql://db/assay?user=me&password=planted");

    private static final WorkerJob JOB =
            new WorkerJob("app", "app.Main", STORE, Optional.empty(), "my 1st experiment", 2);

    private static final List<String> WORKERS = List.of("run-1", "run-2");

    @TempDir
    private Path folder;

    @Test
    void text_ofManySettings_hasThemAsOptions() throws IOException {
        SlurmBackend backend = (SlurmBackend) ConfigReader.of(Backend.class)
                .parse(
                        "{kind: slurm, partition: main, account: lab, qos: low, constraint: a100|h100, time: 1h30m, lead: 2m,"
                                + " memory: 1500MB, gpus: 2, options: [--mail-type=FAIL]}",
                        "test");

        String script = script(backend);

        assertThat(script.lines().filter(line -> line.startsWith("#SBATCH")))
                .contains(
                        "#SBATCH --array=0-1",
                        "#SBATCH --no-requeue",
                        "#SBATCH --cpus-per-task=2",
                        "#SBATCH --signal=B:TERM@120",
                        "#SBATCH --partition=\"main\"",
                        "#SBATCH --account=\"lab\"",
                        "#SBATCH --qos=\"low\"",
                        "#SBATCH --constraint=\"a100|h100\"",
                        "#SBATCH --time=90:00",
                        "#SBATCH --mem=1431M",
                        "#SBATCH --gres=gpu:2",
                        "#SBATCH --mail-type=FAIL");
    }

    @Test
    void text_ofSomeWorkers_startsEachByItsIndex() throws IOException {
        assertThat(script(ImmutableSlurmBackend.builder().build()))
                .contains(
                        "\n0) set -- worker --threads 2 'my 1st experiment' run-1 --log .assay/logs/worker-run-1.log ;;\n")
                .contains(
                        "\n1) set -- worker --threads 2 'my 1st experiment' run-2 --log .assay/logs/worker-run-2.log ;;\n")
                .contains("\nexec env ")
                .contains(" OMP_NUM_THREADS=2 ")
                .doesNotContain("planted");
    }

    @Test
    void text_isReadByTheShell() throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"), script(ImmutableSlurmBackend.builder().build()));

        Process process = new ProcessBuilder("/bin/sh", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void submission_holdsTheStoreForItsOwnerOnly_untilNobodyIsLeft() throws IOException {
        Submission submission = submission();

        assertThat(Files.readString(submission.secret(WorkerJob.STORE_FILE)).strip())
                .isEqualTo(STORE.secretText());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(submission.secret(WorkerJob.STORE_FILE))))
                .isEqualTo("rw-------");
        assertThat(submission.workers()).containsOnlyKeys("run-1", "run-2");
        assertThat(submission.jobName()).startsWith("assay-my-1st-experiment-");

        submission.forget("run-1");
        assertThat(submission.workers()).containsOnlyKeys("run-2");

        submission.forget("run-2");
        assertThat(submission.folder()).doesNotExist();
    }

    @Test
    void backend_withLittleTime_isRefused() {
        assertThatThrownBy(() -> ImmutableSlurmBackend.builder()
                        .time(Duration.ofSeconds(60))
                        .build())
                .hasMessageContaining("Time must be longer than lead");
        assertThat(ImmutableSlurmBackend.builder()
                        .time(Duration.ofSeconds(61))
                        .memory(ByteSize.parse("1GiB").orElseThrow())
                        .build())
                .isNotNull();
    }

    private Submission submission() {
        return Submission.create(folder.resolve(".assay"), JOB, WORKERS);
    }

    private String script(SlurmBackend backend) throws IOException {
        return new BatchScript(backend, JOB, submission()).text(WORKERS);
    }
}
