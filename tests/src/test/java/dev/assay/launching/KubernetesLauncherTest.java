package dev.assay.launching;

import dev.assay.config.ConfigReader;
import dev.assay.containers.NeedsDocker;
import dev.assay.launch.Backend;
import dev.assay.store.StoreAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("L4")
@NeedsDocker
@NeedsKubernetes
class KubernetesLauncherTest extends LauncherContract {
    private final StoreAddress address = KubernetesCluster.get().newDatabase();
    private final Path work = KubernetesCluster.get().newFolder();

    @Override
    Backend backend() {
        KubernetesCluster cluster = KubernetesCluster.get();
        return ConfigReader.of(Backend.class).parse(cluster.backend(work, cluster.image()), "backend");
    }

    @Override
    StoreAddress address() {
        return address;
    }
}
