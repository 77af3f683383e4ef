package dev.assay.parquet;

import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import dev.assay.query.Field;
import dev.assay.query.Value;
import dev.assay.query.ValueType;
import dev.assay.store.TrialRecord;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A field of trials as a column: its type, and how a value is written in it. */
record Column(Field<TrialRecord> field, FieldType type, Function<Value, Object> writing) {
    private static final int LONG_BITS = 63;

    /** The column for the values that some trials have; where none has one, what the field may have decides. */
    static Column of(Field<TrialRecord> field, List<TrialRecord> trials) {
        List<Value> values = trials.stream()
                .flatMap(trial -> field.value().apply(trial).stream())
                .toList();
        Set<ValueType> types = values.isEmpty()
                ? field.types()
                : values.stream()
                        .map(Value::type)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ValueType.class)));
        if (types.equals(Set.of(ValueType.NUMBER))) {
            return !values.isEmpty() && values.stream().allMatch(Column::isWhole)
                    ? new Column(field, FieldTypes.LONG, value -> ((Number) value.content()).longValue())
                    : new Column(field, FieldTypes.DOUBLE, value -> ((Number) value.content()).doubleValue());
        }
        if (types.equals(Set.of(ValueType.FLAG))) {
            return new Column(field, FieldTypes.BOOLEAN, Value::content);
        }
        if (types.equals(Set.of(ValueType.TIME))) {
            return new Column(field, FieldTypes.INSTANT, Value::content);
        }
        return new Column(field, FieldTypes.STRING, Value::text);
    }

    /** 1 is whole, and 1.0 the value of something that need not be. */
    private static boolean isWhole(Value value) {
        return value.content() instanceof BigDecimal exact
                && exact.scale() == 0
                && exact.unscaledValue().bitLength() <= LONG_BITS;
    }

    @Nullable Object value(TrialRecord trial) {
        Optional<Value> value = field.value().apply(trial);
        return value.map(writing).orElse(null);
    }
}
