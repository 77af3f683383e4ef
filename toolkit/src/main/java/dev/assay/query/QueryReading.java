package dev.assay.query;

import dev.assay.config.DotPath;
import dev.assay.config.Texts;
import dev.assay.query.grammar.QueryBaseVisitor;
import dev.assay.query.grammar.QueryParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;

/** Makes conditions of a parsed text, and notes what does not fit the types of the fields. A faulty part stands for one that always holds. */
final class QueryReading<R> {
    private final Fields<R> fields;
    private final List<QueryFault> faults;

    QueryReading(Fields<R> fields, List<QueryFault> faults) {
        this.fields = fields;
        this.faults = faults;
    }

    Condition<R> condition(QueryParser.ConditionContext tree) {
        return either(tree.either());
    }

    /** Empty where every part is faulty. */
    Optional<Comparator<R>> order(QueryParser.OrderContext tree) {
        return tree.sorted().stream()
                .flatMap(part -> field(part.path()).map(field -> field.order(part.DESC() != null)).stream())
                .reduce(Comparator::thenComparing);
    }

    List<Field<R>> fields(QueryParser.FieldsContext tree) {
        return tree.path().stream().flatMap(path -> field(path).stream()).toList();
    }

    private Condition<R> either(QueryParser.EitherContext tree) {
        List<Condition<R>> parts = tree.both().stream().map(this::both).toList();
        return parts.size() == 1 ? parts.get(0) : new Condition.Any<>(parts);
    }

    private Condition<R> both(QueryParser.BothContext tree) {
        List<Condition<R>> parts =
                tree.simple().stream().map(part -> part.accept(new Simple())).toList();
        return parts.size() == 1 ? parts.get(0) : new Condition.All<>(parts);
    }

    /** One simple condition. */
    private final class Simple extends QueryBaseVisitor<Condition<R>> {
        @Override
        public Condition<R> visitNegation(QueryParser.NegationContext tree) {
            return new Condition.Not<>(tree.simple().accept(this));
        }

        @Override
        public Condition<R> visitGroup(QueryParser.GroupContext tree) {
            return either(tree.either());
        }

        @Override
        public Condition<R> visitComparison(QueryParser.ComparisonContext tree) {
            Relation relation = Relation.of(tree.COMPARATOR().getText());
            QueryParser.OperandContext left = tree.operand(0);
            QueryParser.OperandContext right = tree.operand(1);
            if (left.path() != null && right.path() != null) {
                return fieldWithField(left.path(), relation, right.path());
            }
            if (left.path() == null && right.path() == null) {
                return faulty(tree, "One side of a comparison must be a field, but both are values.", "");
            }
            return left.path() != null
                    ? fieldWithLiteral(left.path(), relation, right.literal())
                    : fieldWithLiteral(right.path(), relation.turned(), left.literal());
        }

        @Override
        public Condition<R> visitMembership(QueryParser.MembershipContext tree) {
            List<Condition<R>> parts = tree.literal().stream()
                    .map(literal -> fieldWithLiteral(tree.path(), Relation.EQUAL, literal))
                    .toList();
            Condition<R> any = new Condition.Any<>(parts);
            return tree.NOT() != null ? new Condition.Not<>(any) : any;
        }

        @Override
        public Condition<R> visitLikeness(QueryParser.LikenessContext tree) {
            Optional<Field<R>> field = field(tree.path());
            Set<ValueType> fitting = EnumSet.of(ValueType.TEXT, ValueType.NAME);
            if (field.isPresent() && field.get().types().stream().noneMatch(fitting::contains)) {
                return faulty(
                        tree.path(),
                        "The field (" + field.get().name() + ") must be text to be like something, but it is "
                                + field.get().expected() + ".",
                        "");
            }
            Pattern pattern = pattern(text(tree.TEXT().getText()));
            return field.<Condition<R>>map(
                            known -> likeness(new Condition.Likeness<>(known, pattern), tree.NOT() != null))
                    .orElseGet(QueryReading::always);
        }

        private Condition<R> likeness(Condition<R> like, boolean isNegated) {
            return isNegated ? new Condition.Not<>(like) : like;
        }

        @Override
        public Condition<R> visitAbsence(QueryParser.AbsenceContext tree) {
            return field(tree.path())
                    .<Condition<R>>map(Condition.Absence::new)
                    .map(absent -> tree.NOT() != null ? new Condition.Not<>(absent) : absent)
                    .orElseGet(QueryReading::always);
        }

        @Override
        public Condition<R> visitFlag(QueryParser.FlagContext tree) {
            Optional<Field<R>> field = field(tree.path());
            if (field.isPresent() && !field.get().types().contains(ValueType.FLAG)) {
                return faulty(
                        tree,
                        "The field (" + field.get().name() + ") must be compared with something, since it is "
                                + field.get().expected() + ".",
                        "");
            }
            return field.<Condition<R>>map(
                            known -> new Condition.WithLiteral<>(known, Relation.EQUAL, List.of(Value.flag(true))))
                    .orElseGet(QueryReading::always);
        }
    }

