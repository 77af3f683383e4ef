package dev.assay.launch.slurm;

import dev.assay.error.AssayException;
import dev.assay.image.CodeDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An image that {@code umoci unpack} has made a folder of: an OCI runtime bundle. Charliecloud takes the files, and nothing that the image says beside them. */
record UnpackedImage(Path root, List<String> entrypoint, List<String> environment, String identity, String code) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** @throws AssayException if that folder is none */
    static UnpackedImage open(Path folder) {
        Path bundle = folder.toAbsolutePath();
        Path root = bundle.resolve("rootfs");
        Path config = bundle.resolve("config.json");
        if (!Files.isDirectory(root) || !Files.isRegularFile(config)) {
            throw new AssayException("The image (" + bundle + ") must be a folder with rootfs and config.json in it.\n"
                    + "Maybe it is yet to be unpacked: umoci unpack --image LAYOUT:TAG " + bundle);
        }
        JsonNode all = read(config);
        JsonNode process = all.path("process");
        List<String> entrypoint = texts(process.path("args"));
        if (entrypoint.isEmpty() || !Files.isDirectory(root.resolve("work/.assay"))) {
            throw new AssayException("The image (" + bundle + ") must have an entrypoint and a folder /work/.assay.\n"
                    + "Maybe it was not made by `image build`.");
        }
        return new UnpackedImage(
                root,
                entrypoint,
                texts(process.path("env")),
                identity(bundle),
                all.path("annotations").path(CodeDigest.LABEL).asString(""));
    }

    /** The folder with the digest of the image's manifest, which umoci has written down beside it. */
    private static String identity(Path bundle) {
        Path origin = bundle.resolve("umoci.json");
        String digest = Files.isRegularFile(origin)
                ? read(origin)
                        .path("from_descriptor_path")
                        .path("descriptor_walk")
                        .path(0)
                        .path("digest")
                        .asString("")
                : "";
        return digest.isEmpty() ? bundle.toString() : bundle + "@" + digest;
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(file);
        } catch (JacksonException e) {
            throw new AssayException(
                    "The file (" + file + ") of an unpacked image cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }
}
