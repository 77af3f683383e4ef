package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was written, before it has a type: a tree in which every key and value knows its place. Immutable. */
public sealed interface LocatedNode {
    Place place();

    /** What was found, for messages: {@code "The value (1.9) is a decimal number"}. */
    String found();

    /** How a scalar was written, by YAML's core schema. */
    enum Form {
        NULL,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        TEXT,
        /** Told to be wrong already; nothing more is to be said of it. */
        REFUSED
    }

    /** A single value. */
    record Scalar(Place place, Form form, String text) implements LocatedNode {
        /** Whether it is an explicit {@code null} or {@code ~}, and not merely a value that was forgotten. */
        boolean isExplicitNull() {
            return form == Form.NULL && !text.isEmpty();
        }

        @Override
        public String found() {
            return switch (form) {
                case NULL -> text.isEmpty() ? "The value is missing" : "The value is null";
                case BOOLEAN -> "The value (" + text + ") is a boolean";
                case INTEGER -> "The value (" + Texts.shortened(text) + ") is an integer";
                case DECIMAL -> "The value (" + Texts.shortened(text) + ") is a decimal number";
                case TEXT -> "The value (" + Texts.shortened(text) + ") is text";
                case REFUSED -> "The value (" + Texts.shortened(text) + ") is refused";
            };
        }
    }

    /** A list. */
    record Sequence(Place place, List<LocatedNode> items) implements LocatedNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String found() {
            return "The value is a list";
        }
    }

    /** A key and its value. */
    record Entry(String key, Place keyPlace, LocatedNode value) {}

    /** Keys with values, in the order they were written; each key once. */
    record Mapping(Place place, List<Entry> entries) implements LocatedNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Entry> find(String key) {
            for (Entry entry : entries) {
                if (entry.key.equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        /** A copy in which {@code entry} replaces the one of its key or, if there is none, comes last. */
        public Mapping with(Entry entry) {
            List<Entry> copy = new ArrayList<>(entries);
            for (int i = 0; i < copy.size(); i++) {
                if (copy.get(i).key.equals(entry.key)) {
                    copy.set(i, entry);
                    return new Mapping(place, copy);
                }
            }
            copy.add(entry);
            return new Mapping(place, copy);
        }

        /** A copy without the entry of a key. */
        public Mapping without(String key) {
            return new Mapping(
                    place,
                    entries.stream().filter(entry -> !entry.key.equals(key)).toList());
        }

        @Override
        public String found() {
            return "The value is a mapping";
        }
    }
}
