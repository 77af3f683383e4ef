package dev.assay.model;

import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names for the parameters of a block: the names of the blocks on the way, joined by dots, and the parameter's own, as in
 * {@code 0.1.weight} or {@code features.conv.weight}. A child of a sequential or parallel block is called by its position from 0; another
 * child by the name it was added under, with its position before it if siblings share that name. A parameter used twice has its first name.
 */
final class ParameterNames {
    private final Map<String, Owned> named = new LinkedHashMap<>();
    private final Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ParameterNames() {}

    /** A parameter and the block it belongs to. */
    record Owned(Parameter parameter, Block owner) {}

    /** All parameters below {@code block}, in order. */
    static Map<String, Owned> of(Block block) {
        ParameterNames names = new ParameterNames();
        names.visit("", block);
        return names.named;
    }

    private void visit(String path, Block block) {
        for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
            if (seen.add(parameter.getValue())) {
                named.put(path + parameter.getKey(), new Owned(parameter.getValue(), block));
            }
        }
        List<String> names = childNames(block);
        for (int i = 0; i < names.size(); i++) {
            visit(path + names.get(i) + ".", block.getChildren().valueAt(i));
        }
    }

    private static List<String> childNames(Block block) {
        boolean byPosition = block instanceof SequentialBlock || block instanceof ParallelBlock;
        List<String> given = new ArrayList<>();
        for (String key : block.getChildren().keys()) {
            given.add(key.replaceFirst("^\\d+", ""));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i);
            boolean isShared = Collections.frequency(given, name) > 1 || name.isEmpty();
            names.add(byPosition ? String.valueOf(i) : isShared ? i + name : name);
        }
        return names;
    }
}
