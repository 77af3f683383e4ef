package dev.assay.recipe;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigType;
import dev.assay.config.DotPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.LocatedTrees;
import dev.assay.config.Migrations;
import dev.assay.config.Place;
import dev.assay.config.RunConfig;
import java.util.ArrayList;
import java.util.List;

/** The named changes a recipe offers. */
final class Profiles {
    static final String KEY = "profiles";

    private static final ConfigReader<RecipeFile> KEYS = ConfigReader.of(RecipeFile.class);
    private static final List<String> NOT_WITHIN = List.of("include", KEY, Migrations.KEY);

    private final List<LocatedNode.Entry> profiles;
    private final Faults faults;

    private Profiles(List<LocatedNode.Entry> profiles, Faults faults) {
        this.profiles = profiles;
        this.faults = faults;
    }

    static Profiles of(LocatedNode root, Faults faults) {
        List<LocatedNode.Entry> found = new ArrayList<>();
        LocatedTrees.find(root, DotPath.parse(KEY))
                .filter(LocatedNode.Mapping.class::isInstance)
                .ifPresent(profiles -> found.addAll(((LocatedNode.Mapping) profiles).entries()));
        return new Profiles(found, faults);
    }

    /** The tree with the chosen ones laid over it in their order, without the key for them. */
    LocatedNode lay(LocatedNode root, List<String> chosen, LayerIndex index) {
        LocatedNode tree = root instanceof LocatedNode.Mapping mapping ? mapping.without(KEY) : root;
        profiles.forEach(this::checkShape);
        List<String> names = profiles.stream().map(LocatedNode.Entry::key).toList();
        for (int i = 0; i < chosen.size(); i++) {
            String name = chosen.get(i);
            if (!names.contains(name)) {
                refuse(name, names, Place.argument("--profile", i + 1));
            }
            for (LocatedNode.Entry profile : profiles) {
                if (profile.key().equals(name) && profile.value() instanceof LocatedNode.Mapping) {
                    index.mark(profile.value(), Layer.PROFILE, name);
                    tree = LocatedTrees.merge(tree, profile.value());
                }
            }
        }
        return tree;
    }

    private void refuse(String name, List<String> names, Place place) {
        if (names.isEmpty()) {
            faults.add(place, "", "The profile (" + name + ") must be one of the recipe's, but it has none.");
            return;
        }
        LocatedNode written = new LocatedNode.Scalar(place, LocatedNode.Form.TEXT, name);
        ConfigTrees.check(new ConfigType.EnumType(names, names), written, "", faults);
    }

    private void checkShape(LocatedNode.Entry profile) {
        String path = KEY + "." + profile.key();
        KEYS.checkPart(profile.value(), path, faults);
        if (profile.value() instanceof LocatedNode.Mapping mapping) {
            for (LocatedNode.Entry entry : mapping.entries()) {
                if (NOT_WITHIN.contains(entry.key())) {
                    faults.add(entry.keyPlace(), path + "." + entry.key(), "This key must stand in the recipe itself.");
                }
            }
        }
    }

    /** Checks the configs of those that were not chosen, so that a slip in one is told before it is. */
    void checkOthers(ConfigReader<? extends RunConfig> reader, List<String> chosen) {
        for (LocatedNode.Entry profile : profiles) {
            if (!chosen.contains(profile.key()) && profile.value() instanceof LocatedNode.Mapping mapping) {
                mapping.find("base")
                        .ifPresent(base -> reader.checkPart(base.value(), KEY + "." + profile.key() + ".base", faults));
            }
        }
    }
}
