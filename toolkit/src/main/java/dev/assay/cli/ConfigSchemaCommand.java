package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.recipe.RecipeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the JSON Schema of this application's recipes, for completion and checks in an editor.",
            "With the YAML language server a recipe names it in its first line:",
            "  # yaml-language-server: $schema=recipes.schema.json"
        })
final class ConfigSchemaCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--wrapper", paramLabel = "NAME", description = "Only for recipes of that wrapper.")
    private Optional<String> wrapper = Optional.empty();

    @Option(names = "--to", paramLabel = "FILE", description = "Writes to that file instead of standard output.")
    private Optional<Path> file = Optional.empty();

    ConfigSchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, Class<? extends RunConfig>> types = wrapper.map(name -> Map.<String, Class<? extends RunConfig>>of(
                        name, session.wrappers().get(name).configType()))
                .orElseGet(() -> session.wrappers().configTypes());
        String text = JsonOutput.text(RecipeSchema.of(session.name(), types));
        if (file.isEmpty()) {
            session.console().out().println(text);
            return ExitCode.OK;
        }
        try {
            Files.writeString(file.get(), text + "\n");
        } catch (IOException e) {
            throw new AssayException("The file (" + file.get() + ") cannot be written: " + e.getMessage() + ".", e);
        }
        return ExitCode.OK;
    }
}
