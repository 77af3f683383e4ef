package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks into and changes {@link LocatedNode} trees by path. */
public final class LocatedTrees {
    private LocatedTrees() {}

    /** What stands at a path. */
    public static Optional<LocatedNode> find(LocatedNode root, DotPath path) {
        Optional<LocatedNode> node = Optional.of(root);
        for (DotPath.Step step : path.steps()) {
            node = node.flatMap(at -> step(at, step));
        }
        return node;
    }

    private static Optional<LocatedNode> step(LocatedNode node, DotPath.Step step) {
        if (step instanceof DotPath.Key key) {
            return node instanceof LocatedNode.Mapping mapping
                    ? mapping.find(key.name()).map(LocatedNode.Entry::value)
                    : Optional.empty();
        }
        int position = ((DotPath.Index) step).position();
        return node instanceof LocatedNode.Sequence list
                        && position < list.items().size()
                ? Optional.of(list.items().get(position))
                : Optional.empty();
    }

    /**
     * A copy of a tree with a value at a path. Mappings that are not there are made; what is made or replaced is at the given place, so that a
     * path that does not fit is told there.
     *
     * @throws IllegalArgumentException if an index is beyond its list; the message is a sentence for people
     */
    public static LocatedNode set(LocatedNode root, DotPath path, LocatedNode value, Place place) {
        if (path.steps().isEmpty()) {
            return value;
        }
        if (path.steps().get(0) instanceof DotPath.Key key) {
            LocatedNode.Mapping mapping =
                    root instanceof LocatedNode.Mapping known ? known : new LocatedNode.Mapping(place, List.of());
            Optional<LocatedNode.Entry> old = mapping.find(key.name());
            LocatedNode child =
                    old.map(LocatedNode.Entry::value).orElseGet(() -> new LocatedNode.Mapping(place, List.of()));
            boolean kept = old.isPresent() && path.steps().size() > 1;
            Place keyPlace = kept ? old.get().keyPlace() : place;
            return mapping.with(new LocatedNode.Entry(key.name(), keyPlace, set(child, path.tail(), value, place)));
        }
        int position = ((DotPath.Index) path.steps().get(0)).position();
        List<LocatedNode> items =
                root instanceof LocatedNode.Sequence list ? new ArrayList<>(list.items()) : new ArrayList<>();
        if (position >= items.size()) {
            throw new IllegalArgumentException(
                    "The index [" + position + "] must be within the list, whose length is " + items.size() + ".");
        }
        items.set(position, set(items.get(position), path.tail(), value, place));
        return new LocatedNode.Sequence(root.place(), items);
    }

    /**
     * Lays one tree over another: mappings are merged key by key, anything else of the upper tree replaces what the lower has. A mapping that
     * names another {@code kind} than the lower one replaces it whole, since the keys of one kind mean nothing to another.
     */
    public static LocatedNode merge(LocatedNode lower, LocatedNode upper) {
        if (!(lower instanceof LocatedNode.Mapping below)
                || !(upper instanceof LocatedNode.Mapping above)
                || isOfAnotherKind(below, above)) {
            return upper;
        }
        LocatedNode.Mapping merged = below;
        for (LocatedNode.Entry entry : above.entries()) {
            Optional<LocatedNode.Entry> old = below.find(entry.key());
            merged = merged.with(old.map(known ->
                            new LocatedNode.Entry(entry.key(), entry.keyPlace(), merge(known.value(), entry.value())))
                    .orElse(entry));
        }
        return merged;
    }

    private static boolean isOfAnotherKind(LocatedNode.Mapping lower, LocatedNode.Mapping upper) {
        Optional<String> kind = kind(upper);
        return kind.isPresent() && !kind.equals(kind(lower));
    }

    private static Optional<String> kind(LocatedNode.Mapping mapping) {
        return mapping.find(ChoiceType.KIND)
                .map(LocatedNode.Entry::value)
                .map(value -> value instanceof LocatedNode.Scalar scalar ? scalar.text() : "");
    }

    /** A copy of a tree without what stands at a path; the tree itself if there is nothing. */
    public static LocatedNode remove(LocatedNode root, DotPath path) {
        DotPath.Step step = path.steps().get(0);
        Optional<LocatedNode> child = step(root, step);
        if (child.isEmpty()) {
            return root;
        }
        boolean last = path.steps().size() == 1;
        if (root instanceof LocatedNode.Mapping mapping && step instanceof DotPath.Key key) {
            LocatedNode.Entry old = mapping.find(key.name()).orElseThrow();
            return last
                    ? mapping.without(key.name())
                    : mapping.with(new LocatedNode.Entry(old.key(), old.keyPlace(), remove(old.value(), path.tail())));
        }
        List<LocatedNode> items = new ArrayList<>(((LocatedNode.Sequence) root).items());
        int position = ((DotPath.Index) step).position();
        if (last) {
            items.remove(position);
        } else {
            items.set(position, remove(child.get(), path.tail()));
        }
        return new LocatedNode.Sequence(root.place(), items);
    }

    /** A JSON tree with one place for everything in it. */
    static LocatedNode from(JsonNode node, Place place) {
        if (node.isObject()) {
            List<LocatedNode.Entry> entries = new ArrayList<>();
            node.properties()
                    .forEach(entry ->
                            entries.add(new LocatedNode.Entry(entry.getKey(), place, from(entry.getValue(), place))));
            return new LocatedNode.Mapping(place, entries);
        }
        if (node.isArray()) {
            List<LocatedNode> items = new ArrayList<>();
            node.forEach(item -> items.add(from(item, place)));
            return new LocatedNode.Sequence(place, items);
        }
        return new LocatedNode.Scalar(place, form(node), node.isNull() ? "null" : node.asString());
    }

    private static LocatedNode.Form form(JsonNode node) {
        if (node.isNull()) {
            return LocatedNode.Form.NULL;
        }
        if (node.isBoolean()) {
            return LocatedNode.Form.BOOLEAN;
        }
        if (node.isIntegralNumber()) {
            return LocatedNode.Form.INTEGER;
        }
        return node.isNumber() ? LocatedNode.Form.DECIMAL : LocatedNode.Form.TEXT;
    }
}
