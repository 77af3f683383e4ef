package dev.assay.launching;

import dev.assay.launch.Backend;
import dev.assay.launch.ImmutableLocal;
import org.junit.jupiter.api.Tag;

@Tag("L2")
class LocalLauncherTest extends LauncherContract {
    @Override
    Backend backend() {
        return ImmutableLocal.builder().build();
    }
}
