package dev.assay.image;

import dev.assay.provenance.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The application's own files over layers by a hash of their names, so that a change of one class moves one small layer. A class and those nested
 * in it stay together; large files that are no classes get a layer of their own.
 */
final class ClassSpread {
    private static final int LARGE = 1 << 16;
    /** Compressed it is half of that; twice as much where the hash is unlucky is still below 100 kB. */
    private static final long LAYER = 1 << 16;
    /** Engines stop at 127 layers. */
    private static final int MOST_LAYERS = 64;

    private ClassSpread() {}

    /** The files of each layer, by names that tell how many layers there are; layers without files are left out. */
    static SortedMap<String, List<String>> of(SortedMap<String, byte[]> files) {
        SortedMap<String, List<String>> layers = new TreeMap<>();
        int count = count(files);
        files.forEach((name, content) -> {
            String layer =
                    isLarge(name, content) ? "resources" : String.format("classes-%d/%02d", count, place(name, count));
            layers.computeIfAbsent(layer, unused -> new ArrayList<>()).add(name);
        });
        return layers;
    }

    private static int count(SortedMap<String, byte[]> files) {
        long bytes = files.entrySet().stream()
                .filter(file -> !isLarge(file.getKey(), file.getValue()))
                .mapToLong(file -> file.getValue().length)
                .sum();
        int count = 1;
        while (count < MOST_LAYERS && count * LAYER < bytes) {
            count *= 2;
        }
        return count;
    }

    private static boolean isLarge(String name, byte[] content) {
        return content.length >= LARGE && !name.endsWith(".class");
    }

    private static int place(String name, int count) {
        String outer = name.replaceFirst("(\\$.*)?\\.class$", "");
        String hash = Sha256.of(outer.getBytes(StandardCharsets.UTF_8));
        return Integer.parseInt(hash.substring(0, 2), 16) % count;
    }
}
