package dev.assay.recipe;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one machine: where its data lie, how many workers it has. They hold for every recipe, so what they say of another kind than the
 * recipe chose is left out. They must not change what is learned: a key that is part of the identity is a fault.
 */
final class LocalSettings {
    static final String FILE = "assay.local.yaml";

    private final Faults faults;

    LocalSettings(Faults faults) {
        this.faults = faults;
    }

    /** What of the settings applies to a config. */
    LocatedNode.Mapping applicable(
            ConfigType type, LocatedNode.Mapping local, Optional<LocatedNode> config, String path) {
        if (type instanceof ConfigType.OptionalType optional) {
            return applicable(optional.value(), local, config, path);
        }
        List<LocatedNode.Entry> kept = new ArrayList<>();
        for (LocatedNode.Entry entry : local.entries()) {
            entry(type, entry, config, path + "." + entry.key()).ifPresent(kept::add);
        }
        return new LocatedNode.Mapping(local.place(), kept);
    }

    private Optional<LocatedNode.Entry> entry(
            ConfigType type, LocatedNode.Entry entry, Optional<LocatedNode> config, String path) {
        List<Property> chosen = properties(chosen(type, config), entry.key());
        if (chosen.isEmpty() && !properties(all(type), entry.key()).isEmpty()) {
            return Optional.empty();
        }
        if (type instanceof ChoiceType && entry.key().equals(ChoiceType.KIND)) {
            refuse(entry, path);
            return Optional.empty();
        }
        for (Property property : chosen) {
            boolean parted = isObject(property.type());
            if (property.isStateful() && parted && entry.value() instanceof LocatedNode.Mapping inner) {
                LocatedNode.Mapping kept =
                        applicable(property.type(), inner, config.flatMap(at -> child(at, entry.key())), path);
                return kept.entries().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new LocatedNode.Entry(entry.key(), entry.keyPlace(), kept));
            }
            if (property.isStateful() && !parted) {
                refuse(entry, path);
                return Optional.empty();
            }
        }
        // Stateless, or wrong in a way that the reader tells.
        return Optional.of(entry);
    }

    private void refuse(LocatedNode.Entry entry, String path) {
        faults.add(
                entry.keyPlace(),
                path,
                "This key changes what is learned, so it must stand in the recipe and not in " + FILE + ".");
    }

    private static Collection<ObjectType> chosen(ConfigType type, Optional<LocatedNode> config) {
        if (type instanceof ChoiceType choice) {
            Optional<ObjectType> alternative = config.flatMap(at -> child(at, ChoiceType.KIND))
                    .filter(LocatedNode.Scalar.class::isInstance)
                    .map(kind -> choice.alternatives().get(((LocatedNode.Scalar) kind).text()));
            return alternative.map(List::of).orElseGet(() -> List.copyOf(all(type)));
        }
        return all(type);
    }

    private static Collection<ObjectType> all(ConfigType type) {
        if (type instanceof ChoiceType choice) {
            return choice.alternatives().values();
        }
        return type instanceof ObjectType object ? List.of(object) : List.of();
    }

    private static List<Property> properties(Collection<ObjectType> types, String key) {
        return types.stream().flatMap(type -> type.current(key).stream()).toList();
    }

    private static boolean isObject(ConfigType type) {
        return type instanceof ConfigType.OptionalType optional
                ? isObject(optional.value())
                : type instanceof ObjectType || type instanceof ChoiceType;
    }

    private static Optional<LocatedNode> child(LocatedNode node, String key) {
        return node instanceof LocatedNode.Mapping mapping
                ? mapping.find(key).map(LocatedNode.Entry::value)
                : Optional.empty();
    }
}
