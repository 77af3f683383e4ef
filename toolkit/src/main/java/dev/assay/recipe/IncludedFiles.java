package dev.assay.recipe;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigTrees;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.LocatedTrees;
import dev.assay.config.Migrations;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the files a recipe includes over it, and over each of them those that it includes itself. */
final class IncludedFiles {
    private static final ConfigReader<RecipeFile> KEYS = ConfigReader.of(RecipeFile.class);
    private static final String INCLUDE = "include";
    /** Files that include others twice, those others twice and so on would take for ever. */
    private static final int MOST_FILES = 100;

    private final Migrations migrations;
    private final LayerIndex index;
    private final Faults faults;
    private final Deque<Path> chain = new ArrayDeque<>();
    private int files;

    IncludedFiles(Migrations migrations, LayerIndex index, Faults faults) {
        this.migrations = migrations;
        this.index = index;
        this.faults = faults;
    }

    /** The tree of a file with what it includes, the key for it gone. */
    LocatedNode resolve(LocatedNode written, Path file) {
        LocatedNode tree = migrations.apply(written, faults);
        if (!(tree instanceof LocatedNode.Mapping mapping)) {
            return tree;
        }
        checkOwnKeys(mapping);
        LocatedNode merged = mapping.without(INCLUDE);
        chain.addLast(file);
        int position = 0;
        for (LocatedNode item : items(mapping)) {
            Optional<LocatedNode> included = included(item, file, INCLUDE + "[" + position++ + "]");
            if (included.isPresent() && included.get() instanceof LocatedNode.Mapping upper) {
                merged = LocatedTrees.merge(merged, upper);
            }
        }
        chain.removeLast();
        return merged;
    }

    /** What is used up here; whatever else the file holds is checked once nothing goes before it. */
    private void checkOwnKeys(LocatedNode.Mapping mapping) {
        List<LocatedNode.Entry> own = mapping.entries().stream()
                .filter(entry -> List.of(INCLUDE, Profiles.KEY).contains(entry.key()))
                .toList();
        KEYS.checkPart(new LocatedNode.Mapping(mapping.place(), own), "", faults);
    }

    private static List<LocatedNode> items(LocatedNode.Mapping mapping) {
        return mapping.find(INCLUDE)
                .map(LocatedNode.Entry::value)
                .filter(LocatedNode.Sequence.class::isInstance)
                .map(list -> ((LocatedNode.Sequence) list).items())
                .orElse(List.of());
    }

    private Optional<LocatedNode> included(LocatedNode item, Path from, String path) {
        // What is no text is told by the check of the keys.
        if (!(item instanceof LocatedNode.Scalar scalar) || scalar.form() != LocatedNode.Form.TEXT) {
            return Optional.empty();
        }
        Optional<Path> found = file(scalar, from, path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path file = found.get();
        if (chain.stream().anyMatch(each -> absolute(each).equals(absolute(file)))) {
            String way = Stream.concat(chain.stream(), Stream.of(file))
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.joining(" → "));
            faults.add(item.place(), path, "A file must not include itself, but this does: " + way + ".");
            return Optional.empty();
        }
        files++;
        if (files > MOST_FILES) {
            if (files == MOST_FILES + 1) {
                faults.add(item.place(), path, "A recipe must include at most " + MOST_FILES + " files in all.");
            }
            return Optional.empty();
        }
        return ConfigTrees.text(file, faults).flatMap(text -> {
            index.add(new Source(Layer.INCLUDE, file.toString(), text));
            return ConfigTrees.parse(text, file.toString(), List.of(), faults).map(tree -> resolve(tree, file));
        });
    }

    private Optional<Path> file(LocatedNode.Scalar written, Path from, String path) {
        try {
            Path file = from.resolveSibling(written.text()).normalize();
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            faults.add(written.place(), path, "There is no such file (" + file + ").");
        } catch (InvalidPathException e) {
            faults.add(written.place(), path, "The value must be a path: " + e.getReason() + ".");
        }
        return Optional.empty();
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
