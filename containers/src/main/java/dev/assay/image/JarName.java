package dev.assay.image;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar is called where jars are published: as Maven wrote it into the jar, or else as its file's name has it.
 *
 * @param group empty where only the file's name is known
 */
record JarName(Optional<String> group, String artifact, Optional<String> version) {
    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    /** That of a jar, or of the folder of classes of the module that has that name. */
    static JarName of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new JarName(
                    Optional.empty(), ApplicationClassPath.name(ApplicationClassPath.moduleOf(path)), Optional.empty());
        }
        String file = ApplicationClassPath.name(path);
        try (ZipFile jar = new ZipFile(path.toFile())) {
            for (ZipEntry entry : written(jar)) {
                Properties properties = new Properties();
                try (Reader in = new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8)) {
                    properties.load(in);
                }
                String artifact = properties.getProperty("artifactId", "");
                // A jar that others were merged into has theirs, too.
                if (!artifact.isEmpty() && file.startsWith(artifact)) {
                    return new JarName(
                            Optional.ofNullable(properties.getProperty("groupId")),
                            artifact,
                            Optional.ofNullable(properties.getProperty("version")));
                }
            }
        }
        Matcher parts = FILE.matcher(file);
        return parts.matches()
                ? new JarName(Optional.empty(), parts.group(1), Optional.of(parts.group(2)))
                : new JarName(Optional.empty(), file, Optional.empty());
    }

    private static List<? extends ZipEntry> written(ZipFile jar) {
        return jar.stream()
                .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom\\.properties"))
                .toList();
    }

    /** Its package URL, for what Maven published. */
    Optional<String> packageUrl() {
        return group.flatMap(known ->
                version.map(number -> "pkg:maven/" + known + "/" + artifact + "@" + number.replace("+", "%2B")));
    }
}
