package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "type",
        mixinStandardHelpOptions = true,
        description = "Prints the type and range of one value of a recipe's resolved config.")
final class ConfigTypeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ValueArguments value = new ValueArguments();

    ConfigTypeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return value.print(session, found -> TypeWords.of(found.type(), found.limits()));
    }
}
