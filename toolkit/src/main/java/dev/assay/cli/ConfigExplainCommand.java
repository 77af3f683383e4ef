package dev.assay.cli;

import dev.assay.config.ConfigType;
import dev.assay.config.DotPath;
import dev.assay.config.RunConfig;
import dev.assay.config.TypePaths;
import dev.assay.error.AssayException;
import dev.assay.recipe.RecipeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Tells what a key means: its type, range, default and alternatives, and whether it is part of what a trial is.")
final class ConfigExplainCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "PATH",
            description =
                    "Such as train.optimizer.lr; train.optimizer.sgd for a whole alternative; replicates for a key of"
                            + " recipes.")
    private String path = "";

    @Option(names = "--wrapper", paramLabel = "NAME", description = "Only for the configs of that wrapper.")
    private Optional<String> wrapper = Optional.empty();

    @Option(
            names = "--json",
            description = "Prints JSON: path, and explanations with description, type, range, default.")
    private boolean json;

    ConfigExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<ObjectNode> said = explanations();
        if (json) {
            session.console().out().println(JsonOutput.explanations(path, said));
            return ExitCode.OK;
        }
        for (int i = 0; i < said.size(); i++) {
            session.console()
                    .out()
                    .println((i > 0 ? "\n" : "") + session.console().bold(path));
            Explanation.lines(said.get(i))
                    .forEach(line -> session.console().out().println("  " + line));
        }
        return ExitCode.OK;
    }

    private List<ObjectNode> explanations() {
        DotPath parsed = RunPath.parse(path);
        DotPath.Step first = parsed.steps().get(0);
        if (first instanceof DotPath.Key key
                && RecipeSchema.keys().property(key.name()).isPresent()) {
            List<ObjectNode> said = Explanation.of(keys(RecipeSchema.keys(), parsed));
            said.forEach(each -> each.remove("stateless"));
            return said;
        }
        Map<List<ObjectNode>, List<String>> byText = new LinkedHashMap<>();
        List<AssayException> misses = new ArrayList<>();
        types().forEach((name, type) -> {
            try {
                byText.computeIfAbsent(Explanation.of(keys(ConfigType.of(type), parsed)), said -> new ArrayList<>())
                        .add(name);
            } catch (AssayException e) {
                misses.add(e);
            }
        });
        if (byText.isEmpty()) {
            throw misses.get(0);
        }
        boolean everywhere = byText.size() == 1 && misses.isEmpty();
        List<ObjectNode> all = new ArrayList<>();
        byText.forEach((said, names) -> said.forEach(each -> all.add(everywhere ? each : withWrappers(each, names))));
        return all;
    }

    private Map<String, Class<? extends RunConfig>> types() {
        return wrapper.map(name -> Map.<String, Class<? extends RunConfig>>of(
                        name, session.wrappers().get(name).configType()))
                .orElseGet(() -> session.wrappers().configTypes());
    }

    private static List<TypePaths.Key> keys(ConfigType root, DotPath path) {
        try {
            return TypePaths.keys(root, path);
        } catch (IllegalArgumentException e) {
            throw new AssayException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode withWrappers(ObjectNode said, List<String> names) {
        ObjectNode copy = said.deepCopy();
        ArrayNode wrappers = copy.putArray("wrappers");
        names.forEach(wrappers::add);
        return copy;
    }
}
