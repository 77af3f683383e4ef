package dev.assay.recipe;

import dev.assay.config.DotPath;
import dev.assay.config.LocatedNode;
import dev.assay.config.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What varies over an experiment: a set of cells, each of which sets some paths of the base. The order of the cells is that of the file. */
sealed interface Sweep {

    /** How many cells there are at most, before conditions drop some; {@link Long#MAX_VALUE} stands for that many or more. */
    long size();

    /** The cells; only to be asked for when {@link #size()} is small. */
    List<Cell> cells();

    /**
     * A value for a path.
     *
     * @param place where the path stands
     */
    record Setting(DotPath path, LocatedNode value, Place place) {}

    /**
     * A condition that the trials of a cell must hold.
     *
     * @param path where it stands in the recipe
     */
    record Where(String text, Place place, String path) {}

    /**
     * More settings, which depend on the value that a path has in a cell.
     *
     * @param path to a name or a boolean of the config
     * @param place where the path stands
     * @param branches for some of its values
     */
    record When(DotPath path, Place place, List<Branch> branches) {
        public When {
            branches = List.copyOf(branches);
        }

        /** What is to be done for a value, if anything. */
        Optional<Sweep> of(String value) {
            return branches.stream()
                    .filter(branch -> branch.value.equals(value))
                    .map(Branch::sweep)
                    .findFirst();
        }
    }

    /**
     * What is to be done for a value.
     *
     * @param place where the value stands
     */
    record Branch(String value, Place place, Sweep sweep) {}

    /**
     * The settings of one cell, with what is yet to be asked of it: both can be answered only in the whole config, whatever sweep they stand in.
     *
     * @param wheres the conditions its trials must hold
     * @param whens the settings that depend on others
     */
    record Cell(List<Setting> settings, List<Where> wheres, List<When> whens) {
        public Cell {
            settings = List.copyOf(settings);
            wheres = List.copyOf(wheres);
            whens = List.copyOf(whens);
        }

        static Cell of(List<Setting> settings) {
            return new Cell(settings, List.of(), List.of());
        }

        Cell and(Cell other) {
            return new Cell(joined(settings, other.settings), joined(wheres, other.wheres), joined(whens, other.whens));
        }

        /** Without the first of what depends on other settings. */
        Cell withoutFirstWhen() {
            return new Cell(settings, wheres, whens.subList(1, whens.size()));
        }

        private static <T> List<T> joined(List<T> one, List<T> other) {
            List<T> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
        }
    }

    /** One cell that sets nothing by itself. */
    record Deferred(Cell cell) implements Sweep {
        @Override
        public long size() {
            return cell.whens().stream()
                    .flatMap(when -> when.branches().stream())
                    .mapToLong(branch -> branch.sweep().size())
                    .reduce(1, Math::max);
        }

        @Override
        public List<Cell> cells() {
            return List.of(cell);
        }
    }

    /** Cells written out one by one: the values of one path, or the steps of a zip. */
    record Listed(List<Cell> cells) implements Sweep {
        public Listed {
            cells = List.copyOf(cells);
        }

        @Override
        public long size() {
            return cells.size();
        }
    }

    /** Every combination of the parts' cells; the last part varies fastest. Without parts: one cell that sets nothing. */
    record Product(List<Sweep> parts) implements Sweep {
        public Product {
            parts = List.copyOf(parts);
        }

        @Override
        public long size() {
            long size = 1;
            for (Sweep part : parts) {
                long high = Math.multiplyHigh(size, part.size());
                size = high != 0 || size * part.size() < 0 ? Long.MAX_VALUE : size * part.size();
            }
            return size;
        }

        @Override
        public List<Cell> cells() {
            List<Cell> cells = List.of(Cell.of(List.of()));
            for (Sweep part : parts) {
                List<Cell> factors = part.cells();
                cells = cells.stream()
                        .flatMap(cell -> factors.stream().map(cell::and))
                        .toList();
            }
            return cells;
        }
    }

    /** The cells of one part after those of the other. */
    record Union(List<Sweep> parts) implements Sweep {
        public Union {
            parts = List.copyOf(parts);
        }

        @Override
        public long size() {
            long size = 0;
            for (Sweep part : parts) {
                size = size + part.size() < 0 ? Long.MAX_VALUE : size + part.size();
            }
            return size;
        }

        @Override
        public List<Cell> cells() {
            return parts.stream().flatMap(part -> part.cells().stream()).toList();
        }
    }
}
