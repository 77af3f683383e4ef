package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreAddress;
import dev.assay.store.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a disk of two megabytes, which only an administrator can make. */
@Tag("R14")
class FullDiskTest {
    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0;
        if (!isMounted) {
            System.err.println("!! NO TEST OF A FULL DISK WILL RUN: a small one cannot be mounted.");
        }
        Assumptions.assumeTrue(isMounted);
    }

    @AfterEach
    void unmount() throws Exception {
        // Lazily, since the queue of writers stays mapped into memory until it is collected.
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void run_onAFullDisk_saysSoAndGoesOnWhenThereIsRoomAgain() throws Exception {
        StoreAddress address = StoreAddress.of(disk.resolve("store.db"));
        ToyCommands toy = new ToyCommands(disk, address);
        String recipe = toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 3}}", "replicates: 3");
        assertThat(toy.run("plan", recipe)).isZero();
        Path ballast = disk.resolve("ballast");
        fill(ballast);

        assertThat(toy.run("run", recipe, "--workers", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(toy.err()).contains("disk is full");

        Files.delete(ballast);
        assertThat(toy.run("run", recipe, "--workers", "1")).as(toy.err()).isZero();
        assertThat(toy.trials())
                .hasSize(3)
                .allSatisfy(trial -> assertThat(trial.state()).isEqualTo(TrialState.COMPLETED));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + address);
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] some = new byte[4096];
            while (true) {
                out.write(some);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
