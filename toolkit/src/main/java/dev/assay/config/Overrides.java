package dev.assay.config;

import java.util.List;
import java.util.Optional;

/** Values set into a tree, and taken out of it, from outside its files, before it is checked. */
final class Overrides {
    private static final String SET = "--set";
    private static final String UNSET = "--unset";

    private Overrides() {}

    /** A copy of the tree with the values set, in the order given; an argument that is none is a fault and left out. */
    static LocatedNode apply(LocatedNode root, List<String> arguments, Faults faults) {
        LocatedNode tree = root;
        for (int i = 0; i < arguments.size(); i++) {
            tree = apply(tree, arguments.get(i), Place.argument(SET, i + 1), faults);
        }
        return tree;
    }

    private static LocatedNode apply(LocatedNode tree, String argument, Place place, Faults faults) {
        int equals = argument.indexOf('=');
        if (equals < 1) {
            faults.add(place, "", "The argument (" + Texts.shortened(argument) + ") must be path=value.");
            return tree;
        }
        return set(tree, argument.substring(0, equals).strip(), argument.substring(equals + 1), place, faults);
    }

    /** A copy of the tree without what stands at some paths. */
    static LocatedNode remove(LocatedNode root, List<String> paths, Faults faults) {
        LocatedNode tree = root;
        for (int i = 0; i < paths.size(); i++) {
            Place place = Place.argument(UNSET, i + 1);
            String written = paths.get(i).strip();
            try {
                DotPath path = DotPath.parse(written);
                if (LocatedTrees.find(tree, path).isEmpty()) {
                    faults.add(place, written, "There is nothing here to unset.");
                }
                tree = LocatedTrees.remove(tree, path);
            } catch (IllegalArgumentException e) {
                faults.add(place, written, String.valueOf(e.getMessage()));
            }
        }
        return tree;
    }

    /** A copy of the tree with a value, written in YAML, at a path. */
    static LocatedNode set(LocatedNode tree, String written, String yaml, Place place, Faults faults) {
        Faults inValue = new Faults();
        Optional<LocatedNode> value = YamlText.parse(yaml, place.source(), inValue);
        for (Fault fault : inValue.sorted()) {
            faults.add(place, written, fault.message(), fault.hint());
        }
        if (value.isEmpty() || !inValue.isEmpty()) {
            return tree;
        }
        try {
            return LocatedTrees.set(tree, DotPath.parse(written), at(value.get(), place), place);
        } catch (IllegalArgumentException e) {
            faults.add(place, written, String.valueOf(e.getMessage()));
            return tree;
        }
    }

    /** The value with the argument as the place of everything in it. */
    private static LocatedNode at(LocatedNode node, Place place) {
        if (node instanceof LocatedNode.Mapping mapping) {
            return new LocatedNode.Mapping(
                    place,
                    mapping.entries().stream()
                            .map(entry -> new LocatedNode.Entry(entry.key(), place, at(entry.value(), place)))
                            .toList());
        }
        if (node instanceof LocatedNode.Sequence list) {
            return new LocatedNode.Sequence(
                    place, list.items().stream().map(item -> at(item, place)).toList());
        }
        LocatedNode.Scalar scalar = (LocatedNode.Scalar) node;
        return new LocatedNode.Scalar(place, scalar.form(), scalar.text());
    }
}
