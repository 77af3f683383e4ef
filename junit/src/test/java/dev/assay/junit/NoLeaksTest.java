package dev.assay.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.djl.ndarray.NDManager;
import dev.assay.engine.NativeEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@Tag("K6")
class NoLeaksTest {

    @NoLeaks
    static class Cases {
        private static NDManager forgotten = NDManager.newBaseManager();

        @AfterAll
        static void close() {
            forgotten.close();
        }

        @Test
        void closes() throws Exception {
            long unused = NativeEngine.call(1, () -> {
                try (NDManager memory = NDManager.newBaseManager()) {
                    return memory.newSubManager().create(1f).size();
                }
            });
        }

        @Test
        void forgets() {
            forgotten.newSubManager().create(new float[] {1, 2});
            forgotten.create(1f);
        }
    }

    @Test
    void arraysAlive_failTheTestThatLeftThem() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Cases.class))
                .execute()
                .testEvents();

        tests.assertStatistics(found -> found.succeeded(1).failed(1));
        assertThat(tests.failed().list()).singleElement().satisfies(event -> {
            assertThat(event.getTestDescriptor().getDisplayName()).isEqualTo("forgets()");
            assertThat(event.getRequiredPayload(TestExecutionResult.class).getThrowable())
                    .hasValueSatisfying(thrown -> assertThat(thrown)
                            .hasMessageStartingWith("The test leaves 2 native arrays alive; expected none.\nMaybe "));
        });
    }
}
