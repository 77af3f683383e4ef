package dev.assay.config;

import java.util.List;
import java.util.Optional;

/** Arguments {@code path=value} of the command line, set into a tree before it is checked. */
final class Overrides {
    private static final String OPTION = "--set";

    private Overrides() {}

    /** A copy of the tree with the values set, in the order given; an argument that is none is a fault and left out. */
    static LocatedNode apply(LocatedNode root, List<String> arguments, Faults faults) {
        LocatedNode tree = root;
        for (int i = 0; i < arguments.size(); i++) {
            tree = apply(tree, arguments.get(i), Place.argument(OPTION, i + 1), faults);
        }
        return tree;
    }

    private static LocatedNode apply(LocatedNode tree, String argument, Place place, Faults faults) {
        int equals = argument.indexOf('=');
        if (equals < 1) {
            faults.add(place, "", "The argument (" + Texts.shortened(argument) + ") must be path=value.");
            return tree;
        }
        Faults inValue = new Faults();
        Optional<LocatedNode> value = YamlText.parse(argument.substring(equals + 1), place.source(), inValue);
        String written = argument.substring(0, equals).strip();
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
