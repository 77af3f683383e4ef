package dev.assay.image;

import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Files of an image beside its code, by their places: the application's recipes and schemas, and what the user adds. Hidden files are left out, and
 * so are settings of one machine: both may hold secrets.
 */
final class AddedFiles {
    private static final String APP = "/app/";
    private static final Set<String> TAKEN = Set.of("classes", "libs", "modules", "class-path", "sbom.json");
    private static final String LOCAL_SETTINGS = "assay.local.yaml";

    private final SortedMap<String, Path> files = new TreeMap<>();

    private AddedFiles() {}

    /** @param module the folder of the application's module */
    static SortedMap<String, Path> of(Path folder, Path module, List<Path> with) throws IOException {
        AddedFiles all = new AddedFiles();
        List<Path> places = List.of(folder, module, module.resolveSibling(""));
        Optional<Path> recipes = first(places, "recipes");
        if (recipes.isPresent()) {
            all.addAll("recipes", recipes.get(), Integer.MAX_VALUE, name -> name.matches(".*\\.(yaml|yml|json)"));
        }
        Optional<Path> schemas = first(places, "schemas");
        if (schemas.isPresent()) {
            all.addAll("schemas", schemas.get(), 1, name -> name.endsWith(".json"));
        }
        for (Path path : with) {
            all.add(path.toAbsolutePath().normalize());
        }
        return all.files;
    }

    private static Optional<Path> first(List<Path> places, String name) {
        return places.stream()
                .map(place -> place.resolve(name))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private void add(Path path) throws IOException {
        String name = ApplicationClassPath.name(path);
        if (TAKEN.contains(name)) {
            throw new AssayException("The file (" + path + ") would replace what an image has in " + APP + name
                    + ".\nMaybe it is to be renamed.");
        }
        if (!Files.exists(path)) {
            throw new NotFoundException("There is no file (" + path + ") to be added to the image.");
        }
        if (Files.isDirectory(path)) {
            addAll(name, path, Integer.MAX_VALUE, any -> true);
        } else {
            files.put(APP + name, path);
        }
    }

    private void addAll(String name, Path folder, int depth, Predicate<String> filter) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .filter(file -> filter.test(ApplicationClassPath.name(file)))
                    .forEach(file -> files.put(
                            APP + name + "/"
                                    + folder.relativize(file).toString().replace('\\', '/'),
                            file));
        }
    }

    private static boolean isHidden(Path below) {
        return below.endsWith(LOCAL_SETTINGS)
                || StreamSupport.stream(below.spliterator(), false)
                        .anyMatch(part -> part.toString().startsWith("."));
    }
}
