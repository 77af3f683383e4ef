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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
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
        try {
            return commandLine(args).execute(args);
        } catch (AssayException e) {
            // Of what is asked of the environment before there is a command.
            return explain(e);
        }
    }

    /** With the command that is asked for alone, since describing all of them takes longer than most take to run; with all where none is. */
    private CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new RootCommand());
        line.setCommandName(session.name());
        Map<String, Supplier<CommandLine>> commands = commands();
        if (args.length == 0 || !commands.containsKey(args[0])) {
            addedCommands().forEach(commands::putIfAbsent);
        }
        if (args.length > 0 && commands.containsKey(args[0])) {
            commands.keySet().retainAll(List.of(args[0]));
        }
        commands.values().forEach(command -> line.addSubcommand(command.get()));
        line.setOut(new PrintWriter(new OutputStreamWriter(session.console().out(), StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(session.console().err(), StandardCharsets.UTF_8), true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown));
        return line;
    }

    /** By name, in the order of the help. */
    private Map<String, Supplier<CommandLine>> commands() {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new CommandLine(new RunCommand(session)));
        commands.put("launch", () -> new CommandLine(new LaunchCommand(session)));
        commands.put("plan", () -> new CommandLine(new PlanCommand(session)));
        commands.put("list", () -> new CommandLine(new ListCommand(session)));
        commands.put("show", () -> new CommandLine(new ShowCommand(session)));
        commands.put("export", () -> new CommandLine(new ExportCommand(session)));
        commands.put("why", () -> new CommandLine(new WhyCommand(session)));
        commands.put("reproduce", () -> new CommandLine(new ReproduceCommand(session)));
        commands.put("status", () -> new CommandLine(new StatusCommand(session)));
        commands.put("retry", () -> new CommandLine(new RetryCommand(session)));
        commands.put("cancel", () -> new CommandLine(new CancelCommand(session)));
        commands.put("du", () -> new CommandLine(new DuCommand(session)));
        commands.put("gc", () -> new CommandLine(new GcCommand(session)));
        commands.put("artifacts", () -> new CommandLine(new ArtifactsCommand(session)));
        commands.put("report", () -> new CommandLine(new ReportCommand(session)));
        commands.put("dashboard", () -> new CommandLine(new DashboardCommand(session)));
        commands.put("compare", () -> new CommandLine(new CompareCommand(session)));
        commands.put("rate", () -> new CommandLine(new RateCommand(session)));
        commands.put("model", () -> new CommandLine(new ModelCommand(session)));
        commands.put("weights", () -> new CommandLine(new WeightsCommand(session)));
        commands.put("activations", () -> new CommandLine(new ActivationsCommand(session)));
        commands.put("similarity", () -> new CommandLine(new SimilarityCommand(session)));
        commands.put("extend", () -> new CommandLine(new ExtendCommand(session)));
        commands.put("fork", () -> new CommandLine(new ForkCommand(session)));
        commands.put("config", this::config);
        commands.put("worker", () -> new CommandLine(new WorkerCommand(session)));
        commands.put("warm-up", () -> new CommandLine(new WarmUpCommand(session)));
        return commands;
    }

    private Map<String, Supplier<CommandLine>> addedCommands() {
        AddedCommand.Application application = new AddedCommand.Application(
                session.name(),
                session.mainClass(),
                session.console().out(),
                session.console().err());
        Map<String, Supplier<CommandLine>> commands = new TreeMap<>();
        ServiceLoader.load(AddedCommand.class)
                .forEach(added -> commands.put(added.name(), () -> added.of(application)));
        return commands;
    }

    private CommandLine config() {
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
        return config;
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
