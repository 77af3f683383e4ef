package dev.assay.cli;

import dev.assay.config.ConfigException;
import dev.assay.config.FaultPrinter;
import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import dev.assay.query.QueryException;
import dev.assay.run.Wrappers;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line of an application. */
public final class CommandLineApplication {
    private final Session session;

    /**
     * @param name of the application, as help texts show it
     * @param mainClass through which workers are started
     */
    public CommandLineApplication(String name, String mainClass, Wrappers wrappers) {
        this(new Session(name, mainClass, wrappers, Console.ofProcess()));
        Logging.configure();
    }

    CommandLineApplication(Session session) {
        this.session = session;
    }

    /** Runs one command line and returns the exit code. */
    public int run(String... args) {
        return commandLine().execute(args);
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(new RootCommand());
        line.setCommandName(session.name());
        line.addSubcommand(new RunCommand(session));
        line.addSubcommand(new PlanCommand(session));
        line.addSubcommand(new ListCommand(session));
        line.addSubcommand(new ShowCommand(session));
        line.addSubcommand(new ExportCommand(session));
        line.addSubcommand(new WhyCommand(session));
        line.addSubcommand(new ReproduceCommand(session));
        line.addSubcommand(new StatusCommand(session));
        line.addSubcommand(new RetryCommand(session));
        line.addSubcommand(new CancelCommand(session));
        line.addSubcommand(new DuCommand(session));
        line.addSubcommand(new GcCommand(session));
        line.addSubcommand(new ReportCommand(session));
        line.addSubcommand(new DashboardCommand(session));
        line.addSubcommand(new CompareCommand(session));
        line.addSubcommand(new RateCommand(session));
        line.addSubcommand(new ModelCommand(session));
        line.addSubcommand(new ActivationsCommand(session));
        line.addSubcommand(new SimilarityCommand(session));
        line.addSubcommand(new ExtendCommand(session));
        line.addSubcommand(new ForkCommand(session));
        CommandLine config = new CommandLine(new ConfigCommand());
        config.addSubcommand(new ConfigCheckCommand(session));
        config.addSubcommand(new ConfigShowCommand(session));
        config.addSubcommand(new ConfigSourcesCommand(session));
        config.addSubcommand(new ConfigDiffCommand(session));
        config.addSubcommand(new ConfigGetCommand(session));
        config.addSubcommand(new ConfigTypeCommand(session));
        config.addSubcommand(new ConfigExplainCommand(session));
        config.addSubcommand(new ConfigHashCommand(session));
        config.addSubcommand(new ConfigMigrateCommand(session));
        config.addSubcommand(new ConfigSchemaCommand(session));
        line.addSubcommand(config);
        line.addSubcommand(new WorkerCommand(session));
        line.addSubcommand(new WarmUpCommand(session));
        line.setOut(new PrintWriter(new OutputStreamWriter(session.console().out(), StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(session.console().err(), StandardCharsets.UTF_8), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown));
        return line;
    }

    private int explain(Exception thrown) {
        if (thrown instanceof ConfigException faults) {
            Console console = session.console();
            console.err()
                    .println(console.terminal() ? new FaultPrinter(console::red).print(faults) : faults.getMessage());
            return ExitCode.CONFIG;
        }
        if (thrown instanceof NotFoundException missing) {
            session.console().err().println(session.console().red("error: ") + missing.getMessage());
            return ExitCode.UNAVAILABLE;
        }
        if (thrown instanceof QueryException query) {
            session.console().err().println(session.console().red("error: ") + query.getMessage());
            return ExitCode.USAGE;
        }
        if (thrown instanceof AssayException known) {
            session.console().err().println(session.console().red("error: ") + known.getMessage());
            return ExitCode.FAILED;
        }
        thrown.printStackTrace(session.console().err());
        return ExitCode.FAILED;
    }
}
