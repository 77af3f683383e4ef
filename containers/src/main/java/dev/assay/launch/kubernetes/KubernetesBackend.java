package dev.assay.launch.kubernetes;

import dev.assay.config.ConfigAlternatives;
import dev.assay.config.Validated;
import java.util.List;

/** Makes {@link Kubernetes} a kind of backend. */
public final class KubernetesBackend implements ConfigAlternatives {
    @Override
    public List<Class<? extends Validated>> alternatives() {
        return List.of(Kubernetes.class);
    }
}
