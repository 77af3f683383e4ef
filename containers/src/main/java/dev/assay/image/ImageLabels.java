package dev.assay.image;

import dev.assay.provenance.GitState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image tells of itself.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI annotations</a>
 */
final class ImageLabels {
    private static final String OCI = "org.opencontainers.image.";

    private ImageLabels() {}

    static Map<String, String> of(ImageRequest request, ApplicationClassPath classPath, BaseImage base)
            throws IOException {
        Path folder = request.folder();
        Map<String, String> labels = new TreeMap<>();
        labels.put(OCI + "title", request.application());
        labels.put(OCI + "base.name", base.name());
        labels.put(CodeDigest.LABEL, CodeDigest.of(classPath));
        JarName.of(classPath.own().path()).version().ifPresent(version -> labels.put(OCI + "version", version));
        GitState.of(folder, folder.resolve(".assay"))
                .ifPresent(state -> labels.put(OCI + "revision", state.commit() + (state.isClean() ? "" : "-dirty")));
        GitState.origin(folder).ifPresent(origin -> labels.put(OCI + "source", origin));
        return labels;
    }
}
