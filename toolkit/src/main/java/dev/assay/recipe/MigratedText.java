package dev.assay.recipe;

import dev.assay.config.LocatedNode;
import dev.assay.config.Migrations;
import dev.assay.config.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes a file's text where keys were renamed or single values replaced, and leaves the rest, comments too, as it is. What else a migration may do
 * it does not see: whoever uses the text must read it again and compare.
 */
final class MigratedText {
    private final Map<Place, String> keys = new HashMap<>();
    private final Map<Place, String> scalars = new HashMap<>();
    private final List<Edit> edits = new ArrayList<>();

    /** Another text in place of an old one, which begins at a place. */
    private record Edit(Place place, String old, String text) {}

    private MigratedText() {}

    /** The edited text; empty if the old one is not written as it would have to be, such as in quotes. */
    static Optional<String> edited(String text, LocatedNode.Mapping before, LocatedNode.Mapping after, String version) {
        MigratedText change = new MigratedText();
        change.collect(after);
        change.compare(before);
        Optional<LocatedNode.Entry> old = before.find(Migrations.KEY);
        if (old.isPresent() && old.get().value() instanceof LocatedNode.Scalar scalar) {
            change.edits.add(new Edit(scalar.place(), scalar.text(), version));
        } else if (!before.entries().isEmpty()) {
            change.edits.add(new Edit(before.entries().get(0).keyPlace(), "", Migrations.KEY + ": " + version + "\n"));
        }
        return change.applied(text);
    }

    private void collect(LocatedNode node) {
        if (node instanceof LocatedNode.Mapping mapping) {
            for (LocatedNode.Entry entry : mapping.entries()) {
                keys.put(entry.keyPlace(), entry.key());
                collect(entry.value());
            }
        } else if (node instanceof LocatedNode.Sequence list) {
            list.items().forEach(this::collect);
        } else if (node instanceof LocatedNode.Scalar scalar) {
            scalars.put(scalar.place(), scalar.text());
        }
    }

    private void compare(LocatedNode node) {
        if (node instanceof LocatedNode.Mapping mapping) {
            for (LocatedNode.Entry entry : mapping.entries()) {
                edit(entry.keyPlace(), entry.key(), keys);
                compare(entry.value());
            }
        } else if (node instanceof LocatedNode.Sequence list) {
            list.items().forEach(this::compare);
        } else if (node instanceof LocatedNode.Scalar scalar) {
            edit(scalar.place(), scalar.text(), scalars);
        }
    }

    private void edit(Place place, String old, Map<Place, String> now) {
        String text = now.getOrDefault(place, old);
        if (!text.equals(old)) {
            edits.add(new Edit(place, old, text));
        }
    }

    /** From the last place to the first, so that the places before stay where they are. */
    private Optional<String> applied(String text) {
        StringBuilder edited = new StringBuilder(text);
        edits.sort(Comparator.comparing(Edit::place).reversed());
        for (Edit edit : edits) {
            int at = offset(text, edit.place);
            if (at < 0 || !text.startsWith(edit.old, at)) {
                return Optional.empty();
            }
            edited.replace(at, at + edit.old.length(), edit.text);
        }
        return Optional.of(edited.toString());
    }

    private static int offset(String text, Place place) {
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        for (int line = 1; line < place.line() && at >= 0; line++) {
            at = text.indexOf('\n', at) + 1;
        }
        // Columns count characters as people do.
        return place.line() == 0 ? -1 : text.offsetByCodePoints(at, place.column() - 1);
    }
}
