package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReaderFuzzTest {
    @Test
    @Tag("C2")
    @Timeout(60)
    void parse_mutatedFile_neverThrowsAnythingElse() {
        long seed = 20261120;
        RandomStream random = new Seed(seed).stream("fuzz");
        ConfigReader<ExampleRun> reader = ConfigReader.of(ExampleRun.class);
        int refused = 0;

        for (int i = 0; i < 5000; i++) {
            String yaml = Mutation.mutated(ConfigReaderTest.GOOD, random);
            try {
                reader.parse(yaml, "run.yaml");
            } catch (ConfigException e) {
                refused++;
                assertThat(e.faults()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("Seed " + seed + ", mutation " + i + ":\n" + yaml, e);
            }
        }

        assertThat(refused).isBetween(2500, 4999);
    }
}
