package dev.assay.launch.slurm;

import dev.assay.config.ConfigAlternatives;
import dev.assay.config.Validated;
import java.util.List;

/** Adds {@code slurm} to the backends. */
public final class SlurmAlternatives implements ConfigAlternatives {
    @Override
    public List<Class<? extends Validated>> alternatives() {
        return List.of(SlurmBackend.class);
    }
}
