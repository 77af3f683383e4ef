package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.identity.TrialIdentity;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.run.Trainable;
import dev.assay.run.Wrapper;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trials of the store that configs name. The store is opened when the first is asked for, since most recipes name none. */
final class NamedTrials implements AutoCloseable {
    private final StoreAddress address;
    private final Map<String, TrialRecord> known = new HashMap<>();
    private Optional<TrialStore> store = Optional.empty();

    private NamedTrials(StoreAddress address) {
        this.address = address;
    }

    /**
     * A recipe with all that its configs name in the store told in full, so that it is part of what the trials are.
     *
     * @throws dev.assay.error.NotFoundException if there is no such trial
     */
    static <C extends RunConfig> Recipe<C> told(Recipe<?> recipe, Wrapper<C> wrapper, StoreAddress address) {
        Map<String, PlannedTrial<C>> trials = new LinkedHashMap<>();
        Trainable<C> trainable = wrapper.factory().get();
        try (NamedTrials named = new NamedTrials(address)) {
            for (PlannedTrial<?> trial : recipe.trials()) {
                C config = wrapper.configType().cast(trial.config());
                C told = trainable.resolve(config, named::get);
                TrialIdentity identity =
                        told.equals(config) ? trial.identity() : TrialIdentity.of(wrapper.name(), told);
                trials.putIfAbsent(identity.trial(), new PlannedTrial<>(told, identity, trial.origins()));
            }
        }
        return new Recipe<>(
                recipe.name(),
                recipe.description(),
                recipe.wrapper(),
                recipe.file(),
                recipe.report(),
                List.copyOf(trials.values()),
                recipe.sources(),
                recipe.warnings());
    }

    private TrialRecord get(String prefix) {
        return known.computeIfAbsent(prefix, unknown -> {
            if (store.isEmpty()) {
                store = Optional.of(Session.store(address));
            }
            return Session.trial(store.get(), unknown);
        });
    }

    @Override
    public void close() {
        store.ifPresent(TrialStore::close);
    }
}
