package dev.assay.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the keys of one mapping against an object's type and builds the object if all is well. */
final class ObjectChecker {
    private static final int MOST_SHOWN = 12;

    private final Checker checker;
    private final Faults faults;
    private final Checker.Mode mode;

    ObjectChecker(Checker checker, Faults faults, Checker.Mode mode) {
        this.checker = checker;
        this.faults = faults;
        this.mode = mode;
    }

    /** @param alternatives the types among which the mapping chose this one, for hints */
    Optional<Object> read(
            ObjectType type,
            LocatedNode.Mapping mapping,
            String path,
            Place key,
            Map<String, ObjectType> alternatives) {
        int before = faults.additions();
        refuseUnknownKeys(type, mapping, path, alternatives);
        Map<String, Object> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Property property : type.properties()) {
            Optional<LocatedNode.Entry> entry = entry(property, mapping, path);
            if (entry.isEmpty()) {
                boolean required = Limits.isRequired(type, property);
                complete &= !required;
                missing(required, property, path, mapping.place().line() == key.line() ? mapping.place() : key);
                continue;
            }
            Optional<Object> value = value(type, property, entry.get(), path);
            complete &= value.isPresent();
            value.ifPresent(present -> values.put(property.name(), present));
        }
        return complete && faults.additions() == before ? build(type, mapping, values, path, key) : Optional.empty();
    }

    /** The key by its name or by one it had before. */
    private Optional<LocatedNode.Entry> entry(Property property, LocatedNode.Mapping mapping, String path) {
        Optional<LocatedNode.Entry> found = mapping.find(property.name());
        for (String former : property.formerNames()) {
            Optional<LocatedNode.Entry> old = mapping.find(former);
            if (old.isEmpty()) {
                continue;
            }
            Place place = old.get().keyPlace();
            String at = DotPath.child(path, former);
            if (found.isPresent()) {
                faults.add(
                        place,
                        at,
                        "This key is a former name of " + property.name() + ", which stands at "
                                + found.get().keyPlace() + " too; one must go.");
            } else {
                faults.warn(new Fault(place, at, "This key is now called " + property.name() + "."));
                found = old;
            }
        }
        return found;
    }

    private void missing(boolean required, Property property, String path, Place key) {
        if (required && mode != Checker.Mode.PARTIAL) {
            faults.add(
                    key,
                    DotPath.child(path, property.name()),
                    "This required key is missing; it must be "
                            + property.type().expected() + ".");
        }
    }

    private Optional<Object> value(ObjectType type, Property property, LocatedNode.Entry entry, String path) {
        String at = DotPath.child(path, entry.key());
        if (property.isDerived() && mode != Checker.Mode.RECORDED && !isNull(entry.value())) {
            faults.add(
                    entry.keyPlace(),
                    at,
                    "This key must be left out; its value is derived from the data when a trial runs.");
            return Optional.empty();
        }
        Optional<Object> value = checker.read(property.type(), entry.value(), at, entry.keyPlace());
        Optional<Object> incomplete = checker.incomplete(entry.value());
        if (!(property.type() instanceof ConfigType.TreeType)) {
            value.or(() -> incomplete).ifPresent(known -> constraints(type, property, known, entry.value(), at));
        }
        return value;
    }

    private static boolean isNull(LocatedNode node) {
        return node instanceof LocatedNode.Scalar scalar && scalar.isExplicitNull();
    }

    private void constraints(ObjectType type, Property property, Object value, LocatedNode node, String path) {
        boolean complete = checker.incomplete(node).isEmpty();
        for (Constraints.Violation violation : Constraints.checkValue(type.javaClass(), property.name(), value)) {
            Optional<LocatedNode> element = elementWithin(node, violation.within());
            if (complete || element.isPresent()) {
                Place place = element.orElse(node).place();
                faults.add(place, path + violation.within(), violation.message());
            }
        }
    }

    private static Optional<LocatedNode> elementWithin(LocatedNode node, String within) {
        return within.isEmpty()
                ? Optional.empty()
                : LocatedTrees.find(node, DotPath.parse("x" + within).tail());
    }

    private Optional<Object> build(
            ObjectType type, LocatedNode.Mapping mapping, Map<String, Object> values, String path, Place key) {
        int before = faults.additions();
        try {
            Object built = Constraints.deferred(() -> type.build(values));
            for (Constraints.Violation violation : Constraints.check(built)) {
                Optional<LocatedNode.Entry> entry = mapping.entries().stream()
                        .filter(each -> type.current(each.key())
                                .filter(property -> property.name().equals(violation.property()))
                                .isPresent())
                        .findFirst();
                boolean known = type.property(violation.property()).isPresent();
                faults.add(
                        entry.map(LocatedNode.Entry::keyPlace).orElse(key),
                        known ? DotPath.child(path, violation.property()) + violation.within() : path,
                        violation.message());
            }
            return faults.additions() == before ? Optional.of(built) : Optional.empty();
        } catch (ConfigException e) {
            for (Fault fault : e.faults()) {
                Fault inPart = new Fault(fault.place(), fault.path(), fault.message());
                faults.add(key, path, "What is computed from these values is wrong: " + inPart, fault.hint());
            }
        } catch (RuntimeException e) {
            // A rule or a computed default of the user's own.
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            faults.add(key, path, message.endsWith(".") ? message : message + ".");
        }
        return Optional.empty();
    }

    private void refuseUnknownKeys(
            ObjectType type, LocatedNode.Mapping mapping, String path, Map<String, ObjectType> alternatives) {
        List<String> names =
                type.properties().stream().map(Property::name).collect(Collectors.toCollection(ArrayList::new));
        for (LocatedNode.Entry entry : mapping.entries()) {
            if (type.current(entry.key()).isPresent() || isKind(type, entry, path)) {
                continue;
            }
            String of = type.kind().map(kind -> " for kind " + kind).orElse("");
            String known = names.isEmpty() ? "there are none" : "known are " + shown(names);
            String hint = Texts.maybe(entry.key(), names);
            faults.add(
                    entry.keyPlace(),
                    DotPath.child(path, entry.key()),
                    "This key is not known" + of + "; " + known + ".",
                    hint.isEmpty() ? elsewhere(entry.key(), alternatives) : hint);
        }
    }

    private boolean isKind(ObjectType type, LocatedNode.Entry entry, String path) {
        if (type.kind().isEmpty() || !entry.key().equals(ChoiceType.KIND)) {
            return false;
        }
        List<String> only = List.of(type.kind().get());
        checker.read(
                new ConfigType.EnumType(only, only),
                entry.value(),
                DotPath.child(path, ChoiceType.KIND),
                entry.keyPlace());
        return true;
    }

    private static String shown(List<String> names) {
        String most = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
        return names.size() <= MOST_SHOWN ? most : most + " and " + (names.size() - MOST_SHOWN) + " more";
    }

    private static String elsewhere(String key, Map<String, ObjectType> alternatives) {
        String kinds = alternatives.values().stream()
                .filter(alternative -> alternative.property(key).isPresent())
                .flatMap(alternative -> alternative.kind().stream())
                .sorted()
                .collect(Collectors.joining(" or "));
        return kinds.isEmpty() ? "" : "Maybe kind " + kinds + " was meant, which has it.";
    }
}
