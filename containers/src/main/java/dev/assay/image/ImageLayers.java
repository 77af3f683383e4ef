package dev.assay.image;

import dev.assay.image.ApplicationClassPath.Entry;
import dev.assay.image.ApplicationClassPath.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The layers of an application's image, first what changes least. */
final class ImageLayers {
    private ImageLayers() {}

    /**
     * @param billOfMaterials its text
     * @param temporary takes what has to be written first; it must last as long as the layers are used
     */
    static List<ImageLayer> of(
            ImageRequest request,
            ApplicationClassPath classPath,
            NativeLibraries natives,
            byte[] billOfMaterials,
            TemporaryFolder temporary)
            throws IOException {
        List<ImageLayer> layers = new ArrayList<>();
        natives.layers().forEach((name, files) -> layers.add(ImageLayer.of(name, files)));
        // What a container is given of the machine is put there; where the root is read-only, nobody can make the
        // folders.
        Map<String, Path> folders = Map.of("/work", temporary.path(), "/work/.assay", temporary.path());
        layers.add(new ImageLayer("folders", folders, ApplicationImage.USER));
        layers.add(ImageLayer.of("libraries", files(classPath.of(Kind.RELEASED))));
        layers.addAll(unreleased(classPath, temporary));
        layers.add(ImageLayer.of("files", AddedFiles.of(request.folder(), classPath.module(), request.with())));
        layers.addAll(own(classPath, temporary));
        layers.add(ImageLayer.of(
                "class-path",
                Map.of("/app/class-path", temporary.write("class-path", bytes(classPath.argumentFile())))));
        layers.add(ImageLayer.of(
                "bill-of-materials", Map.of("/app/sbom.json", temporary.write("sbom.json", billOfMaterials))));
        layers.removeIf(layer -> layer.files().isEmpty());
        return layers;
    }

    private static Map<String, Path> files(List<Entry> jars) {
        Map<String, Path> files = new LinkedHashMap<>();
        jars.forEach(jar -> files.put(jar.place(), jar.path()));
        return files;
    }

    /** A layer for each: they change one by one. */
    private static List<ImageLayer> unreleased(ApplicationClassPath classPath, TemporaryFolder temporary)
            throws IOException {
        List<ImageLayer> layers = new ArrayList<>();
        for (Entry entry : classPath.of(Kind.UNRELEASED)) {
            String name = JarName.of(entry.path()).artifact();
            layers.add(ImageLayer.of(name, entry.isFolder() ? unpacked(entry, temporary) : files(List.of(entry))));
        }
        return layers;
    }

    private static Map<String, Path> unpacked(Entry entry, TemporaryFolder temporary) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> file : ClassFiles.of(entry.path()).entrySet()) {
            String place = entry.place() + "/" + file.getKey();
            files.put(place, temporary.write(place.substring(1), file.getValue()));
        }
        return files;
    }

    private static List<ImageLayer> own(ApplicationClassPath classPath, TemporaryFolder temporary) throws IOException {
        SortedMap<String, byte[]> content = ClassFiles.of(classPath.own().path());
        Map<String, Path> files = unpacked(classPath.own(), temporary);
        List<ImageLayer> layers = new ArrayList<>();
        ClassSpread.of(content).forEach((name, members) -> {
            Map<String, Path> some = new LinkedHashMap<>();
            members.stream()
                    .map(member -> classPath.own().place() + "/" + member)
                    .forEach(place -> some.put(place, files.getOrDefault(place, Path.of(place))));
            layers.add(ImageLayer.of(name, some));
        });
        return layers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
