package dev.assay.image;

import dev.assay.image.BuiltImage.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was built, for people and for programs. */
record OutcomeText(ImageRequest request, BuiltImage built) {

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("image   " + built.reference());
        if (request.target() instanceof ImageTarget.Tar tar) {
            lines.add("file    " + tar.file());
        }
        lines.add("digest  " + built.digest());
        lines.add("id      " + built.id());
        lines.add("base    " + BaseImage.parse(request.base()).name());
        lines.add("parts   "
                + built.billOfMaterials().map(file -> file + ", in the image ").orElse("") + "/app/sbom.json");
        lines.add("layers  on top of the base, before they are compressed:");
        together().forEach((name, layers) -> lines.add(line(name, layers)));
        return String.join("\n", lines) + "\n";
    }

    /** The many layers of classes as one. */
    private Map<String, List<Layer>> together() {
        Map<String, List<Layer>> together = new LinkedHashMap<>();
        built.layers()
                .forEach(layer -> together.computeIfAbsent(
                                layer.name().replaceFirst("/.*", ""), unused -> new ArrayList<>())
                        .add(layer));
        return together;
    }

    private static String line(String name, List<Layer> layers) {
        long bytes = layers.stream().mapToLong(Layer::bytes).sum();
        int files = layers.stream().mapToInt(Layer::files).sum();
        String size = bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        String number = layers.size() == 1 ? "" : " in " + layers.size() + " layers";
        return String.format(Locale.ROOT, "  %-20s %6d files %10s%s", name, files, size, number);
    }

    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("image", built.reference());
        root.put("digest", built.digest()).put("id", built.id());
        root.put("base", BaseImage.parse(request.base()).name());
        if (request.target() instanceof ImageTarget.Tar tar) {
            root.put("file", tar.file().toString());
        }
        built.billOfMaterials().ifPresent(file -> root.put("billOfMaterials", file.toString()));
        ArrayNode layers = root.putArray("layers");
        built.layers()
                .forEach(layer -> layers.addObject()
                        .put("name", layer.name())
                        .put("files", layer.files())
                        .put("bytes", layer.bytes()));
        return root.toPrettyString() + "\n";
    }
}
