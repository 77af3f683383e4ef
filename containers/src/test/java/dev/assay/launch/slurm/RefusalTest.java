package dev.assay.launch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What sbatch 22.05 has said on a cluster. */
@Tag("L4")
class RefusalTest {
    @Test
    void of_unknownPartition_saysHowToFindIt() {
        String said = """
                sbatch: error: invalid partition specified: nope
                sbatch: error: Batch job submission failed: Invalid partition name specified
                """;

        assertThat(Refusal.of(said))
                .isEqualTo("Slurm refuses the workers: invalid partition specified: nope;"
                        + " Batch job submission failed: Invalid partition name specified.\n"
                        + "Maybe `sinfo --summarize` tells the partition that was meant.");
    }

    @Test
    void of_tooMuchMemory_saysSo() {
        String said = """
                sbatch: error: Memory specification can not be satisfied
                sbatch: error: Batch job submission failed: Requested node configuration is not available
                """;

        assertThat(Refusal.of(said))
                .endsWith("\nMaybe no node has so much memory or so many cores: `sinfo --Node --long` tells.");
    }

    @Test
    void of_absentGpu_saysSo() {
        assertThat(Refusal.of(
                        "sbatch: error: Batch job submission failed: Invalid generic resource (gres) specification"))
                .endsWith("\nMaybe no node has so many GPUs: `sinfo --format=%G` tells.");
    }

    @Test
    void of_unknownOption_saysWhose() {
        assertThat(Refusal.of(
                        "sbatch: unrecognized option '--frobnicate=1'\nTry \"sbatch --help\" for more information\n"))
                .isEqualTo("Slurm refuses the workers: unrecognized option '--frobnicate=1'.\n"
                        + "Maybe this Slurm's sbatch does not know one of the backend's options.");
    }

    @Test
    void of_somethingElse_repeatsIt() {
        assertThat(Refusal.of("sbatch: error: No")).isEqualTo("Slurm refuses the workers: No.");
    }
}
