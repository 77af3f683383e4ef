package dev.assay.image;

import dev.assay.cli.AddedCommand.Application;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = {
            "Builds an image of this application, with its class path, its recipes and its schemas.",
            "The same content gives the same image. Nothing of the environment goes into it."
        })
final class ImageBuildCommand implements Callable<Integer> {
    private final Application application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            defaultValue = "daemon",
            description = {
                "daemon: the Docker engine of this machine;",
                "registry: that of --tag, with what `docker login` keeps;",
                "tar: the file of --file, which `docker load` reads.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Destination to = Destination.DAEMON;

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            description = {
                "What has Java in it: NAME in a registry, docker://NAME in the engine of this machine, tar://FILE or"
                        + " FILE.tar.",
                "Default: what the environment variable " + ImageRequest.BASE_VARIABLE + " says, else "
                        + ImageRequest.BASE
            })
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--tag",
            paramLabel = "NAME",
            description = "What the image is called: HOST/NAME:TAG. Default: assay/ and the application's name.")
    private Optional<String> tag = Optional.empty();

    @Option(
            names = "--file",
            paramLabel = "F.tar",
            description = "Where --to tar writes it; beside it F.sbom.json. Default: the application's name.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--with",
            paramLabel = "PATH",
            description = {
                "One more file or folder for /app in the image, hidden files left out. May be repeated.",
                "Of the folders recipes and schemas, in this folder or by the application's module, YAML and JSON are"
                        + " there anyway."
            })
    private List<Path> with = new ArrayList<>();

    @Option(
            names = "--insecure",
            description = "Speaks to registries of other machines without encryption, too, if they want none.")
    private boolean isInsecure;

    @Option(names = "--json", description = "Prints the outcome for programs.")
    private boolean json;

    private enum Destination {
        DAEMON,
        REGISTRY,
        TAR
    }

    ImageBuildCommand(Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ImageRequest plain = ImageRequest.of(application.name(), application.mainClass(), target());
        ImageRequest request =
                plain.withBase(base.orElse(plain.base())).withFiles(with).withInsecure(isInsecure);
        BuiltImage built =
                ApplicationImage.build(request, line -> application.err().println(line));
        OutcomeText outcome = new OutcomeText(request, built);
        application.out().print(json ? outcome.json() : outcome.text());
        return 0;
    }

    private ImageTarget target() {
        String reference = tag.orElseGet(() -> ImageRequest.referenceOf(application.name()));
        return switch (to) {
            case DAEMON -> new ImageTarget.Daemon(reference);
            case REGISTRY -> {
                if (tag.isEmpty()) {
                    throw new ParameterException(
                            spec.commandLine(), "Which registry? --to registry needs --tag HOST/NAME:TAG.");
                }
                yield new ImageTarget.Registry(reference);
            }
            case TAR ->
                new ImageTarget.Tar(
                        reference,
                        file.orElseGet(() -> Path.of(application.name() + ".tar"))
                                .toAbsolutePath());
        };
    }
}
