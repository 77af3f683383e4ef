package dev.assay.config;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Where aliases stand. The composer puts the very node an alias names in its stead, so a node that is met again in the order of the text is an
 * alias, and the next one the parser saw.
 */
final class AliasPlaces {
    private final IdentityHashMap<Node, Map<Integer, Mark>> bySlot = new IdentityHashMap<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Mark> marks;

    private AliasPlaces(List<Mark> marks) {
        this.marks = new ArrayDeque<>(marks);
    }

    /** @param marks those of all aliases, in the order of the text */
    static AliasPlaces of(Node root, List<Mark> marks) {
        AliasPlaces places = new AliasPlaces(marks);
        if (!marks.isEmpty()) {
            places.walk(root);
        }
        return places;
    }

    /** @param slot position among the items of a list, or among the keys and values of a mapping */
    Optional<Mark> at(Node parent, int slot) {
        return Optional.ofNullable(bySlot.getOrDefault(parent, Map.of()).get(slot));
    }

    private void walk(Node node) {
        seen.add(node);
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                slot(node, i, list.getValue().get(i));
            }
        } else if (node instanceof MappingNode mapping) {
            int slot = 0;
            for (NodeTuple tuple : mapping.getValue()) {
                slot(node, slot++, tuple.getKeyNode());
                slot(node, slot++, tuple.getValueNode());
            }
        }
    }

    private void slot(Node parent, int slot, Node child) {
        if (!seen.contains(child)) {
            walk(child);
        } else if (!marks.isEmpty()) {
            bySlot.computeIfAbsent(parent, node -> new HashMap<>()).put(slot, marks.remove());
        }
    }
}
