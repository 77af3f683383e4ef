package dev.assay.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What references mean. One is looked for among the siblings, then among what lies below them, then one group further out, and so on; {@code in}
 * is what the group is given, and one that begins with a dot is a name from the top.
 */
final class References {
    static final String GIVEN = "in";

    private final List<String> inputs;
    /** By name from the top, groups included: the node that gives the value. */
    private final Map<String, String> outputs = new LinkedHashMap<>();

    private final List<Node> nodes = new ArrayList<>();

    private References(List<String> inputs) {
        this.inputs = inputs;
    }

    /** All references of some drafts. */
    static References of(List<String> inputs, List<Draft> drafts) {
        References references = new References(inputs);
        references.enter(drafts);
        references.resolve("", drafts, List.of(inputs.get(0)));
        return references;
    }

    /** The nodes, with their inputs, in the order of their declaration. */
    List<Node> nodes() {
        return nodes;
    }

    /** What a reference outside of all groups means. */
    String atTop(String subject, String reference) {
        return look(subject, "", reference);
    }

    private void enter(List<Draft> siblings) {
        for (Draft draft : siblings) {
            requireName(draft);
            if (outputs.put(draft.path(), draft.output()) != null) {
                throw new GraphException("Two nodes of the graph are called (" + draft.path() + ").");
            }
            enter(draft.children());
        }
    }

    private void requireName(Draft draft) {
        String name = draft.path().substring(draft.path().lastIndexOf('.') + 1);
        if (name.equals(GIVEN)) {
            throw new GraphException(
                    "No node can be called (" + draft.path() + "): (" + GIVEN + ") stands for what a group is given.");
        }
        if (draft.op().isEmpty() && draft.children().isEmpty()) {
            throw new GraphException("Group (" + draft.path() + ") has no nodes.");
        }
    }

    /** Siblings, the first of which is given what their group is given. */
    private void resolve(String scope, List<Draft> siblings, List<String> given) {
        List<String> before = given;
        for (Draft draft : siblings) {
            List<String> from = new ArrayList<>();
            for (String reference : draft.from()) {
                from.addAll(
                        reference.equals(GIVEN)
                                ? given
                                : List.of(look("Node (" + draft.path() + ")", scope, reference)));
            }
            List<String> known = draft.from().isEmpty() ? before : from;
            draft.op().ifPresent(op -> nodes.add(new Node(draft.path(), op, known)));
            resolve(draft.path(), draft.children(), known);
            before = List.of(draft.output());
        }
    }

    private String look(String subject, String scope, String reference) {
        if (reference.startsWith(".")) {
            return exact(reference.substring(1), subject, reference);
        }
        String around = scope;
        while (true) {
            String sibling = Draft.join(around, reference);
            if (outputs.containsKey(sibling)) {
                return outputs.getOrDefault(sibling, sibling);
            }
            if (around.isEmpty() && inputs.contains(reference)) {
                return reference;
            }
            List<String> below = below(around, reference);
            if (below.size() == 1) {
                return outputs.getOrDefault(below.get(0), below.get(0));
            }
            if (!below.isEmpty()) {
                throw ambiguous(subject, reference, below);
            }
            if (around.isEmpty()) {
                throw missing(subject, reference);
            }
            around = around.contains(".") ? around.substring(0, around.lastIndexOf('.')) : "";
        }
    }

    private String exact(String path, String subject, String reference) {
        if (inputs.contains(path)) {
            return path;
        }
        String output = outputs.get(path);
        if (output == null) {
            throw missing(subject, reference);
        }
        return output;
    }

    private List<String> below(String scope, String reference) {
        String beginning = scope.isEmpty() ? "" : scope + ".";
        return outputs.keySet().stream()
                .filter(path -> path.startsWith(beginning) && path.endsWith("." + reference))
                .toList();
    }

    private static GraphException ambiguous(String subject, String reference, List<String> meanings) {
        return new GraphException(subject + " is computed from (" + reference + "), which may be any of " + meanings
                + ".\nMaybe (." + meanings.get(0) + ") was meant.");
    }

    private GraphException missing(String subject, String reference) {
        Set<String> known = new LinkedHashSet<>(inputs);
        known.addAll(outputs.keySet());
        return new GraphException(subject + " is computed from (" + reference
                + "), which is neither a node nor an input of the graph; there are " + known + ".");
    }
}
