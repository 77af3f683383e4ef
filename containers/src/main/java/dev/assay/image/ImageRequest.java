package dev.assay.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image to be built.
 *
 * @param application its name
 * @param mainClass which the image runs
 * @param classPath in the form of the system property {@code java.class.path}
 * @param folder in which recipes and the state of the source are looked for
 * @param base what it is built on: the name of an image in a registry, {@code docker://NAME} of one in the Docker engine, {@code tar://FILE} or
 *     {@code FILE.tar} of one in a file
 * @param with more files and folders for it
 * @param allowsInsecure whether registries of other machines may be spoken to without encryption, too
 */
public record ImageRequest(
        String application,
        String mainClass,
        String classPath,
        Path folder,
        String base,
        ImageTarget target,
        List<Path> with,
        boolean allowsInsecure) {
    /** The base image where nothing else is said. */
    public static final String BASE = "eclipse-temurin:17-jre";

    /** The environment variable that says something else. */
    public static final String BASE_VARIABLE = "ASSAY_BASE_IMAGE";

    public ImageRequest {
        with = List.copyOf(with);
    }

    /** That of the application that runs, with its class path and all else as it is where nothing is said. */
    public static ImageRequest of(String application, String mainClass, ImageTarget target) {
        return new ImageRequest(
                application,
                mainClass,
                System.getProperty("java.class.path"),
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getenv(BASE_VARIABLE))
                        .filter(base -> !base.isBlank())
                        .orElse(BASE),
                target,
                List.of(),
                false);
    }

    /** What the image of an application is called where nothing is said. */
    public static String referenceOf(String application) {
        String name = application
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return "assay/" + name + ":latest";
    }

    public ImageRequest withBase(String other) {
        return new ImageRequest(application, mainClass, classPath, folder, other, target, with, allowsInsecure);
    }

    public ImageRequest withFiles(List<Path> files) {
        return new ImageRequest(application, mainClass, classPath, folder, base, target, files, allowsInsecure);
    }

    public ImageRequest withInsecure(boolean isAllowed) {
        return new ImageRequest(application, mainClass, classPath, folder, base, target, with, isAllowed);
    }
}
