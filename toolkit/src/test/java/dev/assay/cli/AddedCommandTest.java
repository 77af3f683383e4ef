package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.error.NotFoundException;
import dev.assay.run.Wrappers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Tag("L1")
class AddedCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void addedCommand_byItsName_knowsTheApplication() {
        assertThat(toy("greet")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Hello from toy, which ToyMain runs.\n");
    }

    @Test
    void addedCommand_inTheHelpOfAll_isListed() {
        assertThat(toy("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("greet", "Says hello.", "worker");
    }

    @Test
    void addedCommand_thatMissesSomething_isExplainedInOneLine() {
        assertThat(toy("greet", "--nobody")).isEqualTo(69);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: There is nobody.\n");
    }

    @Test
    void addedCommand_ofTheNameOfAnOwnOne_doesNotReplaceIt() {
        assertThat(toy("du", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("how much room");
    }

    private int toy(String... args) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        return new CommandLineApplication(new Session("toy", "ToyMain", Wrappers.of(), console)).run(args);
    }

    /** Named in {@code META-INF/services} of the tests. */
    public static final class Greeting implements AddedCommand {
        @Override
        public String name() {
            return "greet";
        }

        @Override
        public CommandLine of(Application application) {
            return new CommandLine(new Greet(application));
        }
    }

    /** Named in {@code META-INF/services} of the tests. */
    public static final class Usurper implements AddedCommand {
        @Override
        public String name() {
            return "du";
        }

        @Override
        public CommandLine of(Application application) {
            return new CommandLine(new Greet(application));
        }
    }

    @Command(name = "greet", mixinStandardHelpOptions = true, description = "Says hello.")
    static final class Greet implements Runnable {
        private final AddedCommand.Application application;

        @Option(names = "--nobody")
        private boolean isNobody;

        Greet(AddedCommand.Application application) {
            this.application = application;
        }

        @Override
        public void run() {
            if (isNobody) {
                throw new NotFoundException("There is nobody.");
            }
            application
                    .out()
                    .println("Hello from " + application.name() + ", which " + application.mainClass() + " runs.");
        }
    }
}
