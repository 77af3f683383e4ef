package dev.assay.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image that was built.
 *
 * @param reference what it is called
 * @param digest of its manifest, by which a registry gives it: {@code sha256:…}
 * @param id of its config, by which a Docker engine knows it: {@code sha256:…}
 * @param layers those on top of the base image, in their order
 * @param billOfMaterials where it was written to outside of the image, in which it is {@code /app/sbom.json}
 */
public record BuiltImage(
        String reference, String digest, String id, List<Layer> layers, Optional<Path> billOfMaterials) {

    /**
     * One layer.
     *
     * @param bytes of its files, before they are compressed
     */
    public record Layer(String name, int files, long bytes) {}

    public BuiltImage {
        layers = List.copyOf(layers);
    }
}
