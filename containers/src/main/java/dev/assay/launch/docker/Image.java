package dev.assay.launch.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.assay.error.AssayException;
import dev.assay.image.ApplicationImage;
import dev.assay.image.CodeDigest;
import dev.assay.image.ImageRequest;
import dev.assay.image.ImageTarget;
import dev.assay.launch.WorkerJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The image that workers run.
 *
 * @param id by which the engine knows it
 * @param reference what is recorded with each trial: the name with the digest by which a registry gives it, or with the id where it never was in one
 */
record Image(String id, String reference) {

    static Image of(Docker settings, WorkerJob job, DockerClient engine, Consumer<String> progress) {
        String code = code(job);
        if (settings.image().isEmpty()) {
            return ofApplication(settings, job, engine, code, progress);
        }
        String name = settings.image().get();
        InspectImageResponse found = find(engine, name)
                .orElseThrow(() -> new dev.assay.error.NotFoundException(
                        "The Docker engine has no image (" + name + ").\nMaybe `docker pull " + name
                                + "` gets it, or `image build --to daemon --tag " + name + "` makes it."));
        if (!code.equals(codeOf(found))) {
            progress.accept("note: the image (" + name + ") does not hold the code of this application as it is now.");
        }
        return of(name, found);
    }

    /** That of this application, made anew where the engine has none or one of other code: results must not come from code of yesterday. */
    private static Image ofApplication(
            Docker settings, WorkerJob job, DockerClient engine, String code, Consumer<String> progress) {
        String name = ImageRequest.referenceOf(job.application());
        Optional<InspectImageResponse> found = find(engine, name).filter(image -> code.equals(codeOf(image)));
        if (found.isEmpty()) {
            progress.accept("Building the image (" + name + ") of this application …");
            ImageRequest request = ImageRequest.of(job.application(), job.mainClass(), new ImageTarget.Daemon(name));
            build(settings.base().map(request::withBase).orElse(request));
            found = find(engine, name);
        }
        return of(name, found.orElseThrow());
    }

    private static void build(ImageRequest request) {
        try {
            ApplicationImage.build(request, step -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The image (" + request.target().reference() + ") cannot be built: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssayException(
                    "The image (" + request.target().reference() + ") was not built: it was interrupted.", e);
        }
    }

    private static String code(WorkerJob job) {
        try {
            return CodeDigest.of(System.getProperty("java.class.path"), job.mainClass());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<InspectImageResponse> find(DockerClient engine, String name) {
        try {
            return Optional.of(engine.inspectImageCmd(name).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static String codeOf(InspectImageResponse image) {
        return Optional.ofNullable(image.getConfig())
                .map(ContainerConfig::getLabels)
                .map(labels -> labels.get(CodeDigest.LABEL))
                .orElse("");
    }

    private static Image of(String name, InspectImageResponse found) {
        String id = Objects.requireNonNull(found.getId());
        List<String> digests = Objects.requireNonNullElse(found.getRepoDigests(), List.of());
        return new Image(id, digests.isEmpty() ? name + "@" + id : digests.get(0));
    }
}
