package dev.assay.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What is asked for: experiments, their trials and the four parts of each. */
final class ExperimentTables {
    private static final String PUT_EXPERIMENT =
            "INSERT INTO experiment (name, description, metric, baseline, recipe_file, sources, owner, comment, created_at,"
                    + " updated_at) VALUES (:name, :description, :metric, :baseline, :recipeFile, :sources, :owner, :comment, :now,"
                    + " :now) ON CONFLICT (name) DO UPDATE SET description = excluded.description, metric = excluded.metric,"
                    + " baseline = excluded.baseline, recipe_file = excluded.recipe_file, sources = excluded.sources,"
                    + " comment = COALESCE(excluded.comment, experiment.comment), updated_at = excluded.updated_at";
    private static final String PUT_TRIAL =
            "INSERT INTO trial (hash, wrapper, data_hash, model_hash, train_hash, seed_hash, origin, origin_step, config, owner,"
                    + " comment, state, created_at) VALUES (:hash, :wrapper, :dataHash, :modelHash, :trainHash, :seedHash, :from,"
                    + " :fromStep, :config, :owner, :comment, 'QUEUED', :now)"
                    + " ON CONFLICT (hash) DO UPDATE SET config = excluded.config";

    private final Handle handle;
    private final long now;
    private final Note note;

    ExperimentTables(Handle handle, long now, Note note) {
        this.handle = handle;
        this.now = now;
        this.note = note;
    }

    void put(Experiment experiment, List<TrialSpec> trials) {
        handle.createUpdate(PUT_EXPERIMENT)
                .bindMethods(experiment)
                .bind("baseline", TrialRows.json(experiment.baseline()))
                .bind("sources", TrialRows.json(experiment.sources()))
                .bindMethods(note)
                .bind("now", now)
                .execute();
        // In one order for everybody, or two who put the same trials would wait for each other for ever.
        putParts("data", trials, TrialSpec::dataHash);
        putParts("model", trials, TrialSpec::modelHash);
        putParts("train", trials, TrialSpec::trainHash);
        putParts("seed", trials, TrialSpec::seedHash);
        putTrials(trials);
        putPositions(experiment.name(), trials);
    }

    private void putParts(String part, List<TrialSpec> trials, Function<TrialSpec, String> hash) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO " + part
                + " (hash, config, owner, comment, created_at) VALUES (:hash, :config, :owner, :comment, :now)"
                + " ON CONFLICT (hash) DO NOTHING");
        trials.stream()
                .sorted(Comparator.comparing(hash))
                .forEach(spec -> batch.bindMethods(note)
                        .bind("hash", hash.apply(spec))
                        .bind("config", spec.config().get(part).toString())
                        .bind("now", now)
                        .add());
        execute(batch);
    }

    private void putTrials(List<TrialSpec> trials) {
        PreparedBatch batch = handle.prepareBatch(PUT_TRIAL);
        trials.stream()
                .sorted(Comparator.comparing(TrialSpec::hash))
                .forEach(spec -> batch.bindMethods(note)
                        .bind("hash", spec.hash())
                        .bind("wrapper", spec.wrapper())
                        .bind("dataHash", spec.dataHash())
                        .bind("modelHash", spec.modelHash())
                        .bind("trainHash", spec.trainHash())
                        .bind("seedHash", spec.seedHash())
                        .bind("from", spec.origin().map(Origin::trial).orElse(""))
                        .bind("fromStep", spec.origin().map(Origin::step).orElse(0L))
                        .bind("config", spec.config().toString())
                        .bind("now", now)
                        .add());
        execute(batch);
    }

    private void putPositions(String experiment, List<TrialSpec> trials) {
        handle.execute("DELETE FROM experiment_trial WHERE experiment = ?", experiment);
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO experiment_trial (experiment, position, trial) VALUES (?, ?, ?)");
        for (int i = 0; i < trials.size(); i++) {
            batch.add(experiment, i, trials.get(i).hash());
        }
        execute(batch);
    }

    private static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    static Optional<Experiment> experiment(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM experiment WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> TrialRows.experiment(row))
                .findOne();
    }

    static List<Experiment> experiments(Handle handle) {
        return handle.createQuery("SELECT * FROM experiment ORDER BY updated_at DESC, name")
                .map((row, context) -> TrialRows.experiment(row))
                .list();
    }
}
