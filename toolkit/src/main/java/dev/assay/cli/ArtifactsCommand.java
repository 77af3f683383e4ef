package dev.assay.cli;

import dev.assay.artifact.Artifacts;
import dev.assay.artifact.ObjectStore;
import dev.assay.error.AssayException;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "artifacts",
        mixinStandardHelpOptions = true,
        description = {
            "Tells or says where weights, checkpoints and reports are kept.",
            "They are in the store's folder. With an address they are kept there, too, from then on, and fetched from there where they are"
                    + " not in the folder: workers on machines that share no folder go on with each other's trials. What there is"
                    + " goes with it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  artifacts                                 where they are, and how much there is",
            "  artifacts s3://bucket/cifar               keep them in a bucket as well",
            "  artifacts 's3://bucket/cifar?endpoint=https://minio.example.org&region=eu-central-1'",
            "  artifacts here                            fetch all, and keep them in the folder only",
            "",
            "Credentials are those of the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), of ~/.aws",
            "or of the machine's role; they are not stored."
        })
final class ArtifactsCommand implements Callable<Integer> {
    private static final String HERE = "here";

    /** What is kept. Logs and signs of life are of one machine. */
    private static final List<String> FOLDERS = List.of("weights", "tensors", "trials", "reports");

    /** How often progress is told. */
    private static final int STEP = 20;

    private final Session session;

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..1",
            description = "s3://BUCKET/FOLDER, or `here` for the store's folder only. Default: tells how it is.")
    private Optional<String> address = Optional.empty();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--json", description = "Prints JSON: folder, address, files and bytes.")
    private boolean json;

    ArtifactsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        // Whoever says where has not run anything yet, as a rule.
        try (TrialStore open = address.isPresent() ? TrialStore.open(store.file) : Session.store(store.file)) {
            if (address.isPresent()) {
                move(open, address.filter(text -> !text.equals(HERE)));
            }
            tell(open.artifacts());
            return ExitCode.OK;
        }
    }

    private void move(TrialStore open, Optional<String> to) throws IOException {
        Artifacts from = open.artifacts();
        if (from.address().equals(to)) {
            return;
        }
        refuseWhileRunning(open);
        Artifacts target = Artifacts.in(from.folder(), to);
        target.check();
        for (String folder : FOLDERS) {
            from.fetchBelow(folder, "");
        }
        List<String> names = kept(from).stream().map(ObjectStore.Entry::name).toList();
        for (int i = 0; i < names.size(); i += STEP) {
            List<String> some = names.subList(i, Math.min(names.size(), i + STEP));
            target.keep(some);
            session.console().err().println((i + some.size()) + " of " + names.size() + " files");
        }
        open.keepArtifactsAt(to);
    }

    private static void refuseWhileRunning(TrialStore open) {
        long running = open.trials().stream()
                .filter(trial -> trial.state() == TrialState.RUNNING)
                .count();
        if (running > 0) {
            throw new AssayException(
                    "Trials are running (" + running + "), which keep their files where they began to.\n"
                            + "Maybe wait for them, or `cancel` them: they go on from their checkpoints.");
        }
    }

    private static List<ObjectStore.Entry> kept(Artifacts artifacts) throws IOException {
        List<ObjectStore.Entry> kept = new ArrayList<>();
        for (String folder : FOLDERS) {
            kept.addAll(artifacts.list(folder));
        }
        kept.removeIf(file -> file.name().endsWith(Artifacts.PART));
        return kept;
    }

    private void tell(Artifacts artifacts) throws IOException {
        List<ObjectStore.Entry> kept = kept(artifacts);
        long bytes = kept.stream().mapToLong(ObjectStore.Entry::bytes).sum();
        PrintStream out = session.console().out();
        if (json) {
            ObjectNode root = JsonMapper.shared().createObjectNode();
            root.put("folder", artifacts.folder().toString());
            root.put("address", artifacts.address().orElse(null));
            root.put("files", kept.size()).put("bytes", bytes);
            out.println(JsonOutput.text(root));
            return;
        }
        out.println("folder   " + artifacts.folder());
        out.println("address  " + artifacts.address().orElse("none: they are in the folder only"));
        out.println("files    " + kept.size() + " of " + DuCommand.size(bytes));
    }
}