    private Condition<R> fieldWithField(
            QueryParser.PathContext left, Relation relation, QueryParser.PathContext right) {
        Optional<Field<R>> one = field(left);
        Optional<Field<R>> other =
                one.flatMap(known -> unlessName(known, right)).flatMap(known -> field(right));
        if (one.isEmpty() || other.isEmpty()) {
            return always();
        }
        Set<ValueType> shared = EnumSet.copyOf(one.get().types());
        shared.retainAll(other.get().types());
        if (shared.isEmpty()) {
            return faulty(
                    right,
                    "The field (" + other.get().name() + ") is " + other.get().expected()
                            + " and cannot be compared with (" + one.get().name() + "), which is "
                            + one.get().expected() + ".",
                    "");
        }
        return isComparable(one.get(), relation, shared, left)
                ? new Condition.WithField<>(one.get(), relation, other.get())
                : always();
    }

    /** A name without quotes would be taken for a field that is not known. */
    private Optional<Field<R>> unlessName(Field<R> field, QueryParser.PathContext right) {
        if (!field.names().contains(right.getText())) {
            return Optional.of(field);
        }
        faulty(
                right,
                "The value (" + right.getText() + ") must stand in single quotes.",
                "Maybe '" + right.getText() + "' was meant.");
        return Optional.empty();
    }

    private Condition<R> fieldWithLiteral(
            QueryParser.PathContext path, Relation relation, QueryParser.LiteralContext literal) {
        Optional<Field<R>> field = field(path);
        if (field.isEmpty()) {
            return always();
        }
        List<Value> values = values(field.get(), literal);
        if (values.isEmpty()) {
            String name = literal.TEXT() == null ? "" : text(literal.TEXT().getText());
            return faulty(
                    literal,
                    "The value (" + literal.getText() + ") does not fit the field ("
                            + field.get().name() + "), which is " + field.get().expected() + ".",
                    Texts.maybe(name, field.get().names()));
        }
        Set<ValueType> types = EnumSet.noneOf(ValueType.class);
        values.forEach(value -> types.add(value.type()));
        return isComparable(field.get(), relation, types, path)
                ? new Condition.WithLiteral<>(field.get(), relation, values)
                : always();
    }

    private boolean isComparable(
            Field<R> field, Relation relation, Set<ValueType> types, QueryParser.PathContext path) {
        boolean isComparable = !types.equals(EnumSet.of(ValueType.STRUCTURE))
                && (!relation.isOfOrder() || types.stream().anyMatch(ValueType::isOrdered));
        if (!isComparable) {
            faulty(
                    path,
                    "The field (" + field.name() + ") has no order, so = and != alone can be asked of it; it is "
                            + field.expected() + ".",
                    "");
        }
        return isComparable;
    }

    /** A literal as each of the field's types that it can be. */
    private List<Value> values(Field<R> field, QueryParser.LiteralContext literal) {
        List<Value> values = new ArrayList<>();
        for (ValueType type : field.types()) {
            if (literal.NUMBER() != null && type == ValueType.NUMBER) {
                values.add(Value.number(literal.NUMBER().getText()));
            } else if (literal.TEXT() != null) {
                String text = text(literal.TEXT().getText());
                Value.parse(type, text)
                        .filter(value -> type != ValueType.NAME || field.names().contains(text))
                        .ifPresent(values::add);
            } else if (literal.TRUE() != null || literal.FALSE() != null) {
                if (type == ValueType.FLAG) {
                    values.add(Value.flag(literal.TRUE() != null));
                }
            }
        }
        return values;
    }

    private Optional<Field<R>> field(QueryParser.PathContext tree) {
        try {
            return Optional.of(fields.at(DotPath.parse(tree.getText())));
        } catch (IllegalArgumentException e) {
            String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
            faulty(tree, lines[0], lines.length > 1 ? lines[1] : "");
            return Optional.empty();
        }
    }

    private static String text(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("''", "'");
    }

    /** {@code %} stands for any characters and {@code _} for one, as in SQL. */
    private static Pattern pattern(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char each = like.charAt(i);
            regex.append(each == '%' ? ".*" : each == '_' ? "." : Pattern.quote(String.valueOf(each)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private Condition<R> faulty(ParserRuleContext at, String message, String hint) {
        QueryFault fault = new QueryFault(at.getStart().getStartIndex() + 1, message, hint);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
        return always();
    }

    private static <R> Condition<R> always() {
        return new Condition.All<>(List.of());
    }
}
