package dev.assay.recipe;

import dev.assay.config.DotPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the shape of a sweep. What its paths and values mean is checked later, in the cells they make. */
final class SweepReader {
    private static final List<String> FORMS = List.of("grid", "zip", "union", "where", "when");

    private final Faults faults;
    private final List<Sweep.Setting> settings = new ArrayList<>();
    private final List<Sweep.Where> wheres = new ArrayList<>();
    private final List<Sweep.When> whens = new ArrayList<>();

    SweepReader(Faults faults) {
        this.faults = faults;
    }

    /** Every path with every value that was seen, also where the shape is wrong, but for those that depend on others. */
    List<Sweep.Setting> settings() {
        return settings;
    }

    /** Every condition. */
    List<Sweep.Where> wheres() {
        return wheres;
    }

    /** Everything that depends on other settings. */
    List<Sweep.When> whens() {
        return whens;
    }

    Sweep read(LocatedNode node, String path) {
        List<Sweep> parts = new ArrayList<>();
        if (!(node instanceof LocatedNode.Mapping mapping)) {
            faults.add(
                    node.place(), path, node.found() + " but must be a mapping with grid, zip, union, where or when.");
            return new Sweep.Product(parts);
        }
        for (LocatedNode.Entry entry : mapping.entries()) {
            String at = path + "." + entry.key();
            switch (entry.key()) {
                case "grid" -> parts.addAll(grid(entry.value(), at));
                case "zip" -> parts.add(zip(entry.value(), at));
                case "union" -> parts.add(union(entry.value(), at));
                case "where" -> where(entry.value(), at).ifPresent(parts::add);
                case "when" -> parts.addAll(whens(entry.value(), at));
                default ->
                    faults.add(
                            entry.keyPlace(),
                            at,
                            "This key is not known; known are " + String.join(", ", FORMS) + ".",
                            entry.key().contains(".") ? "Maybe it was meant inside grid." : "");
            }
        }
        refusePathsSetTwice(parts, mapping, path);
        return new Sweep.Product(parts);
    }

    /** The cells of a design, each with those of the sweep. */
    Sweep joined(Sweep design, Sweep sweep, LocatedNode.Mapping root) {
        List<Sweep> parts = List.of(design, sweep);
        refusePathsSetTwice(parts, root, "sweep");
        return new Sweep.Product(parts);
    }

    private List<Sweep> grid(LocatedNode node, String path) {
        List<Sweep> axes = new ArrayList<>();
        axes(node, path)
                .forEach(axis -> axes.add(new Sweep.Listed(axis.stream()
                        .map(setting -> Sweep.Cell.of(List.of(setting)))
                        .toList())));
        return axes;
    }

    private Sweep zip(LocatedNode node, String path) {
        List<List<Sweep.Setting>> axes = axes(node, path);
        List<Sweep.Cell> cells = new ArrayList<>();
        int steps = axes.stream().mapToInt(List::size).min().orElse(0);
        for (List<Sweep.Setting> axis : axes) {
            if (axis.size() != axes.get(0).size()) {
                Sweep.Setting first = axes.get(0).get(0);
                faults.add(
                        axis.get(0).place(),
                        path + "." + axis.get(0).path(),
                        "The lists of a zip must be equally long, but this has " + axis.size() + " values and that of "
                                + first.path() + " has " + axes.get(0).size() + ".");
            }
        }
        for (int i = 0; i < steps; i++) {
            int step = i;
            cells.add(Sweep.Cell.of(axes.stream().map(axis -> axis.get(step)).toList()));
        }
        return cells.isEmpty() ? new Sweep.Product(List.of()) : new Sweep.Listed(cells);
    }

    private Sweep union(LocatedNode node, String path) {
        if (!(node instanceof LocatedNode.Sequence list) || list.items().isEmpty()) {
            String found = node instanceof LocatedNode.Sequence ? "The list is empty" : node.found();
            faults.add(node.place(), path, found + " but must be a list of sweeps.");
            return new Sweep.Product(List.of());
        }
        List<Sweep> parts = new ArrayList<>();
        for (LocatedNode item : list.items()) {
            parts.add(read(item, path + "[" + parts.size() + "]"));
        }
        return new Sweep.Union(parts);
    }

    private Optional<Sweep> where(LocatedNode node, String path) {
        if (!(node instanceof LocatedNode.Scalar scalar) || scalar.form() != LocatedNode.Form.TEXT) {
            faults.add(
                    node.place(),
                    path,
                    node.found()
                            + " but must be a condition such as train.epochs < 10 and train.optimizer.kind = 'sgd'.");
            return Optional.empty();
        }
        Sweep.Where where = new Sweep.Where(scalar.text(), scalar.place(), path);
        wheres.add(where);
        return Optional.of(new Sweep.Deferred(new Sweep.Cell(List.of(), List.of(where), List.of())));
    }

