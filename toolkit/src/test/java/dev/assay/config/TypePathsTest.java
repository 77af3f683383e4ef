package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C7")
class TypePathsTest {
    private final ConfigType run = ConfigType.of(ExampleRun.class);

    @Test
    void at_pathsOfEveryKind_giveTheirTypes() {
        assertThat(TypePaths.at(run, DotPath.parse("train.optimizer.lr"))).containsExactly(ScalarType.DOUBLE);
        assertThat(TypePaths.at(run, DotPath.parse("train.optimizer.beta1"))).containsExactly(ScalarType.FLOAT);
        assertThat(TypePaths.at(run, DotPath.parse("model.widths[3]"))).containsExactly(ScalarType.INT);
        assertThat(TypePaths.at(run, DotPath.parse("model.scales.\"a.b\""))).containsExactly(ScalarType.DOUBLE);
        assertThat(TypePaths.at(run, DotPath.parse("data.kind")).get(0).expected())
                .isEqualTo("one of files, synthetic");
    }

    @Test
    void at_pathThatLeadsNowhere_tellsTheNearest() {
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("train.optimizer.momentun")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The path (train.optimizer.momentun) must lead to a value, but momentun is not known in train.optimizer;"
                                + " known are kind, lr, momentum, beta1.\nMaybe momentum was meant.");
    }

    @Test
    void keys_throughTheNameOfAnAlternative_areThoseOfIt() {
        ConfigType.MapType choices = new ConfigType.MapType(ConfigType.of(ExampleOptimizer.class));

        assertThat(TypePaths.keys(run, DotPath.parse("train.optimizer.lr")))
                .extracting(key -> key.owner().flatMap(ObjectType::kind))
                .containsExactly(Optional.of("sgd"), Optional.of("adamw"));
        assertThat(TypePaths.keys(run, DotPath.parse("train.optimizer.sgd.lr")))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.owner().flatMap(ObjectType::kind)).contains("sgd");
                    assertThat(key.property().map(Property::name)).contains("lr");
                });
        assertThat(TypePaths.keys(run, DotPath.parse("train.optimizer.sgd")))
                .extracting(key -> ((ObjectType) key.type()).kind())
                .containsExactly(Optional.of("sgd"));
        assertThat(TypePaths.keys(choices, DotPath.parse("any.kind"))).hasSize(1);
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("train.optimizer.sgd")))
                .hasMessageEndingWith("sgd is not known in train.optimizer; known are kind, lr, momentum, beta1.");
        assertThatThrownBy(() -> TypePaths.keys(run, DotPath.parse("train.optimizer.sdg")))
                .hasMessageEndingWith("known are kind, lr, momentum, beta1, sgd, adamw.\nMaybe sgd was meant.");
    }

    @Test
    void at_stepsThatDoNotFit_areRefused() {
        ConfigType limits = ConfigType.of(ExampleLimits.class);

        assertThat(TypePaths.at(limits, DotPath.parse("token.env"))).containsExactly(ScalarType.STRING);
        assertThatThrownBy(() -> TypePaths.at(limits, DotPath.parse("token.environment")))
                .hasMessageContaining("environment is not known in token; known are env, file.");
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("model.widths.first")))
                .hasMessageEndingWith("first is not known in model.widths; known are [0].");
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("model.scales[0]")))
                .hasMessageEndingWith("[0] is not known in model.scales, which is a single value.");
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("model[0]")))
                .hasMessageContaining("[0] is not known in model; known are ");
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("seed.more")))
                .hasMessageEndingWith("more is not known in seed, which is a single value.");
        assertThatThrownBy(() -> TypePaths.at(run, DotPath.parse("train.precision.more")))
                .hasMessageEndingWith("more is not known in train.precision, which is a single value.");
    }

    @Test
    void parse_path_printsBack() {
        assertThat(DotPath.parse("a.b[0][12].\"c.d\"")).hasToString("a.b[0][12].\"c.d\"");
        assertThatThrownBy(() -> DotPath.parse("a..b"))
                .hasMessage("The path (a..b) must be keys joined by dots, such as train.optimizer.lr.");
        assertThatThrownBy(() -> DotPath.parse("[0]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DotPath.parse("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_interfaceThatIsNoConfig_tellsWhatIsAllowed() {
        assertThatThrownBy(() -> ConfigType.of(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A configuration has type java.lang.Runnable, but must be a @Config interface");
    }

    @Test
    void property_default_isKnownUnlessComputed() {
        ObjectType train = (ObjectType) ConfigType.of(ExampleTrain.class);

        assertThat(train.property("batchSize").flatMap(Property::defaultValue)).contains(32);
        assertThat(train.property("warmup").flatMap(Property::defaultValue)).isEmpty();
        assertThat(train.property("epochs").flatMap(Property::defaultValue)).isEmpty();
        assertThat(train.property("comment").orElseThrow().isStateless()).isTrue();
    }
}
