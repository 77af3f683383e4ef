package dev.assay.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.assay.error.AssayException;
import dev.assay.launch.WorkerJob;
import dev.assay.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Builds images of applications. The same content gives the same image, to the last bit: no time, no name of this machine and nothing of its
 * environment goes into it.
 *
 * <p>An image has the application's class path in {@code /app}, native libraries unpacked in {@code /opt}, and a user without rights, 65532, whose folder
 * is {@code /work}. It needs no shell. It runs with a root that nobody can write to, as any user, where {@code /tmp} can be written to.
 */
public final class ApplicationImage {
    /** User and group. */
    static final String USER = "65532:65532";

    private ApplicationImage() {}

    /**
     * Builds an image and sends it where it is to go.
     *
     * @param progress is told what is done, a line at a time, from several threads
     * @throws dev.assay.error.NotFoundException if there is no base image, no engine or no registry
     * @throws AssayException if one of them refuses, or if the application does not fit into an image
     * @throws IOException if files cannot be read or written
     */
    public static BuiltImage build(ImageRequest request, Consumer<String> progress)
            throws IOException, InterruptedException {
        BaseImage base = BaseImage.parse(request.base());
        if (base.place() == BaseImage.Place.DAEMON || request.target() instanceof ImageTarget.Daemon) {
            DockerProgram.check();
        }
        try {
            BaseRegistry.check(base, allowsInsecure(request, base));
        } catch (InvalidImageReferenceException e) {
            throw BuildFault.ofName(e);
        }
        ApplicationClassPath classPath = ApplicationClassPath.of(request.classPath(), request.mainClass());
        byte[] billOfMaterials = BillOfMaterials.of(request.application(), classPath, base);
        NativeLibraries natives = NativeLibraries.of(classPath);
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            List<ImageLayer> layers = ImageLayers.of(request, classPath, natives, billOfMaterials, temporary);
            JibContainer made = containerize(request, base, classPath, natives, layers, progress);
            return outcome(request, made, layers, billOfMaterials);
        }
    }

    private static JibContainer containerize(
            ImageRequest request,
            BaseImage base,
            ApplicationClassPath classPath,
            NativeLibraries natives,
            List<ImageLayer> layers,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        Optional<String> revision = ImageLabels.revision(request.folder());
        try {
            JibContainerBuilder image = base.begin()
                    .setPlatforms(Set.of(new Platform(natives.architecture(), "linux")))
                    .setFormat(request.target() instanceof ImageTarget.Registry ? ImageFormat.OCI : ImageFormat.Docker)
                    .setCreationTime(Instant.EPOCH)
                    .setUser(USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get("/work"))
                    .setEnvironment(natives.environment())
                    .setLabels(ImageLabels.of(request, classPath, base, revision))
                    .setEntrypoint(entrypoint(request, natives));
            revision.ifPresent(commit -> image.addEnvironmentVariable(Provenance.REVISION, commit));
            layers.forEach(layer -> image.addFileEntriesLayer(layer.entries()));
            return image.containerize(containerizer(request, base, progress));
        } catch (InvalidImageReferenceException e) {
            throw BuildFault.ofName(e);
        } catch (RegistryException | CacheDirectoryCreationException | ExecutionException | IOException e) {
            throw BuildFault.of(e, request, base);
        }
    }

    private static List<String> entrypoint(ImageRequest request, NativeLibraries natives) {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(WorkerJob.jvmOptions());
        // Whoever is not listed in /etc/passwd has no home, and nobody may write to it where the root is read-only.
        command.add("-Duser.home=/tmp");
        command.addAll(natives.options());
        command.addAll(List.of("-cp", "@/app/class-path", request.mainClass()));
        return command;
    }

    private static Containerizer containerizer(ImageRequest request, BaseImage base, Consumer<String> progress)
            throws InvalidImageReferenceException {
        return target(request.target())
                .setToolName("assay")
                .setApplicationLayersCache(Containerizer.DEFAULT_BASE_CACHE_DIRECTORY)
                .setAllowInsecureRegistries(allowsInsecure(request, base))
                .addEventHandler(LogEvent.class, event -> tell(event, progress));
    }

    private static boolean allowsInsecure(ImageRequest request, BaseImage base) throws InvalidImageReferenceException {
        return request.allowsInsecure() || Registries.areLocal(request.target(), base);
    }

    private static Containerizer target(ImageTarget target) throws InvalidImageReferenceException {
        if (target instanceof ImageTarget.Tar tar) {
            return Containerizer.to(TarImage.at(tar.file()).named(tar.reference()));
        }
        return target instanceof ImageTarget.Daemon
                ? Containerizer.to(DockerDaemonImage.named(target.reference()))
                : Containerizer.to(BaseImage.registryImage(target.reference()));
    }

    private static void tell(LogEvent event, Consumer<String> progress) {
        boolean isForPeople = switch (event.getLevel()) {
            case WARN, LIFECYCLE, PROGRESS -> true;
            // Errors are thrown as well.
            case ERROR, INFO, DEBUG -> false;
        };
        String line = event.getMessage().strip();
        if (isForPeople && !line.isEmpty() && !line.startsWith("Container entrypoint")) {
            progress.accept(line);
        }
    }

    private static BuiltImage outcome(
            ImageRequest request, JibContainer made, List<ImageLayer> layers, byte[] billOfMaterials)
            throws IOException {
        List<BuiltImage.Layer> outcomes = new ArrayList<>();
        for (ImageLayer layer : layers) {
            outcomes.add(layer.outcome());
        }
        Optional<Path> written = Optional.empty();
        if (request.target() instanceof ImageTarget.Tar tar) {
            String name = ApplicationClassPath.name(tar.file()).replaceFirst("\\.tar$", "");
            written = Optional.of(Files.write(tar.file().resolveSibling(name + ".sbom.json"), billOfMaterials));
        }
        return new BuiltImage(
                request.target().reference(),
                made.getDigest().toString(),
                made.getImageId().toString(),
                outcomes,
                written);
    }
}
