package dev.assay.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.util.Optional;
import java.util.stream.Stream;

/** The registries that a build speaks to. */
final class Registries {
    private Registries() {}

    /**
     * Whether all of them are on this machine, where nobody listens in between. One switch is for all, so a base image from afar
     * has them all encrypted.
     */
    static boolean areLocal(ImageTarget target, BaseImage base) throws InvalidImageReferenceException {
        return Stream.of(of(target), base.registry())
                .flatMap(Optional::stream)
                .map(registry -> registry.replaceFirst(":\\d+$", ""))
                .allMatch(host -> host.matches("localhost|127(\\.\\d+){3}"));
    }

    /** The one an image goes to, if it goes to one. */
    static Optional<String> of(ImageTarget target) throws InvalidImageReferenceException {
        return target instanceof ImageTarget.Registry
                ? Optional.of(ImageReference.parse(target.reference()).getRegistry())
                : Optional.empty();
    }
}
