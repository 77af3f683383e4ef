package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.immutables.value.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of declarations, each time anew. */
@Tag("C1")
class TypeReaderTest {
    private final TypeReader types = new TypeReader();

    /** What another interface says counts, too. */
    interface Named {
        @Doc("What it is called.")
        @Stateless
        String name();
    }

    /** With names of their own. */
    enum Shade {
        LIGHT_GREY,
        @Kind("b/w")
        BLACK_AND_WHITE
    }

    /** One part. */
    @Config
    @Doc("A part.")
    interface Part extends Validated {
        int size();
    }

    /** A choice within a choice. */
    sealed interface Shape extends Validated {
        /** Round ones. */
        sealed interface Round extends Shape {
            /** The roundest. */
            @Config
            @Kind("circle")
            @Doc("A circle.")
            non-sealed interface Circle extends Round {}
        }

        /** Not round. */
        @Config
        @Kind("square")
        non-sealed interface Square extends Shape {}
    }

    /** Keys of every sort. */
    @Config
    interface Keys extends Named, Validated {
        long number();

        @Value.Default
        default int constant() {
            return 3;
        }

        @Value.Default
        default int computed() {
            return constant() + 1;
        }

        OptionalLong many();

        @Derived
        Optional<Part> derived();

        Optional<Secret> secret();

        List<Secret> secrets();

        Map<String, Secret> byName();

        Optional<List<Integer>> maybe();

        List<Map<String, Integer>> maps();

        Map<String, List<Integer>> lists();

        @FormerName({"first", "second"})
        Shade shade();

        Part part();

        Shape shape();
    }

    @Test
    void properties_ofEverySort_areWhatIsDeclared() {
        assertThat(new PropertyReader(Keys.class, types).read())
                .extracting(TypeReaderTest::shown)
                .containsExactly(
                        "name: text, required, stateless, What it is called.",
                        "number: an integer, required",
                        "constant: an integer, default 3",
                        "computed: an integer",
                        "many: an integer, default OptionalLong.empty",
                        "derived: a mapping, derived, default Optional.empty",
                        "secret: a reference to a secret, {env: NAME} or {file: PATH}, stateless, default Optional.empty",
                        "secrets: a list, stateless, default []",
                        "byName: a mapping, stateless, default {}",
                        "maybe: a list, default Optional.empty",
                        "maps: a list, nested, default []",
                        "lists: a mapping, nested, default {}",
                        "shade: one of light-grey, b/w, required, was [first, second], is first",
                        "part: a mapping, required",
                        "shape: a mapping with a kind (one of circle, square), required");
    }

    private static String shown(Property property) {
        String text = property.name() + ": " + property.type().expected();
        text += property.isRequired() ? ", required" : "";
        text += property.isStateless() ? ", stateless" : "";
        text += property.isDerived() ? ", derived" : "";
        text += property.hasNestedCollection() ? ", nested" : "";
        text += property.formerNames().isEmpty()
                ? ""
                : ", was " + property.formerNames() + ", is " + property.identityName();
        text += property.defaultValue().map(value -> ", default " + value).orElse("");
        return text + (property.description().isEmpty() ? "" : ", " + property.description());
    }

    @Test
    void types_ofInterfaces_knowTheirKindsAndDescriptions() {
        ChoiceType shape = (ChoiceType) types.read(Shape.class);
        ObjectType part = (ObjectType) types.read(Part.class, "It");

        assertThat(part.description()).isEqualTo("A part.");
        assertThat(part.kind()).isEmpty();
        assertThat(part.properties()).hasSize(1);
        assertThat(shape.alternatives()).containsOnlyKeys("circle", "square");
        assertThat(shape.alternatives().values())
                .extracting(ObjectType::description)
                .containsExactly("A circle.", "");
        assertThat(((ConfigType.EnumType) types.read(Shade.class)).nameOf(Shade.LIGHT_GREY))
                .isEqualTo("light-grey");
        assertThat(types.read(LocatedNode.class, "It")).isInstanceOf(ConfigType.TreeType.class);
        assertThat(types.read(OptionalInt.class, "It"))
                .isEqualTo(new ConfigType.OptionalType(ScalarType.INT, OptionalForm.INT));
    }

