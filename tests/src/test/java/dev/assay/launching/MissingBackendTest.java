package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.crashes.TallyCommands;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend that is not there costs. */
@Tag("L3")
class MissingBackendTest {
    private static final String NOWHERE = "{kind: docker, image: any, host: 'unix:///nowhere.sock'}";

    @TempDir
    Path folder;

    @Test
    void run_forcedWithoutEngine_isToldAndLosesNothing() throws Exception {
        TallyCommands commands = new TallyCommands(folder, StoreAddress.of(folder.resolve(".assay/store.db")));
        String recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                experiment: kept
                wrapper: tally
                base: {data: {}, model: {}, train: {steps: 3}}
                """).toString();
        commands.run("run", recipe, "--workers", "1");

        int code =
                commands.start("run", recipe, "--force", "--backend", NOWHERE).waitFor();

        assertThat(code).isEqualTo(69);
        assertThat(folder.resolve("log"))
                .content()
                .contains("No Docker engine answers at (unix:///nowhere.sock)")
                .doesNotContain("HttpRequestRetryExec", "\tat ");
        try (TrialStore store = TrialStore.open(commands.address())) {
            assertThat(store.trialsOf("kept")).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
        }
    }
}
