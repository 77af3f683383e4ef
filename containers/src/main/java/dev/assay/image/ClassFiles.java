package dev.assay.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is in a folder of classes or in a jar of them, the same for both: without what only the making of a jar adds. */
final class ClassFiles {
    private ClassFiles() {}

    /** The bytes of its files by their names, with slashes. */
    static SortedMap<String, byte[]> of(Path folderOrJar) throws IOException {
        SortedMap<String, byte[]> files = Files.isDirectory(folderOrJar) ? ofFolder(folderOrJar) : ofJar(folderOrJar);
        files.keySet().removeIf(name -> name.equals("META-INF/MANIFEST.MF") || name.startsWith("META-INF/maven/"));
        return files;
    }

    private static SortedMap<String, byte[]> ofFolder(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static SortedMap<String, byte[]> ofJar(Path file) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries =
                    jar.stream().filter(entry -> !entry.isDirectory()).toList();
            for (ZipEntry entry : entries) {
                files.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }
}
