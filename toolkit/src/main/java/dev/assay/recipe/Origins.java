package dev.assay.recipe;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DotPath;
import dev.assay.config.LocatedNode;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Tells for each value of a trial's config which layer set it. Immutable; what it tells is found when it is asked for. */
public final class Origins {
    private final LocatedNode tree;
    private final LayerIndex index;

    Origins(LocatedNode tree, LayerIndex index) {
        this.tree = tree;
        this.index = index;
    }

    /**
     * A single value of a config, or a list or map without any.
     *
     * @param path such as {@code train.optimizer.lr}
     * @param value as {@link ConfigWriter} writes it
     * @param origin what set it
     */
    public record Leaf(String path, JsonNode value, Origin origin) {}

    /** Every value of the config these are the origins of, in the order of the declaration. */
    public List<Leaf> of(RunConfig config) {
        List<Leaf> leaves = new ArrayList<>();
        walk(ObjectType.of(config), config, "", Optional.of(tree), leaves);
        return leaves;
    }

    private void walk(ConfigType type, Object value, String path, Optional<LocatedNode> node, List<Leaf> into) {
        if (type instanceof ChoiceType choice) {
            ObjectType chosen = choice.alternativeOf(value);
            child(node, Stream.of(ChoiceType.KIND))
                    .ifPresent(kind -> into.add(new Leaf(
                            join(path, ChoiceType.KIND),
                            ConfigWriter.toJson(choice, value).get(ChoiceType.KIND),
                            index.origin(kind.place()))));
            walk(chosen, value, path, node, into);
        } else if (type instanceof ObjectType object) {
            for (Property property : object.properties()) {
                Stream<String> names = Stream.concat(Stream.of(property.name()), property.formerNames().stream());
                walk(property.type(), property.valueOf(value), join(path, property.name()), child(node, names), into);
            }
        } else if (type instanceof ConfigType.OptionalType optional
                && optional.form().unwrap(value).isPresent()) {
            walk(optional.value(), optional.form().unwrap(value).orElseThrow(), path, node, into);
        } else if (type instanceof ConfigType.ListType list && !((List<?>) value).isEmpty()) {
            List<?> items = (List<?>) value;
            for (int i = 0; i < items.size(); i++) {
                walk(list.element(), items.get(i), path + "[" + i + "]", item(node, i), into);
            }
        } else if (type instanceof ConfigType.MapType map && !((Map<?, ?>) value).isEmpty()) {
            ((Map<?, ?>) value)
                    .forEach((key, item) -> walk(
                            map.value(),
                            item,
                            join(path, key.toString()),
                            child(node, Stream.of(key.toString())),
                            into));
        } else {
            Origin origin = node.map(known -> index.origin(known.place())).orElse(Origin.DEFAULT);
            into.add(new Leaf(path, ConfigWriter.toJson(type, value), origin));
        }
    }

    private static String join(String path, String key) {
        List<DotPath.Step> steps =
                new ArrayList<>(path.isEmpty() ? List.of() : DotPath.parse(path).steps());
        steps.add(new DotPath.Key(key));
        return new DotPath(steps).toString();
    }

    private static Optional<LocatedNode> child(Optional<LocatedNode> node, Stream<String> names) {
        return node.filter(LocatedNode.Mapping.class::isInstance)
                .map(LocatedNode.Mapping.class::cast)
                .flatMap(mapping -> names.flatMap(name -> mapping.find(name).stream())
                        .findFirst()
                        .map(LocatedNode.Entry::value));
    }

    private static Optional<LocatedNode> item(Optional<LocatedNode> node, int position) {
        return node.filter(LocatedNode.Sequence.class::isInstance)
                .map(list -> ((LocatedNode.Sequence) list).items().get(position));
    }
}
