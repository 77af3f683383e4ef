package dev.assay.image;

import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.assay.error.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an image is built on: Java and a C library.
 *
 * @param place where it is
 * @param address its name there, or a file
 */
record BaseImage(Place place, String address) {

    /** Where there are base images. */
    enum Place {
        REGISTRY,
        DAEMON,
        FILE
    }

    /** In the form of the command line: {@code NAME}, {@code docker://NAME}, {@code tar://FILE} or {@code FILE.tar}. */
    static BaseImage parse(String text) {
        if (text.startsWith("tar://")) {
            return new BaseImage(Place.FILE, text.substring("tar://".length()));
        }
        if (text.startsWith("docker://")) {
            return new BaseImage(Place.DAEMON, text.substring("docker://".length()));
        }
        return text.endsWith(".tar")
                ? new BaseImage(Place.FILE, text)
                : new BaseImage(Place.REGISTRY, text.replaceFirst("^registry://", ""));
    }

    /** As others may know it: of a file only the name, since where it lies is this machine's business. */
    String name() {
        return place == Place.FILE ? ApplicationClassPath.name(Path.of(address)) : address;
    }

    /** The host it is fetched from, unless it is on this machine. */
    Optional<String> registry() throws InvalidImageReferenceException {
        return place == Place.REGISTRY
                ? Optional.of(ImageReference.parse(address).getRegistry())
                : Optional.empty();
    }

    /** Whether its name says what is in it, so that it need not be asked for where it is known. */
    boolean hasDigest() throws InvalidImageReferenceException {
        return place == Place.REGISTRY
                && ImageReference.parse(address).getDigest().isPresent();
    }

    JibContainerBuilder begin() throws InvalidImageReferenceException {
        return switch (place) {
            case DAEMON -> Jib.from(DockerDaemonImage.named(address));
            case REGISTRY -> Jib.from(registryImage(address));
            case FILE -> {
                Path file = Path.of(address).toAbsolutePath();
                if (!Files.isReadable(file)) {
                    throw new NotFoundException("The base image (" + file + ") is not there or cannot be read.\n"
                            + "Maybe it is to be made first, as docs/launching.md tells, or is meant to be a name.");
                }
                yield Jib.from(TarImage.at(file));
            }
        };
    }

    /** With the name and password that {@code docker login} keeps, if it keeps any. */
    static RegistryImage registryImage(String name) throws InvalidImageReferenceException {
        ImageReference reference = ImageReference.parse(name);
        return RegistryImage.named(reference)
                .addCredentialRetriever(CredentialRetrieverFactory.forImage(reference, event -> {})
                        .dockerConfig());
    }
}
