package dev.assay.image;

import dev.assay.error.AssayException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * A class path with what becomes of each of its entries in an image. Entries that do not exist are left out, as the JVM leaves them out.
 *
 * @param entries in their order, each once
 */
record ApplicationClassPath(List<Entry> entries) {

    /** By how often it changes, the least first. */
    enum Kind {
        /** A jar of native libraries, which are in the image unpacked; it itself is not. */
        UNPACKED,
        /** A jar of a released version. */
        RELEASED,
        /** A jar of a version that is not released, or a folder of classes. */
        UNRELEASED,
        /** What holds the main class. */
        OWN
    }

    /**
     * One jar or folder.
     *
     * @param place where it is in the image
     */
    record Entry(Path path, Kind kind, String place) {
        boolean isFolder() {
            return Files.isDirectory(path);
        }
    }

    ApplicationClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * Sorts a class path in the form of the system property {@code java.class.path}.
     *
     * @throws AssayException if nothing of it has the main class
     */
    static ApplicationClassPath of(String classPath, String mainClass) throws IOException {
        List<Path> paths = List.of(classPath.split(File.pathSeparator, -1)).stream()
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(Files::exists)
                .distinct()
                .toList();
        Path own = holderOf(mainClass, paths);
        List<Entry> entries = new ArrayList<>();
        Set<String> places = new HashSet<>();
        for (Path path : paths) {
            Kind kind = path.equals(own) ? Kind.OWN : kind(path);
            entries.add(new Entry(path, kind, place(path, kind, places)));
        }
        return new ApplicationClassPath(entries);
    }

    private static Path holderOf(String mainClass, List<Path> paths) throws IOException {
        String file = mainClass.replace('.', '/') + ".class";
        for (Path path : paths) {
            if (holds(path, file)) {
                return path;
            }
        }
        throw new AssayException("The class path has no class (" + mainClass + "), which is to be run; it has "
                + paths.stream().map(ApplicationClassPath::name).collect(Collectors.joining(", ")) + ".");
    }

    private static boolean holds(Path path, String file) throws IOException {
        if (Files.isDirectory(path)) {
            return Files.exists(path.resolve(file));
        }
        try (ZipFile jar = new ZipFile(path.toFile())) {
            return jar.getEntry(file) != null;
        }
    }

    private static Kind kind(Path path) {
        if (Files.isDirectory(path) || name(path).contains("-SNAPSHOT")) {
            return Kind.UNRELEASED;
        }
        return name(path).startsWith(NativeLibraries.TORCH_JAR) ? Kind.UNPACKED : Kind.RELEASED;
    }

    /** By its name, with a number before it where another jar has that name, too. */
    private static String place(Path path, Kind kind, Set<String> places) {
        if (kind == Kind.OWN) {
            return "/app/classes";
        }
        boolean isFolder = Files.isDirectory(path);
        String place = isFolder ? "/app/modules/1" : "/app/libs/" + name(path);
        for (int number = 2; !places.add(place); number++) {
            place = isFolder ? "/app/modules/" + number : "/app/libs/" + number + "/" + name(path);
        }
        return place;
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Those of a kind, in their order. */
    List<Entry> of(Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    /** The one that holds the main class. */
    Entry own() {
        return of(Kind.OWN).get(0);
    }

    /** The folder of the module that holds the main class: the one above {@code target/classes} and the like. */
    Path module() {
        return moduleOf(own().path());
    }

    static Path moduleOf(Path folderOrJar) {
        Path folder = Files.isDirectory(folderOrJar) ? folderOrJar : folderOrJar.resolveSibling("");
        while (name(folder).matches("classes|target|java|main|build|out|production|bin|libs?")) {
            folder = folder.resolveSibling("");
        }
        return folder;
    }

    /** The class path within the image, in the form of an argument file of {@code java}. */
    String argumentFile() {
        return entries.stream()
                .filter(entry -> entry.kind() != Kind.UNPACKED)
                .map(Entry::place)
                .collect(Collectors.joining(":", "\"", "\"\n"));
    }
}
