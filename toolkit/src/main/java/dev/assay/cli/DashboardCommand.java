package dev.assay.cli;

import dev.assay.dashboard.Dashboard;
import dev.assay.report.Report;
import dev.assay.store.TrialStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description =
                "Serves the report of an experiment as a web page that follows it while it runs, until Ctrl-C. It only reads.")
final class DashboardCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment's name, as its recipe gives it.")
    private String experiment = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {
                "The address to listen at. Default: 127.0.0.1, for this machine only.",
                "At any other, such as 0.0.0.0, the page opens only with the token that is printed; what is sent is not encrypted."
            })
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8077", description = "Default: 8077. 0 takes any that is free.")
    private int port = 8077;

    DashboardCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        try (TrialStore open = Session.store(store.file)) {
            Session.experiment(open, experiment);
            Dashboard dashboard = Dashboard.start(
                    host,
                    port,
                    HexFormat.of().formatHex(secret),
                    () -> Report.of(Session.results(open, Session.experiment(open, experiment)))
                            .live(),
                    () -> open.standings(experiment));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(dashboard, open), "dashboard-stop"));
            session.console().out().println(dashboard.address());
            session.console().out().flush();
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }

    /** Runs when Ctrl-C or a termination signal arrives, which is how this is meant to end. */
    private static void stop(Dashboard dashboard, TrialStore open) {
        dashboard.close();
        open.close();
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