    private List<Sweep> whens(LocatedNode node, String path) {
        if (!(node instanceof LocatedNode.Mapping mapping)) {
            faults.add(
                    node.place(),
                    path,
                    node.found()
                            + " but must be a mapping of run config paths to what is to be done for their values.");
            return List.of();
        }
        List<Sweep> parts = new ArrayList<>();
        for (LocatedNode.Entry entry : mapping.entries()) {
            target(entry, path)
                    .flatMap(target -> when(target, entry, path + "." + entry.key()))
                    .ifPresent(when -> {
                        whens.add(when);
                        parts.add(new Sweep.Deferred(new Sweep.Cell(List.of(), List.of(), List.of(when))));
                    });
        }
        return parts;
    }

    private Optional<Sweep.When> when(DotPath target, LocatedNode.Entry entry, String path) {
        if (!(entry.value() instanceof LocatedNode.Mapping mapping)) {
            faults.add(
                    entry.value().place(), path, entry.value().found() + " but must be a mapping of values to sweeps.");
            return Optional.empty();
        }
        List<Sweep.Branch> branches = new ArrayList<>();
        for (LocatedNode.Entry branch : mapping.entries()) {
            int before = settings.size();
            Sweep sweep = read(branch.value(), path + "." + branch.key());
            // They mean nothing in the base as it is.
            settings.subList(before, settings.size()).clear();
            refuseSettingItself(target, sweep, path);
            branches.add(new Sweep.Branch(branch.key(), branch.keyPlace(), sweep));
        }
        return Optional.of(new Sweep.When(target, entry.keyPlace(), branches));
    }

    private void refuseSettingItself(DotPath target, Sweep sweep, String path) {
        for (Sweep.Setting setting : settingsOf(sweep)) {
            List<DotPath.Step> steps = setting.path().steps();
            if (steps.size() <= target.steps().size()
                    && target.steps().subList(0, steps.size()).equals(steps)) {
                faults.add(
                        setting.place(),
                        path,
                        "The path (" + setting.path() + ") must not be set here, since that depends on (" + target
                                + ").");
            }
        }
    }

    /** The values of each path, none of them empty. */
    List<List<Sweep.Setting>> axes(LocatedNode node, String path) {
        List<List<Sweep.Setting>> axes = new ArrayList<>();
        if (!(node instanceof LocatedNode.Mapping mapping)) {
            faults.add(
                    node.place(),
                    path,
                    node.found() + " but must be a mapping of run config paths to lists of values.");
            return axes;
        }
        for (LocatedNode.Entry entry : mapping.entries()) {
            Optional<DotPath> target = target(entry, path);
            List<LocatedNode> values = values(entry, path);
            if (target.isPresent() && !values.isEmpty()) {
                List<Sweep.Setting> axis = values.stream()
                        .map(value -> new Sweep.Setting(target.get(), value, entry.keyPlace()))
                        .toList();
                axes.add(axis);
                settings.addAll(axis);
            }
        }
        return axes;
    }

    private Optional<DotPath> target(LocatedNode.Entry entry, String path) {
        try {
            return Optional.of(DotPath.parse(entry.key()));
        } catch (IllegalArgumentException e) {
            faults.add(entry.keyPlace(), path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private List<LocatedNode> values(LocatedNode.Entry entry, String path) {
        String at = path + "." + entry.key();
        if (!(entry.value() instanceof LocatedNode.Sequence list)) {
            String hint = entry.value() instanceof LocatedNode.Scalar scalar
                            && !scalar.text().isEmpty()
                    ? "Maybe [" + scalar.text() + "] was meant."
                    : "";
            faults.add(entry.value().place(), at, entry.value().found() + " but must be a list of values.", hint);
            return List.of();
        }
        if (list.items().isEmpty()) {
            faults.add(list.place(), at, "The list is empty but must have a value; without one there are no trials.");
        }
        return list.items();
    }

    private void refusePathsSetTwice(List<Sweep> parts, LocatedNode.Mapping mapping, String path) {
        Map<String, Integer> firstPart = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Sweep.Setting setting : settingsOf(parts.get(i))) {
                int first = firstPart.merge(setting.path().toString(), i, (old, now) -> old);
                if (first != i) {
                    faults.add(
                            setting.place(),
                            path,
                            "The path (" + setting.path()
                                    + ") must be set once in a cell, but another part of this sweep ("
                                    + mapping.place().line() + ":"
                                    + mapping.place().column() + ") sets it too.");
                }
            }
        }
    }

    private static List<Sweep.Setting> settingsOf(Sweep sweep) {
        if (sweep instanceof Sweep.Listed listed) {
            return listed.cells().stream()
                    .flatMap(cell -> cell.settings().stream())
                    .toList();
        }
        if (sweep instanceof Sweep.Deferred deferred) {
            return deferred.cell().whens().stream()
                    .flatMap(when -> when.branches().stream())
                    .flatMap(branch -> settingsOf(branch.sweep()).stream())
                    .toList();
        }
        List<Sweep> parts = sweep instanceof Sweep.Product product ? product.parts() : ((Sweep.Union) sweep).parts();
        return parts.stream().flatMap(part -> settingsOf(part).stream()).toList();
    }
}
