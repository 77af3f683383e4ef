package dev.assay.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.ExampleRun;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("R5")
class QueryReaderTest {
    private static final QueryReader<JsonNode> READER =
            new QueryReader<>(new ConfigFields(List.of(ConfigType.of(ExampleRun.class))));

    private static final JsonNode SGD = config("""
            seed: 3
            data: {kind: synthetic, note: it's, pictures: 500}
            model: {widths: [4, 8], scales: {a.b: 0.5}}
            train: {epochs: 3, timeout: 90m, optimizer: {kind: sgd, lr: 0.1, momentum: 0.9}}
            """);
    private static final JsonNode ADAM = config("""
            seed: 4
            data: {kind: files, dir: /pictures, shuffled: false}
            model: {widths: [4], dropout: 0.5}
            train: {epochs: 5, precision: bfloat16, optimizer: {kind: adamw, lr: 1e-3}}
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train.optimizer.lr = 0.1",
                "train.optimizer.lr = 1e-1",
                "0.05 < train.optimizer.lr",
                "train.optimizer.lr > .05 and seed <= 3",
                "seed = 9 or seed = 8 or seed >= 3 and train.epochs != 4",
                "not (seed = 9 or seed = 8)",
                "NOT seed = 9 AND model.widths[1] = 8",
                "train.optimizer.kind = 'sgd'",
                "train.optimizer.kind in ('sgd', 'adamw') and data.kind not in ('files')",
                "train.timeout >= '1h30m' and train.timeout < '91m'",
                "data.note = 'it''s'",
                "data.note like 'i%' and data.note not like 'i_'",
                "model.scales.\"a.b\" = 0.5",
                "train.warmup < train.epochs",
                "train.optimizer.beta1 is null and train.timeout is not null",
                "model.widths is not null",
                "train.precision = 'float32'",
            })
    void holds_whereItShould(String condition) {
        assertThat(READER.condition(condition).holds(SGD)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.shuffled                          | UNKNOWN | FALSE",
                "not data.shuffled                      | UNKNOWN | TRUE",
                "data.shuffled = false                  | UNKNOWN | TRUE",
                "train.optimizer.momentum > 0.5         | TRUE    | UNKNOWN",
                "not train.optimizer.momentum > 0.5     | FALSE   | UNKNOWN",
                "model.dropout = 0.5 or seed = 3        | TRUE    | TRUE",
                "model.dropout = 0.5 and seed = 4       | FALSE   | TRUE",
                "train.optimizer.beta1 = 0.9            | UNKNOWN | TRUE",
            })
    void of_aMissingValue_isUnknown(String condition, Truth ofSgd, Truth ofAdam) {
        Condition<JsonNode> read = READER.condition(condition);

        assertThat(read.of(SGD)).isEqualTo(ofSgd);
        assertThat(read.of(ADAM)).isEqualTo(ofAdam);
    }

    @Test
    void order_putsMissingValuesLast_eitherWay() {
        assertThat(List.of(ADAM, SGD)).isSortedAccordingTo(READER.order("train.optimizer.lr"));
        assertThat(List.of(SGD, ADAM)).isSortedAccordingTo(READER.order("train.optimizer.lr desc, seed"));
        assertThat(List.of(SGD, ADAM)).isSortedAccordingTo(READER.order("train.optimizer.momentum asc"));
        assertThat(List.of(SGD, ADAM)).isSortedAccordingTo(READER.order("train.optimizer.momentum desc"));
        assertThat(List.of(ADAM, SGD)).isSortedAccordingTo(READER.order("data.kind, seed"));
    }

    @Test
    void fields_keepTheirOrder() {
        assertThat(READER.fields("train.optimizer.lr, seed"))
                .extracting(Field::name)
                .containsExactly("train.optimizer.lr", "seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "train.optimizer.lt < 1     | 1 | The path (train.optimizer.lt) must lead to a value, but lt is not known in train.optimizer; known are kind, lr, momentum, beta1.",
                "train.optimizer.lr = 'big' | 22 | The value ('big') does not fit the field (train.optimizer.lr), which is a number.",
                "train.optimizer.kind = 'sdg' | 24 | The value ('sdg') does not fit the field (train.optimizer.kind), which is one of sgd, adamw.",
                "train.optimizer.kind = sgd | 24 | The value (sgd) must stand in single quotes.",
                "train.optimizer.kind < 'sgd' | 1 | The field (train.optimizer.kind) has no order, so = and != alone can be asked of it; it is one of sgd, adamw.",
                "seed = train.precision     | 8 | The field (train.precision) is one of float32, bfloat16, mixed and cannot be compared with (seed), which is a number.",
                "seed                       | 1 | The field (seed) must be compared with something, since it is a number.",
                "seed like '1%'             | 1 | The field (seed) must be text to be like something, but it is a number.",
                "1 < 2                      | 1 | One side of a comparison must be a field, but both are values.",
                "train.timeout > 90         | 17 | The value (90) does not fit the field (train.timeout), which is a duration such as '90s' or '1h30m'.",
                "seed == 3                  | 7 | There stands (=), but expected is a field, a number, false, text in single quotes, true.",
                "seed = 3 and               | 13 | The query ends, but expected is (, a field, a number, false, not, text in single quotes, true.",
                "seed = 3; drop table trial | 9 | There stands (;), but expected is the end.",
                "seed = 'x                  | 8 | There stands ('), but expected is a field, a number, false, text in single quotes, true.",
            })
    void condition_thatIsWrong_isRefusedWithItsPlace(String condition, int column, String message) {
        assertThatThrownBy(() -> READER.condition(condition)).isInstanceOfSatisfying(QueryException.class, e -> {
            assertThat(e.faults().get(0).message()).isEqualTo(message);
            assertThat(e.faults().get(0).column()).isEqualTo(column);
        });
    }

    @Test
    void condition_withSeveralFaults_tellsAllWithTheirPlaces() {
        assertThatThrownBy(() -> READER.condition("train.optimizer.lt < 1 and not train.optimizer.kind = 'sdg'"))
                .hasMessage("""
                        The path (train.optimizer.lt) must lead to a value, but lt is not known in train.optimizer; known are kind, lr, momentum, beta1.
                          train.optimizer.lt < 1 and not train.optimizer.kind = 'sdg'
                          ^
                        Maybe lr was meant.
                        The value ('sdg') does not fit the field (train.optimizer.kind), which is one of sgd, adamw.
                          train.optimizer.lt < 1 and not train.optimizer.kind = 'sdg'
                                                                                ^
                        Maybe sgd was meant.""");
    }

    private static JsonNode config(String yaml) {
        ExampleRun run = ConfigReader.of(ExampleRun.class).parse(yaml, "test");
        // As a store gives it back.
        return JsonMapper.shared().readTree(ConfigWriter.toJson(run).toString());
    }
}
