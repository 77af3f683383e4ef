package dev.assay.image;

import dev.assay.error.AssayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A class path sorted into what an image keeps in layers of its own, so that a change of code moves few bytes: what seldom changes first.
 * Entries that do not exist are left out, as the JVM leaves them out.
 *
 * @param natives jars with native libraries, by far the largest and the last to change
 * @param dependencies other released jars
 * @param application folders of classes, and jars of unreleased versions
 */
public record ApplicationLayers(List<Path> natives, List<Path> dependencies, List<Path> application) {

    /**
     * The layers of a class path in the form of the system property {@code java.class.path}; order is kept within each.
     *
     * @throws AssayException if nothing of it exists
     */
    public static ApplicationLayers of(String classPath) {
        List<Path> entries = List.of(classPath.split(java.io.File.pathSeparator, -1)).stream()
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .distinct()
                .toList();
        if (entries.isEmpty()) {
            throw new AssayException("The class path (" + classPath + ") holds nothing that exists.");
        }
        List<Path> application =
                entries.stream().filter(ApplicationLayers::changes).toList();
        List<Path> natives = entries.stream()
                .filter(entry -> !changes(entry) && name(entry).contains("-native-"))
                .toList();
        List<Path> dependencies = entries.stream()
                .filter(entry -> !application.contains(entry) && !natives.contains(entry))
                .toList();
        return new ApplicationLayers(natives, dependencies, application);
    }

    private static boolean changes(Path entry) {
        return Files.isDirectory(entry) || name(entry).contains("-SNAPSHOT");
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
