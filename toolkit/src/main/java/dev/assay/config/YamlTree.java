package dev.assay.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns YAML's node graph into a {@link LocatedNode}: aliases become copies, merge keys are carried out, what is not plain is refused. */
final class YamlTree {
    static final String MERGE = "<<";

    private static final int MOST_VALUES = 100_000;
    private static final Map<Tag, LocatedNode.Form> FORMS = Map.of(
            Tag.STR, LocatedNode.Form.TEXT,
            Tag.INT, LocatedNode.Form.INTEGER,
            Tag.FLOAT, LocatedNode.Form.DECIMAL,
            Tag.BOOL, LocatedNode.Form.BOOLEAN,
            Tag.NULL, LocatedNode.Form.NULL);

    private final String source;
    private final Faults faults;
    private final AliasPlaces aliases;
    private final Set<Node> ancestors = Collections.newSetFromMap(new IdentityHashMap<>());
    private Optional<Mark> alias = Optional.empty();
    private int values;

    private YamlTree(AliasPlaces aliases, String source, Faults faults) {
        this.aliases = aliases;
        this.source = source;
        this.faults = faults;
    }

    /** The tree, or nothing if a fault leaves none. Places of copies are those of the original, with the place of the alias. */
    static Optional<LocatedNode> convert(Node root, AliasPlaces aliases, String source, Faults faults) {
        YamlTree tree = new YamlTree(aliases, source, faults);
        try {
            return Optional.of(tree.node(root, ""));
        } catch (UnusableException e) {
            faults.add(e.fault);
            return Optional.empty();
        }
    }

    /** What stands in a slot of a node: a node of its own or what an alias names. Of aliases in aliases, the outermost counts. */
    private LocatedNode child(Node parent, int slot, Node child, String path) {
        Optional<Mark> outer = alias;
        alias = outer.or(() -> aliases.at(parent, slot));
        LocatedNode converted = node(child, path);
        alias = outer;
        return converted;
    }

    private Place placeOf(Node node) {
        Place place = YamlText.placeOf(node, source);
        return alias.map(mark -> place.through(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(place);
    }

    private LocatedNode node(Node node, String path) {
        Place place = placeOf(node);
        values++;
        if (values > MOST_VALUES) {
            throw new UnusableException(new Fault(
                    place, "", "The file must hold at most " + MOST_VALUES + " values, counting what aliases repeat."));
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, place, path);
        }
        if (!ancestors.add(node) || ancestors.size() > DepthLimit.DEEPEST) {
            throw new UnusableException(new Fault(place, path, "An alias must not stand inside what it names."));
        }
        checkTag(node, node instanceof MappingNode ? Tag.MAP : Tag.SEQ, place, path);
        LocatedNode converted = node instanceof MappingNode mapping
                ? mapping(mapping, place, path)
                : sequence((SequenceNode) node, place, path);
        ancestors.remove(node);
        return converted;
    }

    private LocatedNode scalar(ScalarNode node, Place place, String path) {
        LocatedNode.Form form = FORMS.get(node.getTag());
        if (form == null) {
            checkTag(node, Tag.STR, place, path);
            form = LocatedNode.Form.REFUSED;
        }
        String lower = node.getValue().toLowerCase(java.util.Locale.ROOT);
        if (form == LocatedNode.Form.DECIMAL && (lower.endsWith(".nan") || lower.endsWith(".inf"))) {
            faults.add(place, path, "The value (" + node.getValue() + ") must be a finite number.");
            return new LocatedNode.Scalar(place, LocatedNode.Form.REFUSED, node.getValue());
        }
        if (!Texts.isUnicode(node.getValue())) {
            faults.add(place, path, "The text must be valid Unicode, but holds half of a surrogate pair.");
            return new LocatedNode.Scalar(place, LocatedNode.Form.REFUSED, "");
        }
        return new LocatedNode.Scalar(place, form, node.getValue());
    }

    private void checkTag(Node node, Tag plain, Place place, String path) {
        if (!node.getTag().equals(plain)) {
            String tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
            faults.add(place, path, "The tag (" + tag + ") must be left out; a file holds plain values only.");
        }
    }

    private LocatedNode sequence(SequenceNode node, Place place, String path) {
        List<LocatedNode> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(child(node, items.size(), item, path + "[" + items.size() + "]"));
        }
        return new LocatedNode.Sequence(place, items);
    }

    private LocatedNode mapping(MappingNode node, Place place, String path) {
        Map<String, LocatedNode.Entry> entries = new LinkedHashMap<>();
        List<LocatedNode.Mapping> merged = new ArrayList<>();
        int slot = -2;
        for (NodeTuple tuple : node.getValue()) {
            slot += 2;
            Place keyPlace = placeOf(tuple.getKeyNode());
            if (isMerge(tuple.getKeyNode())) {
                merge(child(node, slot + 1, tuple.getValueNode(), path), keyPlace, path, merged);
                continue;
            }
            String key = key(tuple.getKeyNode(), keyPlace, path);
            if (key == null) {
                continue;
            }
            LocatedNode value = child(node, slot + 1, tuple.getValueNode(), DotPath.child(path, key));
            LocatedNode.Entry first = entries.putIfAbsent(key, new LocatedNode.Entry(key, keyPlace, value));
            if (first != null) {
                Place at = first.keyPlace();
                faults.add(
                        keyPlace,
                        DotPath.child(path, key),
                        "The key (" + key + ") must be given once, but stands at " + at.line() + ":" + at.column()
                                + " too.");
            }
        }
        for (LocatedNode.Mapping from : merged) {
            from.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
        }
        return new LocatedNode.Mapping(place, List.copyOf(entries.values()));
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().equals(MERGE);
    }

    private void merge(LocatedNode from, Place keyPlace, String path, List<LocatedNode.Mapping> merged) {
        List<LocatedNode> parts = from instanceof LocatedNode.Sequence list ? list.items() : List.of(from);
        for (LocatedNode part : parts) {
            if (part instanceof LocatedNode.Mapping mapping) {
                merged.add(mapping);
            } else {
                faults.add(
                        keyPlace, path, "The merge key (<<) must have a mapping or a list of mappings as its value.");
            }
        }
    }

    private @Nullable String key(Node node, Place place, String path) {
        if (!(node instanceof ScalarNode scalar)) {
            faults.add(place, path, "A key must be text, not a list or mapping.");
            return null;
        }
        LocatedNode.Scalar key = (LocatedNode.Scalar) scalar(scalar, place, path);
        if (key.form() == LocatedNode.Form.REFUSED) {
            return null;
        }
        if (key.form() != LocatedNode.Form.TEXT) {
            String shown = Texts.shortened(scalar.getValue());
            faults.add(
                    place,
                    path,
                    "The key (" + shown + ") must be text.",
                    "Maybe \"" + shown + "\" was meant, in quotes.");
            return null;
        }
        return key.text();
    }

    /** There is no tree to go on with. */
    private static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Fault fault;

        UnusableException(Fault fault) {
            super(fault.message());
            this.fault = fault;
        }
    }
}
