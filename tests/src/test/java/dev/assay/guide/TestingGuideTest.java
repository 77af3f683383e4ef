package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks {@code docs/testing.md}. */
class TestingGuideTest {

    @Test
    @Tag("K6")
    void javaOfTheGuide_isATestOfTheExample() throws Exception {
        Path tests = Path.of("..", "examples-cifar10", "src", "test", "java", "dev", "assay", "examples", "cifar10");

        assertThat(Guide.read(Path.of("..", "docs", "testing.md")).javaNotIn(tests))
                .isEmpty();
    }
}
