package dev.assay.recipe;

import dev.assay.config.LocatedNode;
import dev.assay.config.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows what the layers were read from and which layer a place belongs to. Filled while they are read. */
final class LayerIndex {
    private final Map<String, Layer> sources = new HashMap<>();
    private final Map<Place, Origin> marked = new HashMap<>();
    private final List<Source> read = new ArrayList<>();

    LayerIndex() {
        sources.put(Origin.DEFAULT.place().source(), Layer.DEFAULT);
    }

    /** Everything of a source, such as a file, belongs to its layer, unless it is marked otherwise. */
    void add(Source source) {
        if (sources.putIfAbsent(source.name(), source.layer()) == null) {
            read.add(source);
        }
    }

    /** What was read, each once: layer by layer, and in each in the order of the reading. */
    List<Source> sources() {
        return read.stream().sorted(Comparator.comparing(Source::layer)).toList();
    }

    /** A part of a file is a layer of its own. */
    void mark(LocatedNode part, Layer layer, String name) {
        mark(part.place(), layer, name);
        if (part instanceof LocatedNode.Mapping mapping) {
            mapping.entries().forEach(entry -> mark(entry.value(), layer, name));
        } else if (part instanceof LocatedNode.Sequence list) {
            list.items().forEach(item -> mark(item, layer, name));
        }
    }

    private void mark(Place place, Layer layer, String name) {
        // An argument that replaces the whole part stays what it is.
        if (place.line() > 0) {
            marked.putIfAbsent(place, new Origin(layer, name, place));
        }
    }

    Origin origin(Place place) {
        Origin known = marked.get(place);
        return known != null ? known : new Origin(sources.getOrDefault(place.source(), Layer.COMMAND_LINE), "", place);
    }
}
