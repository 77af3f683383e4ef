package dev.assay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;

/** Runs the body of a test as training is run: in a native thread, with memory of its own that is empty at the end. */
public final class Native {
    private Native() {}

    public static void run(Consumer<NDManager> body) throws Exception {
        NativeEngine.call(2, () -> {
            NDManager process;
            try (NDManager memory = NDManager.newBaseManager()) {
                process = memory.getParentManager();
                body.accept(memory);
            }
            assertThat(process.getManagedArrays()).as("arrays left behind").isEmpty();
            return true;
        });
    }
}
