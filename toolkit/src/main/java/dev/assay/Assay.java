package dev.assay;

import dev.assay.cli.CommandLineApplication;
import dev.assay.config.RunConfig;
import dev.assay.run.Trainable;
import dev.assay.run.Wrapper;
import dev.assay.run.Wrappers;
import java.util.function.Supplier;

/**
 * An application: its name and the wrappers it knows. Immutable.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     System.exit(Assay.application("cifar10")
 *             .wrapper("classifier", ClassifierRun.class, Classifier::new)
 *             .run(args));
 * }
 * }</pre>
 */
public final class Assay {
    private final String name;
    private final Class<?> main;
    private final Wrappers wrappers;

    private Assay(String name, Class<?> main, Wrappers wrappers) {
        this.name = name;
        this.main = main;
        this.wrappers = wrappers;
    }

    /** An application without wrappers. Must be called by the class whose {@code main} runs it: workers are started through that. */
    public static Assay application(String name) {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return new Assay(name, caller, Wrappers.of());
    }

    /**
     * This application with one more wrapper.
     *
     * @param wrapper name by which recipes choose it
     * @param configType its run config
     * @param factory makes a new instance for each trial
     */
    public <C extends RunConfig> Assay wrapper(
            String wrapper, Class<C> configType, Supplier<? extends Trainable<C>> factory) {
        return new Assay(name, main, wrappers.with(new Wrapper<>(wrapper, configType, factory)));
    }

    /** Runs a command line; returns the exit code. See {@code --help} for the commands and the codes. */
    public int run(String... args) {
        return new CommandLineApplication(name, main.getName(), wrappers).run(args);
    }
}
