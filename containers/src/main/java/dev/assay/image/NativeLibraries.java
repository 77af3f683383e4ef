package dev.assay.image;

import dev.assay.error.AssayException;
import dev.assay.image.ApplicationClassPath.Entry;
import dev.assay.provenance.ClassPathDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Native libraries out of their jars. With the jars every container would unpack them once more: 450 MB of its memory or disk and seconds of its
 * time, to a place where nothing may be run if it was started with care.
 *
 * @param architecture of the libraries, as Docker calls it: {@code amd64}
 * @param layers by name: the files on this machine by their places in the image
 * @param environment that has them found
 * @param options of the JVM that have them found
 */
record NativeLibraries(
        String architecture,
        Map<String, Map<String, Path>> layers,
        Map<String, String> environment,
        List<String> options) {
    /** What the name of the jar with libtorch begins with; it has nothing but libraries. */
    static final String TORCH_JAR = "pytorch-native-";

    private static final String GLUE_JAR = "pytorch-jni-";
    private static final String SQLITE_JAR = "sqlite-jdbc-";
    private static final String TORCH = "/opt/libtorch";
    private static final String SQLITE = "/opt/sqlite";
    private static final String SQLITE_LIBRARY = "libsqlitejdbc.so";
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");

    /** Those of a class path, unpacked into the user's cache unless they are there. */
    static NativeLibraries of(ApplicationClassPath classPath) throws IOException {
        Map<String, Map<String, Path>> layers = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> options = new ArrayList<>();
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        Optional<Path> torch = jar(classPath, TORCH_JAR);
        if (torch.isPresent()) {
            Properties properties = properties(torch.get());
            String classifier = properties.getProperty("classifier");
            machine = classifier.replaceFirst("^linux-", "");
            layers.put("libtorch", torch(torch.get(), jar(classPath, GLUE_JAR), properties));
            environment.put("PYTORCH_LIBRARY_PATH", TORCH);
            environment.put("PYTORCH_VERSION", properties.getProperty("version").replaceFirst("-.*", ""));
            environment.put("PYTORCH_FLAVOR", properties.getProperty("flavor"));
            environment.put("DJL_CACHE_DIR", "/tmp/djl");
        }
        Optional<Path> sqlite = jar(classPath, SQLITE_JAR);
        if (sqlite.isPresent()) {
            String name = "org/sqlite/native/Linux/" + machine + "/" + SQLITE_LIBRARY;
            layers.put("sqlite", unpack(sqlite.get(), List.of(name), SQLITE));
            options.add("-Dorg.sqlite.lib.path=" + SQLITE);
            options.add("-Dorg.sqlite.lib.name=" + SQLITE_LIBRARY);
        }
        return new NativeLibraries(ARCHITECTURES.getOrDefault(machine, machine), layers, environment, options);
    }

    private static Optional<Path> jar(ApplicationClassPath classPath, String beginning) {
        return classPath.entries().stream()
                .map(Entry::path)
                .filter(path -> ApplicationClassPath.name(path).startsWith(beginning) && Files.isRegularFile(path))
                .findFirst();
    }

    /** What the jar says of itself: {@code version}, {@code flavor}, {@code classifier}, {@code libraries}. */
    private static Properties properties(Path jar) throws IOException {
        Properties properties = new Properties();
        try (ZipFile zip = new ZipFile(jar.toFile());
                Reader in = new InputStreamReader(open(zip, "native/lib/pytorch.properties"), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        String classifier = properties.getProperty("classifier");
        if (!classifier.startsWith("linux-")) {
            throw new AssayException(
                    "The native libraries (" + ApplicationClassPath.name(jar) + ") are for " + classifier
                            + ", but an image runs on Linux.\n"
                            + "Maybe the application is to be built with those of linux-x86_64.");
        }
        return properties;
    }

    private static Map<String, Path> torch(Path jar, Optional<Path> glue, Properties properties) throws IOException {
        String flavor = properties.getProperty("flavor");
        String classifier = properties.getProperty("classifier");
        List<String> names = List.of(properties.getProperty("libraries").split(",", -1)).stream()
                .map(library -> "pytorch/" + flavor + "/" + classifier + "/" + library)
                .toList();
        Map<String, Path> files = new LinkedHashMap<>(unpack(jar, names, TORCH));
        if (glue.isPresent()) {
            String name = "jnilib/" + classifier + "/" + flavor + "/libdjl_torch.so";
            files.putAll(unpack(glue.get(), List.of(name), TORCH));
        }
        return files;
    }

    /** The files of those names in a jar, by their places in a folder of the image. */
    private static Map<String, Path> unpack(Path jar, List<String> names, String place) throws IOException {
        Path caches = Files.createDirectories(ClassPathDigests.userCache().resolve("natives"));
        Path folder = caches.resolve(ClassPathDigests.ofUser().of(jar));
        if (!Files.exists(folder)) {
            Path fresh = Files.createTempDirectory(caches, "new");
            copy(jar, names, fresh);
            try {
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                TemporaryFolder.delete(fresh);
                boolean isUnpackedByAnother = Files.exists(folder);
                if (!isUnpackedByAnother) {
                    throw e;
                }
            }
        }
        Map<String, Path> files = new LinkedHashMap<>();
        names.forEach(name -> files.put(place + "/" + library(name), folder.resolve(library(name))));
        return files;
    }

    private static void copy(Path jar, List<String> names, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String name : names) {
                try (InputStream in = open(zip, name)) {
                    Files.copy(name.endsWith(".gz") ? new GZIPInputStream(in) : in, folder.resolve(library(name)));
                }
            }
        }
    }

    private static String library(String name) {
        return name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.gz$", "");
    }

    private static InputStream open(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            throw new AssayException("The jar (" + jar.getName() + ") has no " + name + ".");
        }
        return jar.getInputStream(entry);
    }
}
