package dev.assay.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.Config;
import dev.assay.config.ConfigType;
import dev.assay.config.Doc;
import dev.assay.config.ExampleLimits;
import dev.assay.config.ExampleOptimizer;
import dev.assay.config.ExampleRun;
import dev.assay.config.ExampleTrain;
import dev.assay.config.ObjectType;
import dev.assay.config.Stateless;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Tag("C18")
class TypeSchemasTest {
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    private final TypeSchemas schemas = TypeSchemas.complete(definitions);

    /** A key of each sort. */
    @Config
    @Doc("All sorts.")
    interface Sorts extends Validated {
        @Doc("How many.")
        @Min(1) @Max(9) int count();

        @DecimalMin("0.5") @DecimalMax(value = "1", inclusive = false) double share();

        @Negative long below();

        Optional<@Positive Integer> maybe();

        @Size(min = 2, max = 5) @Pattern(regexp = "[a-z]+|x") String name();

        @Size(max = 3) @NotEmpty List<@Positive Double> rates();

        @Size(max = 4) Map<String, @Min(2) Integer> sizes();

        Optional<ExampleOptimizer> optimizer();

        @Stateless
        Optional<Path> dir();

        Duration timeout();

        @Doc("On or off.")
        @Value.Default
        default boolean flag() {
            return true;
        }

        @Value.Default
        default int twice() {
            return 2 * count();
        }
    }

    @Test
    void of_keysOfEverySort_haveTypeRangeDefaultAndDescription() {
        ObjectNode schema = schemas.object((ObjectType) ConfigType.of(Sorts.class));

        assertThat(schema).hasToString(JsonMapper.shared().readTree("""
                {"description": "All sorts.", "type": "object", "properties": {
                  "count": {"type": "integer", "minimum": 1, "maximum": 9, "description": "How many."},
                  "share": {"type": "number", "minimum": 0.5, "exclusiveMaximum": 1},
                  "below": {"type": "integer", "exclusiveMaximum": 0},
                  "maybe": {"type": ["integer", "null"], "exclusiveMinimum": 0},
                  "name": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^(?:[a-z]+|x)$"},
                  "rates": {"type": "array", "minItems": 1, "maxItems": 3,
                    "items": {"type": "number", "exclusiveMinimum": 0}},
                  "sizes": {"type": "object", "maxProperties": 4, "additionalProperties": {"type": "integer", "minimum": 2}, "default": {}},
                  "optimizer": {"anyOf": [{"$ref": "#/$defs/ExampleOptimizer"}, {"type": "null"}]},
                  "dir": {"type": ["string", "null"], "description": "Stateless: no part of what a trial is."},
                  "timeout": {"type": "string", "pattern": "^(P.+|([0-9]{1,15}(d|h|ms|us|ns|m|s))+)$"},
                  "flag": {"type": "boolean", "description": "On or off.", "default": true},
                  "twice": {"type": "integer", "description": "The default is computed from other keys."}},
                 "required": ["count", "share", "below", "name", "rates", "timeout"],
                 "additionalProperties": false}
                """).toString());
    }

    @Test
    void of_enumsSecretsAndSizes_areWhatTheirReadersTake() {
        ObjectNode limits = schemas.object((ObjectType) ConfigType.of(ExampleLimits.class));
        ObjectNode train = schemas.object((ObjectType) ConfigType.of(ExampleTrain.class));

        assertThat(train.at("/properties/precision/enum")).hasToString("[\"float32\",\"bfloat16\",\"mixed\"]");
        assertThat(limits.at("/properties/memory/type")).hasToString("[\"integer\",\"string\"]");
        assertThat(limits.at("/properties/memory/minimum")).hasToString("0");
        assertThat("1.5GB").matches(limits.at("/properties/memory/pattern").asString());
        assertThat("1.5 hours")
                .doesNotMatch(limits.at("/properties/memory/pattern").asString());
        assertThat(limits.at("/properties/token").toString()).contains("\"env\":", "\"file\":");
    }

    @Test
    void of_choice_hasOneBranchForEachAlternative() {
        assertThat(schemas.of(ConfigType.of(ExampleOptimizer.class)).toString())
                .isEqualTo("{\"$ref\":\"#/$defs/ExampleOptimizer\"}");
        assertThat(definitions.get("ExampleOptimizer"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"type": "object",
                 "properties": {"kind": {"enum": ["sgd", "adamw"], "description": "Which alternative:\\n- sgd\\n- adamw"}},
                 "required": ["kind"],
                 "allOf": [
                  {"if": {"properties": {"kind": {"const": "sgd"}}, "required": ["kind"]}, "then": {"$ref": "#/$defs/Sgd"}},
                  {"if": {"properties": {"kind": {"const": "adamw"}}, "required": ["kind"]}, "then": {"$ref": "#/$defs/AdamW"}}]}
                """));
        assertThat(definitions.at("/AdamW/properties/kind/const").asString()).isEqualTo("adamw");
        assertThat(definitions.at("/AdamW/additionalProperties").asBoolean(true))
                .isFalse();
    }

    @Test
    void partial_wantsNoKeyButKnowsThoseOfEveryAlternative() {
        TypeSchemas partial = TypeSchemas.partial(definitions);

        partial.of(ConfigType.of(ExampleRun.class));
        assertThat(definitions.get("partial.ExampleRun").has("required")).isFalse();
        assertThat(definitions.at("/partial.ExampleOptimizer/allOf/2/then/propertyNames/enum"))
                .hasToString("[\"beta1\",\"lr\",\"momentum\"]");
    }

    @Test
    void paths_leadToEveryKey_throughListsAndMapsByPattern() {
        ObjectNode paths = PathSchemas.of(ConfigType.of(ExampleRun.class), TypeSchemas.partial(definitions))
                .lists();

        assertThat(paths.at("/properties/train.epochs"))
                .hasToString("{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"integer\",\"minimum\":1}}");
        assertThat(paths.at("/properties/train.optimizer.kind/items/enum")).hasToString("[\"sgd\",\"adamw\"]");
        assertThat(paths.at("/properties/train.optimizer.momentum/items/minimum"))
                .hasToString("0");
        assertThat(paths.get("additionalProperties").asBoolean(true)).isFalse();
        List<String> patterns = List.copyOf(paths.get("patternProperties").propertyNames());
        assertThat("model.widths[3]").matches(patterns.get(0));
        assertThat("model.scales.b").matches(patterns.get(1));
        assertThat("model.widths.b").doesNotMatch(patterns.get(0));
        assertThat("model_widths[3]").doesNotMatch(patterns.get(0));
    }

    /** A type that contains itself. */
    @Config
    interface Tree extends Validated {
        int size();

        List<Tree> children();
    }

    @Test
    void of_typeThatContainsItself_ends() {
        schemas.of(ConfigType.of(Tree.class));
        ObjectNode paths = PathSchemas.of(ConfigType.of(Tree.class), schemas).values();

        assertThat(definitions.at("/Tree/properties/children/items/$ref").asString())
                .isEqualTo("#/$defs/Tree");
        assertThat(paths.get("patternProperties").propertyNames())
                .containsExactly("^children\\[[0-9]{1,9}\\]$", "^children\\[[0-9]{1,9}\\][.\\[].+$");
    }
}