    /** Types that no file can hold. */
    interface Unsupported {
        Optional<StringBuilder> text();

        Map<Integer, String> numbered();

        Iterable<String> each();

        List<? extends Number> wild();

        int[] array();
    }

    @ParameterizedTest
    @CsvSource({
        "text, java.lang.StringBuilder",
        "numbered, java.util.Map",
        "each, java.lang.Iterable",
        "wild, ? extends java.lang.Number",
        "array, int[]"
    })
    void read_typeThatNoFileCanHold_isRefused(String accessor, String type) throws Exception {
        var declared = Unsupported.class.getMethod(accessor).getGenericReturnType();

        assertThatThrownBy(() -> types.read(declared, "It"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("It has type " + type + ", but must be a @Config interface, ");
    }

    /** An alternative without a name. */
    sealed interface Nameless extends Validated {
        /** It lacks a kind. */
        @Config
        non-sealed interface One extends Nameless {}
    }

    @Test
    @Tag("C13")
    void of_alternativeWithoutAKind_isRefused() {
        assertThatThrownBy(() -> types.read(Nameless.class))
                .hasMessage("The alternative (" + Nameless.One.class.getName() + ") of " + Nameless.class.getName()
                        + " must be an interface with @Config and @Kind.");
    }

    /** An open choice, in which not everything is an alternative. */
    @Open
    interface Tool extends Validated {
        /** A choice of tools. */
        sealed interface Hammer extends Tool {
            /** A large one. */
            @Config
            @Kind("sledge")
            non-sealed interface Sledge extends Hammer {}
        }

        /** A tool of one's own. */
        @Config
        @Kind("saw")
        interface Saw extends Tool {}

        /** No tool. */
        @Config
        @Kind("board")
        interface Board extends Validated {}

        /** Nothing a file may choose. */
        record Bare() implements Tool {}
    }

    @Test
    @Tag("C13")
    void of_openChoice_hasTheInterfacesNestedInIt() {
        assertThat(((ChoiceType) types.read(Tool.class)).alternatives()).containsOnlyKeys("sledge", "saw");
        assertThat(((ChoiceType) types.read(ExampleActivation.class)).alternatives())
                .containsOnlyKeys("relu", "leaky");
    }

    /** Ranges and lengths of every sort. */
    @Config
    interface Ranges extends Validated {
        @Positive @Min(2) @DecimalMin("1.5") int low();

        @Positive @DecimalMin("0") double none();

        @Max(9) @DecimalMax(value = "9", inclusive = false) int high();

        @Size(min = 2, max = 3) @NotEmpty List<@Positive @Max(7) Integer> few();

        Map<@Pattern(regexp = "k.*") String, List<@Min(1) Integer>> named();

        Optional<@Pattern(regexp = "[ab]+") @Size(min = 1) String> text();

        @NotEmpty Map<String, Integer> filled();

        @Size(max = 3) List<Integer> plain();
    }

    @Test
    void limits_ofSeveralConstraints_areTheTightest() {
        ObjectType ranges = (ObjectType) types.read(Ranges.class);

        assertThat(new PropertyReader(Ranges.class, types).read())
                .extracting(key -> key.name() + ": " + Limits.of(ranges, key)
                        + (Limits.isRequired(ranges, key) ? ", required" : ""))
                .containsExactly(
                        "low: at least 2, required",
                        "none: greater than 0, required",
                        "high: less than 9, required",
                        "few: of length at least 2 and of length at most 3 and each greater than 0 and at most 7, required",
                        "named: each each at least 1",
                        "text: not empty and matching [ab]+",
                        "filled: not empty, required",
                        "plain: of length at most 3");
    }
}
