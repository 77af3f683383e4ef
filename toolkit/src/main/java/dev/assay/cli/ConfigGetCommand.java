package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Prints one value of a recipe's resolved config: a single value as it is, anything else as JSON.")
final class ConfigGetCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ValueArguments value = new ValueArguments();

    ConfigGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return value.print(session, found -> shown(found.json()));
    }

    private static String shown(JsonNode value) {
        return value.isContainer() ? JsonOutput.line(value) : value.asString();
    }
}
