package dev.assay.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is laid over a recipe and the files it includes, later ones over earlier ones: the chosen profiles in order, machine-local settings,
 * variables of the environment, arguments of the command line.
 *
 * @param profiles names of profiles of the recipe
 * @param localFolder where {@code assay.local.yaml} is looked for if none is beside the recipe; empty: neither is read
 * @param environment variables by name; those that begin with {@code ASSAY_SET_} set values
 * @param unsets paths whose values are left out, so that defaults or other arguments take their place
 * @param sets arguments {@code path=value}, which come after {@code unsets}
 */
public record Overlays(
        List<String> profiles,
        Optional<Path> localFolder,
        Map<String, String> environment,
        List<String> unsets,
        List<String> sets) {
    public Overlays {
        profiles = List.copyOf(profiles);
        environment = Map.copyOf(environment);
        unsets = List.copyOf(unsets);
        sets = List.copyOf(sets);
    }

    /** Nothing but some arguments {@code path=value}. */
    public static Overlays ofSets(List<String> sets) {
        return new Overlays(List.of(), Optional.empty(), Map.of(), List.of(), sets);
    }

    public Overlays withProfiles(List<String> chosen) {
        return new Overlays(chosen, localFolder, environment, unsets, sets);
    }

    public Overlays withLocalFolder(Path folder) {
        return new Overlays(profiles, Optional.of(folder), environment, unsets, sets);
    }

    public Overlays withEnvironment(Map<String, String> variables) {
        return new Overlays(profiles, localFolder, variables, unsets, sets);
    }

    public Overlays withUnsets(List<String> paths) {
        return new Overlays(profiles, localFolder, environment, paths, sets);
    }
}
