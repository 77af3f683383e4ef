package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigReader;
import dev.assay.data.Datasets;
import dev.assay.model.Model;
import dev.assay.random.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeConfigTest {
    @TempDir
    Path folder;

    /** Notes the configs that data and model are made from. */
    private static final class Noting extends ToyWrapper {
        private final List<ToyRun> forData = new ArrayList<>();
        private final List<ToyRun> forModel = new ArrayList<>();

        @Override
        protected Datasets createDatasets(ToyRun config, Seed seed) {
            forData.add(config);
            return super.createDatasets(config, seed);
        }

        @Override
        protected Model createModel(ToyRun config, DataInfo info) {
            forModel.add(config);
            return super.createModel(config, info);
        }
    }

    @Test
    @Tag("C16")
    void run_dataAndModel_areMadeFromTheWholeConfigWithItsDefaults() throws Exception {
        ToyRun written = ConfigReader.of(ToyRun.class).parse("""
                seed: 7
                data: {}
                model: {}
                train: {epochs: 1, batchSize: 50, optimizer: {kind: sgd, lr: 0.125}}
                """, "run.yaml");
        Noting wrapper = new Noting();

        wrapper.run(new MemoryTrial(written, folder));

        assertThat(wrapper.forData).containsExactly(written);
        assertThat(wrapper.forModel).containsExactly(written).allSatisfy(config -> {
            assertThat(config.seed()).isEqualTo(7);
            assertThat(config.train().batchSize()).isEqualTo(50);
            assertThat(config.train().evaluateEvery()).isEqualTo(Every.epochs(1));
        });
    }
}
