package dev.assay.cli;

import dev.assay.config.Migrations;
import dev.assay.error.NotFoundException;
import dev.assay.recipe.Overlays;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.RecipeReader;
import dev.assay.run.Wrappers;
import dev.assay.store.Experiment;
import dev.assay.store.ExperimentResults;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all commands of one application share. */
record Session(String name, String mainClass, Wrappers wrappers, Console console) {

    /** The recipe with everything laid over it, and with the trials it names; warnings are printed. */
    Recipe<?> recipe(RecipeArguments arguments) {
        Overlays overlays = Overlays.ofSets(arguments.sets)
                .withUnsets(arguments.unsets)
                .withProfiles(arguments.profiles)
                .withEnvironment(System.getenv())
                .withLocalFolder(Path.of(""));
        Recipe<?> recipe = RecipeReader.of(wrappers.configTypes())
                .withMigrations(Migrations.registered())
                .read(arguments.file, overlays);
        recipe.warnings().forEach(warning -> console.err().println("warning: " + warning));
        return NamedTrials.told(recipe, wrappers.get(recipe.wrapper()), arguments.store.file);
    }

    static List<TrialSpec> specs(Recipe<?> recipe) {
        return recipe.trials().stream()
                .map(trial -> new TrialSpec(
                        trial.identity().trial(),
                        recipe.wrapper(),
                        trial.identity().data(),
                        trial.identity().model(),
                        trial.identity().train(),
                        trial.identity().seed(),
                        trial.json(),
                        Optional.empty()))
                .toList();
    }

    /** The store, which must be there. */
    static TrialStore store(StoreAddress address) {
        return TrialStore.openExisting(address)
                .orElseThrow(() -> new NotFoundException("There is no store (" + address
                        + ").\nMaybe nothing was run in this folder yet;" + " --store names another."));
    }

    static Experiment experiment(TrialStore store, String name) {
        return store.experiment(name).orElseThrow(() -> noExperiment(store, name));
    }

    static NotFoundException noExperiment(TrialStore store, String name) {
        List<String> names = store.experiments().stream().map(Experiment::name).toList();
        return new NotFoundException("There is no experiment (" + name + ") in the store; "
                + (names.isEmpty() ? "it has none." : "it has " + String.join(", ", names) + "."));
    }

    /** The one trial whose hash begins so. */
    static TrialRecord trial(TrialStore store, String prefix) {
        List<TrialRecord> found = store.withPrefix(prefix);
        if (found.isEmpty()) {
            throw new NotFoundException(
                    "There is no trial (" + prefix + ") in the store.\nMaybe see `list` for those there are.");
        }
        if (found.size() > 1) {
            throw new NotFoundException("The short id (" + prefix + ") fits " + found.size() + " trials: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .limit(8)
                                    .map(t -> t.hash().substring(0, prefix.length() + 6))
                                    .toList())
                    + (found.size() > 8 ? ", …" : "") + ".\nMaybe give more digits.");
        }
        return found.get(0);
    }

    static ExperimentResults results(TrialStore store, Experiment experiment) {
        List<TrialRecord> trials = store.trialsOf(experiment.name());
        Map<String, String> networks = new HashMap<>();
        trials.forEach(trial -> TrialFolders.picture(store.directory(), trial.hash())
                .ifPresent(picture -> networks.put(trial.hash(), picture)));
        String wrapper = trials.isEmpty() ? "" : trials.get(0).wrapper();
        return new ExperimentResults(
                experiment.name(),
                experiment.description(),
                experiment.metric().orElseGet(() -> MainMetric.of(trials)),
                experiment.baseline(),
                experiment.recipeFile().map(Path::of),
                trials,
                store::series,
                store.metrics(wrapper),
                store.provenancesOf(experiment.name()),
                networks);
    }

    /** Folder of an experiment's report. */
    static Path reportFolder(TrialStore store, String experiment) {
        return store.directory().resolve("reports").resolve(experiment);
    }
}
