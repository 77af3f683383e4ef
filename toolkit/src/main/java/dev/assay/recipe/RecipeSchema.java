package dev.assay.recipe;

import dev.assay.config.ConfigType;
import dev.assay.config.ObjectType;
import dev.assay.config.RunConfig;
import dev.assay.config.schema.PathSchemas;
import dev.assay.config.schema.TypeSchemas;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of an application's recipes: the wrapper decides what {@code base}, {@code sweep} and the report's baseline
 * may hold. It takes every recipe that {@link RecipeReader} takes whose paths are written without needless quotes; rules across keys are left to the reader. Required keys
 * of {@code base} are asked for only where nothing else can give them.
 */
public final class RecipeSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectType KEYS = (ObjectType) ConfigType.of(RecipeFile.class);

    /** What may give keys of a trial beside {@code base}. */
    private static final List<String> OTHER_SOURCES = List.of("design", "sweep", "include", "profiles");

    private final ObjectNode root = JSON.objectNode();
    private final ObjectNode definitions = JSON.objectNode();
    private final TypeSchemas complete = TypeSchemas.complete(definitions);
    private final TypeSchemas partial = TypeSchemas.partial(definitions);

    private RecipeSchema() {}

    /**
     * The schema.
     *
     * @param application its name, for the title
     * @param wrappers the run config of each wrapper by its name
     */
    public static ObjectNode of(String application, Map<String, Class<? extends RunConfig>> wrappers) {
        return new RecipeSchema().write(application, wrappers);
    }

    /** The type of a recipe's own keys; {@code base} and {@code sweep} have no type before the wrapper is known. */
    public static ObjectType keys() {
        return KEYS;
    }

    private ObjectNode write(String application, Map<String, Class<? extends RunConfig>> wrappers) {
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$comment", "Written by `config schema`. Do not edit.");
        root.put("title", "A recipe of " + application);
        root.setAll(complete.object(KEYS));
        ArrayNode names = ((ObjectNode) root.at("/properties/wrapper")).putArray("enum");
        ArrayNode branches = root.putArray("allOf");
        // What a recipe must have it may have from what it includes.
        ObjectNode whole = branches.addObject();
        whole.putObject("if").putObject("not").putArray("required").add("include");
        whole.putObject("then").set("required", root.remove("required"));
        wrappers.forEach((name, type) -> {
            names.add(name);
            ObjectNode branch = branches.addObject();
            ObjectNode chosen = branch.putObject("if");
            chosen.putObject("properties").putObject("wrapper").put("const", name);
            chosen.putArray("required").add("wrapper");
            fill(branch.putObject("then"), (ObjectType) ConfigType.of(type));
        });
        root.set("$defs", definitions);
        return root;
    }

    private void fill(ObjectNode branch, ObjectType run) {
        ObjectNode properties = branch.putObject("properties");
        String name = run.javaClass().getSimpleName();
        PathSchemas paths = PathSchemas.of(run, partial);
        definitions.set(name + ".values", paths.values());
        definitions.set(name + ".lists", paths.lists());
        definitions.set(
                name + ".branches", paths.branches(JSON.objectNode().put("$ref", "#/$defs/" + name + ".sweep")));
        sweep(definitions.putObject(name + ".sweep"), name);
        design(properties.putObject("design"), name);
        properties.putObject("sweep").put("$ref", "#/$defs/" + name + ".sweep");
        properties
                .putObject("report")
                .putObject("properties")
                .putObject("baseline")
                .put("$ref", "#/$defs/" + name + ".values");
        base(branch, run);
    }

    private static void design(ObjectNode schema, String name) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode kinds = properties
                .putObject("kind")
                .put(
                        "description",
                        "leave-one-out and one-factor-at-a-time: the base, then one factor changed; full-factorial: every combination;"
                                + " fractional-factorial: the fewest of them that tell the effects of two levels each.")
                .putArray("enum");
        DesignReader.KINDS.forEach(kinds::add);
        properties
                .putObject("factors")
                .put("description", "Paths and their values; for leave-one-out the one that leaves the component out.")
                .put("minProperties", 1)
                .put("$ref", "#/$defs/" + name + ".lists");
        ArrayNode resolutions = properties
                .putObject("resolution")
                .put(
                        "description",
                        "Of a fractional-factorial: 3 mixes effects with interactions of two factors, 4 these with one another, 5 neither.")
                .put("default", 4)
                .putArray("enum");
        List.of(3, 4, 5).forEach(resolutions::add);
        schema.putArray("required").add("kind").add("factors");
        schema.put("additionalProperties", false);
    }

    private static void sweep(ObjectNode schema, String name) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties
                .putObject("grid")
                .put("description", "Every combination of the values of these paths; the last path varies fastest.")
                .put("$ref", "#/$defs/" + name + ".lists");
        properties
                .putObject("zip")
                .put("description", "The first values of these paths together, then the second ones, and so on.")
                .put("$ref", "#/$defs/" + name + ".lists");
        properties
                .putObject("union")
                .put("description", "The cells of one sweep after those of another.")
                .put("type", "array")
                .put("minItems", 1)
                .putObject("items")
                .put("$ref", "#/$defs/" + name + ".sweep");
        properties
                .putObject("where")
                .put(
                        "description",
                        "A condition that drops the trials it does not hold for, such as train.epochs < 10.")
                .put("type", "string");
        properties
                .putObject("when")
                .put(
                        "description",
                        "Paths to names or booleans, and for their values a sweep of the cells that have them.")
                .put("$ref", "#/$defs/" + name + ".branches");
        schema.put("additionalProperties", false);
    }

    private void base(ObjectNode branch, ObjectType run) {
        ObjectNode given = branch.putObject("if");
        ArrayNode sources = given.putArray("anyOf");
        OTHER_SOURCES.stream()
                .filter(key -> KEYS.property(key).isPresent())
                .forEach(key -> sources.addObject().putArray("required").add(key));
        branch.putObject("then").putObject("properties").set("base", ofRun(partial, run));
        branch.putObject("else").putObject("properties").set("base", ofRun(complete, run));
    }

    /** A recipe may leave the seed out: its trials count up from 1. */
    private static ObjectNode ofRun(TypeSchemas types, ObjectType run) {
        ObjectNode definition = types.definition(run);
        if (definition.get("required") instanceof ArrayNode required) {
            ArrayNode others = JSON.arrayNode();
            required.forEach(key -> {
                if (!key.asString().equals("seed")) {
                    others.add(key);
                }
            });
            definition.set("required", others);
        }
        ((ObjectNode) definition.at("/properties/seed")).put("default", 1);
        return types.of(run);
    }
}
