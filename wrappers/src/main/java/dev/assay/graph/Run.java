package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import dev.assay.error.AssayException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** One run of a graph, node by node: the values that are known so far, each freed after its last reader unless it was given or is wanted. */
final class Run {
    private final Map<String, NDArray> given;
    private final Map<String, NDArray> values;

    private Run(Map<String, NDArray> given) {
        this.given = given;
        this.values = new LinkedHashMap<>(given);
    }

    /**
     * The values of {@code want}.
     *
     * @param plan the nodes to compute, in order
     * @param compute the value of a node from those of its inputs
     */
    static Map<String, NDArray> of(
            List<Node> plan,
            Map<String, NDArray> given,
            Collection<String> want,
            BiFunction<Node, List<NDArray>, NDArray> compute) {
        Run run = new Run(given);
        Releases releases = Releases.of(plan, want);
        for (Node node : plan) {
            List<NDArray> inputs = node.inputs().stream().map(run::value).toList();
            run.values.put(node.name(), compute.apply(node, inputs));
            releases.after(node).forEach(run::release);
        }
        Map<String, NDArray> wanted = new LinkedHashMap<>();
        want.forEach(name -> wanted.put(name, run.value(name)));
        return wanted;
    }

    private NDArray value(String name) {
        NDArray value = values.get(name);
        if (value == null) {
            throw new AssayException("The value of (" + name + ") is not known; known are " + values.keySet() + ".");
        }
        return value;
    }

    private void release(String name) {
        if (!given.containsKey(name)) {
            value(name).close();
            values.remove(name);
        }
    }
}
