package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds lists and maps inside lists and maps that somebody could still change. Builders copy the outer ones only; without this check an
 * immutable config could change inside.
 */
final class NestedCollections {
    private NestedCollections() {}

    /** The paths of those in a config that was built, but not of those in its parts, which check themselves. */
    static List<String> mutable(ObjectType type, Object config) {
        List<String> paths = new ArrayList<>();
        for (Property property : type.properties()) {
            if (property.hasNestedCollection()) {
                contents(property.valueOf(config), property.name(), paths);
            }
        }
        return paths;
    }

    private static void contents(Object collection, String path, List<String> paths) {
        if (collection instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                content(list.get(i), path + "[" + i + "]", paths);
            }
        } else if (collection instanceof Map<?, ?> map) {
            map.forEach((key, value) -> content(value, DotPath.child(path, key.toString()), paths));
        }
    }

    private static void content(Object value, String path, List<String> paths) {
        if (takesNothing(value)) {
            paths.add(path);
        }
        contents(value, path, paths);
    }

    /** Immutable collections refuse even to take nothing; others do, and are as before. */
    private static boolean takesNothing(Object value) {
        try {
            if (value instanceof List<?> list) {
                list.addAll(List.of());
            } else if (value instanceof Map<?, ?> map) {
                map.putAll(Map.of());
            } else {
                return false;
            }
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }
}
