package dev.assay.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why an image could not be built, and what may help. */
final class BuildFault {
    private BuildFault() {}

    static AssayException of(Exception thrown, ImageRequest request, BaseImage base) {
        List<Throwable> causes = causes(thrown);
        String said =
                causes.stream().map(Throwable::getMessage).map(String::valueOf).collect(Collectors.joining(" "));
        String root = "" + causes.get(causes.size() - 1).getMessage();
        Optional<String> target = registry(request.target().reference())
                .filter(registry -> request.target() instanceof ImageTarget.Registry && said.contains(registry));
        boolean isAway = causes.stream().anyMatch(BuildFault::meansThatNobodyAnswers);
        if (causes.stream().anyMatch(RegistryUnauthorizedException.class::isInstance)) {
            return new AssayException(
                    "The registry refuses: " + said(causes) + "\nMaybe `docker login` is to be called first.", thrown);
        }
        if (target.isPresent()) {
            String message = "The registry (" + target.get() + ") does not take the image ("
                    + request.target().reference() + "): " + root;
            return isAway
                    ? new NotFoundException(
                            message + "\nMaybe it is not started, or --tag names another than was meant.")
                    : new AssayException(message + "\nMaybe it does not speak HTTPS; --insecure does without.", thrown);
        }
        return switch (base.place()) {
            case REGISTRY -> ofBase(base, root);
            case DAEMON ->
                new NotFoundException(
                        "The base image (" + base.address() + ") cannot be had of the Docker engine: " + root);
            case FILE ->
                new AssayException("The image could not be built on (" + base.address() + "): " + root, thrown);
        };
    }

    /** A base image in a registry that cannot be had, and why. */
    static NotFoundException ofBase(BaseImage base, String why) {
        return new NotFoundException("The base image (" + base.address() + ") cannot be had: " + why
                + "\nMaybe there is no network. Give --base tar://FILE, or set " + ImageRequest.BASE_VARIABLE
                + "; containers/make-base-image.sh makes one, as docs/launching.md tells.");
    }

    static AssayException ofName(InvalidImageReferenceException e) {
        return new AssayException(
                "The name (" + e.getInvalidReference() + ") is none of an image; it must be like HOST/NAME:TAG.", e);
    }

    private static String said(List<Throwable> causes) {
        return String.valueOf(causes.stream()
                .filter(RegistryUnauthorizedException.class::isInstance)
                .findFirst()
                .orElseThrow()
                .getMessage());
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = thrown; each != null && !causes.contains(each); each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }

    private static boolean meansThatNobodyAnswers(Throwable thrown) {
        return thrown instanceof UnknownHostException
                || thrown instanceof ConnectException
                || thrown instanceof SocketTimeoutException;
    }

    private static Optional<String> registry(String reference) {
        try {
            return Optional.of(ImageReference.parse(reference).getRegistry());
        } catch (InvalidImageReferenceException e) {
            return Optional.empty();
        }
    }
}
