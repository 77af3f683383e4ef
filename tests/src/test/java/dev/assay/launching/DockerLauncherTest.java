package dev.assay.launching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ByteSize;
import dev.assay.containers.NeedsDocker;
import dev.assay.crashes.Tally;
import dev.assay.error.AssayException;
import dev.assay.launch.Backend;
import dev.assay.launch.WorkerJob;
import dev.assay.launch.docker.ImmutableDocker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L3")
@NeedsDocker
class DockerLauncherTest extends LauncherContract {
    private static String image = "";

    @BeforeAll
    static void build() throws Exception {
        image = TallyImage.inEngine();
    }

    @Override
    Backend backend() {
        return ImmutableDocker.builder()
                .image(image)
                .memory(new ByteSize(512L << 20))
                .build();
    }

    @Test
    void open_gpuOnMachineWithout_isToldAtOnce() {
        Backend backend = ImmutableDocker.builder().image(image).gpus(1).build();
        WorkerJob job = new WorkerJob("tally", Tally.class.getName(), address(), Optional.empty(), "contract", 1);

        try (var launcher = backend.open(job, progress -> {})) {
            assertThatThrownBy(() -> launcher.submit(List.of("gpu-1")))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("GPU");
            assertThat(launcher.list()).isEmpty();
        }
    }

    @Test
    void open_imageThatIsNotThere_isTold() {
        Backend backend = ImmutableDocker.builder().image("assay/nothing:1").build();
        WorkerJob job = new WorkerJob("tally", Tally.class.getName(), address(), Optional.empty(), "contract", 1);

        assertThatThrownBy(() -> backend.open(job, progress -> {}))
                .hasMessageContaining("assay/nothing:1")
                .hasMessageContaining("image build");
    }
}
