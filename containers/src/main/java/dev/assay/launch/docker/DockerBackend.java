package dev.assay.launch.docker;

import dev.assay.config.ConfigAlternatives;
import dev.assay.config.Validated;
import java.util.List;

/** Makes {@link Docker} a kind of backend. */
public final class DockerBackend implements ConfigAlternatives {
    @Override
    public List<Class<? extends Validated>> alternatives() {
        return List.of(Docker.class);
    }
}
