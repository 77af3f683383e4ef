package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreAddress;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("K4")
class SlowFilesTest {
    @TempDir
    Path folder;

    @Test
    void run_filesTakeLongerThanALeaseToComeFromAfar_keepsTheTrial() throws Exception {
        StoreAddress address = StoreAddress.of(folder.resolve("store.db"));
        ToyCommands toy = new ToyCommands(folder, address);
        try (TrialStore store = TrialStore.open(address)) {
            store.keepArtifactsAt(Optional.of("slow://place"));
        }

        assertThat(toy.run("run", toy.recipe("base: {data: {}, model: {quality: 0.5}, train: {steps: 1}}"), "--quiet"))
                .isZero();

        try (TrialStore store = TrialStore.open(address)) {
            assertThat(store.attempts(toy.trials().get(0).hash()))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.state()).contains(TrialState.COMPLETED));
        }
    }
}
