package dev.assay.launching;

import dev.assay.containers.Docker;
import dev.assay.crashes.Tally;
import dev.assay.image.ApplicationImage;
import dev.assay.image.ImageRequest;
import dev.assay.image.ImageTarget;
import java.nio.file.Path;
import java.util.List;

/** The image of {@link Tally}. */
final class TallyImage {
    private static final String NAME = "assay/tally:test";

    private TallyImage() {}

    /** Builds it into the engine, which takes long the first time only. */
    static String inEngine() throws Exception {
        ImageRequest request = new ImageRequest(
                "tally",
                Tally.class.getName(),
                System.getProperty("java.class.path"),
                Path.of("").toAbsolutePath(),
                Docker.baseImage().toString(),
                new ImageTarget.Daemon(NAME),
                List.of(),
                false);
        ApplicationImage.build(request, step -> {});
        return NAME;
    }
}
