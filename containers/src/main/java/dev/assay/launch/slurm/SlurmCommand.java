package dev.assay.launch.slurm;

import dev.assay.error.AssayException;
import dev.assay.launch.WorkerJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs Slurm's commands. */
final class SlurmCommand {
    private static final long PATIENCE_SECONDS = 60;

    private final List<String> via;

    SlurmCommand(List<String> via) {
        this.via = List.copyOf(via);
    }

    /**
     * What a command has answered.
     *
     * @param status its exit code
     */
    record Output(int status, String text, String error) {
        private static final Pattern UNANSWERED = Pattern.compile(
                "(?i)unable to contact slurm controller|socket timed out|connection (refused|timed out|reset|closed)"
                        + "|communication|temporarily|gave no answer");

        boolean isWell() {
            return status == 0;
        }

        /** Whether the same command may do better in a moment: it has reached nobody. */
        boolean isUnanswered() {
            return !isWell() && UNANSWERED.matcher(error).find();
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param input for its standard input
     * @throws AssayException if there is no such command
     */
    Output run(String input, String... words) {
        List<String> command = new ArrayList<>(via);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        // sbatch gives the jobs its own environment, and a cluster's administrators may read that.
        builder.environment().keySet().removeAll(List.of(WorkerJob.STORE, WorkerJob.STORE_FILE, "ASSAY_OTHER_STORE"));
        try {
            return ended(builder.start(), input, words[0]);
        } catch (IOException e) {
            throw new AssayException(
                    "Slurm's " + words[0] + " cannot be run: " + e.getMessage()
                            + "\nMaybe this machine is none of the cluster's: `via` says through what its commands are run, such as"
                            + " [ssh, login1].",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssayException("Slurm's " + words[0] + " was not waited for.", e);
        }
    }

    private static Output ended(Process process, String input, String name) throws InterruptedException {
        CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        write(process.getOutputStream(), input);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Output(1, "", name + " gave no answer in " + PATIENCE_SECONDS + " s");
        }
        return new Output(process.exitValue(), text.join(), error.join());
    }

    private static String read(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, String input) {
        try (out) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has ended before it had read everything, and says itself why.
        }
    }
}
