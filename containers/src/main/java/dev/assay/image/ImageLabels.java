package dev.assay.image;

import dev.assay.provenance.GitState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an image tells of itself.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI annotations</a>
 */
final class ImageLabels {
    private static final String OCI = "org.opencontainers.image.";

    private ImageLabels() {}

    /** The commit of the tree that a folder lies in, with {@code -dirty} where files differ from it. */
    static Optional<String> revision(Path folder) {
        return GitState.of(folder, folder.resolve(".assay"))
                .map(state -> state.commit() + (state.isClean() ? "" : "-dirty"));
    }

    static Map<String, String> of(
            ImageRequest request, ApplicationClassPath classPath, BaseImage base, Optional<String> revision)
            throws IOException {
        Map<String, String> labels = new TreeMap<>();
        labels.put(OCI + "title", request.application());
        labels.put(OCI + "base.name", base.name());
        labels.put(CodeDigest.LABEL, CodeDigest.of(classPath));
        JarName.of(classPath.own().path()).version().ifPresent(version -> labels.put(OCI + "version", version));
        revision.ifPresent(commit -> labels.put(OCI + "revision", commit));
        GitState.origin(request.folder()).ifPresent(origin -> labels.put(OCI + "source", origin));
        return labels;
    }
}
