package dev.assay.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a located tree against a type and builds the value, collecting every fault on the way. A value is absent where it could not be had;
 * the fault that says why is collected, or keys are missing and may be.
 */
final class Checker {
    private final Faults faults;
    private final Mode mode;
    private final IdentityHashMap<LocatedNode, Object> incomplete = new IdentityHashMap<>();

    /** What is asked of a tree. */
    enum Mode {
        /** Everything a person must write and nothing else. */
        WRITTEN,
        /** The same, but required keys may be missing; then no object without them is built. */
        PARTIAL,
        /** What Assay wrote of a whole config, derived values included. */
        RECORDED
    }

    Checker(Faults faults, Mode mode) {
        this.faults = faults;
        this.mode = mode;
    }

    /** @param key where the key stands whose value this is, or the value where there is no key */
    Optional<Object> read(ConfigType type, LocatedNode node, String path, Place key) {
        boolean refused = node instanceof LocatedNode.Scalar scalar && scalar.form() == LocatedNode.Form.REFUSED;
        return refused ? Optional.empty() : type.match(new Reading(node, path, key));
    }

    /** What could be read of a list or map that has a faulty element: null in its place, or its key left out. */
    Optional<Object> incomplete(LocatedNode node) {
        return Optional.ofNullable(incomplete.get(node));
    }

    private void misfit(ScalarReader.Misfit misfit, LocatedNode node, String path) {
        faults.add(node.place(), path, misfit.message(), misfit.hint());
    }

    private Optional<Object> refuse(ConfigType type, LocatedNode node, String path, String hint) {
        misfit(ScalarReader.misfit(type, node, hint), node, path);
        return Optional.empty();
    }

    /** One value being read. */
    private final class Reading implements ConfigType.Cases<Optional<Object>> {
        private final LocatedNode node;
        private final String path;
        private final Place key;

        Reading(LocatedNode node, String path, Place key) {
            this.node = node;
            this.path = path;
            this.key = key;
        }

        @Override
        public Optional<Object> scalar(ScalarType type) {
            if (!(node instanceof LocatedNode.Scalar scalar)) {
                return refuse(type, node, path, "");
            }
            try {
                return Optional.of(ScalarReader.read(type, scalar));
            } catch (ScalarReader.Misfit e) {
                misfit(e, node, path);
                return Optional.empty();
            }
        }

        @Override
        public Optional<Object> enumeration(ConfigType.EnumType type) {
            if (!(node instanceof LocatedNode.Scalar scalar) || scalar.form() == LocatedNode.Form.NULL) {
                return refuse(type, node, path, "");
            }
            int index = type.names().indexOf(scalar.text());
            if (index >= 0) {
                return Optional.of(type.values().get(index));
            }
            String shown = Texts.shortened(scalar.text());
            String hint = Texts.maybe(scalar.text(), type.names());
            faults.add(node.place(), path, "The value (" + shown + ") must be " + type.expected() + ".", hint);
            return Optional.empty();
        }

        @Override
        public Optional<Object> optional(ConfigType.OptionalType type) {
            if (node instanceof LocatedNode.Scalar scalar && scalar.isExplicitNull()) {
                return Optional.of(type.form().wrap(null));
            }
            return read(type.value(), node, path, key).map(type.form()::wrap);
        }

        @Override
        public Optional<Object> list(ConfigType.ListType type) {
            if (!(node instanceof LocatedNode.Sequence sequence)) {
                String hint = node instanceof LocatedNode.Scalar scalar && scalar.form() != LocatedNode.Form.NULL
                        ? "Maybe [" + Texts.shortened(scalar.text()) + "] was meant."
                        : "";
                return refuse(type, node, path, hint);
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                LocatedNode item = sequence.items().get(i);
                values.add(read(type.element(), item, path + "[" + i + "]", item.place())
                        .orElse(null));
            }
            // What is complete holds no null; the fault that a null stands for is told.
            return unlessIncomplete(
                    Collections.unmodifiableList(values), values.stream().noneMatch(Objects::isNull));
        }

        @Override
        public Optional<Object> map(ConfigType.MapType type) {
            if (!(node instanceof LocatedNode.Mapping mapping)) {
                return refuse(type, node, path, "");
            }
            Map<String, Object> values = new TreeMap<>();
            for (LocatedNode.Entry entry : mapping.entries()) {
                read(type.value(), entry.value(), DotPath.child(path, entry.key()), entry.keyPlace())
                        .ifPresent(value -> values.put(entry.key(), value));
            }
            return unlessIncomplete(
                    Collections.unmodifiableMap(values),
                    values.size() == mapping.entries().size());
        }

        private Optional<Object> unlessIncomplete(Object values, boolean complete) {
            if (!complete) {
                incomplete.put(node, values);
            }
            return complete ? Optional.of(values) : Optional.empty();
        }

        @Override
        public Optional<Object> object(ObjectType type) {
            if (!(node instanceof LocatedNode.Mapping mapping)) {
                return refuse(type, node, path, "");
            }
            return new ObjectChecker(Checker.this, faults, mode).read(type, mapping, path, key, Map.of());
        }

        @Override
        public Optional<Object> choice(ChoiceType type) {
            if (!(node instanceof LocatedNode.Mapping mapping)) {
                boolean named = node instanceof LocatedNode.Scalar scalar
                        && type.alternatives().containsKey(scalar.text());
                return refuse(
                        type,
                        node,
                        path,
                        named ? "Maybe {kind: " + ((LocatedNode.Scalar) node).text() + "} was meant." : "");
            }
            Optional<LocatedNode.Entry> kind = mapping.find(ChoiceType.KIND);
            String kindPath = DotPath.child(path, ChoiceType.KIND);
            if (kind.isEmpty()) {
                if (mode != Mode.PARTIAL) {
                    faults.add(
                            mapping.place().line() == key.line() ? mapping.place() : key,
                            kindPath,
                            "This required key is missing; it must be "
                                    + type.kinds().expected() + ".");
                }
                return Optional.empty();
            }
            return read(type.kinds(), kind.get().value(), kindPath, kind.get().keyPlace())
                    .map(chosen -> type.alternatives().get(chosen.toString()))
                    .flatMap(alternative -> new ObjectChecker(Checker.this, faults, mode)
                            .read(alternative, mapping, path, key, type.alternatives()));
        }

        @Override
        public Optional<Object> secret() {
            return new SecretReader(faults).read(node, path);
        }

        @Override
        public Optional<Object> tree() {
            return Optional.of(node);
        }
    }
}
