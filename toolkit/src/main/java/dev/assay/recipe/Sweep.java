package dev.assay.recipe;

import dev.assay.config.DotPath;
import dev.assay.config.LocatedNode;
import dev.assay.config.Place;
import java.util.ArrayList;
import java.util.List;

/** What varies over an experiment: a set of cells, each of which sets some paths of the base. The order of the cells is that of the file. */
sealed interface Sweep {

    /** How many cells there are; {@link Long#MAX_VALUE} stands for that many or more. */
    long size();

    /** The cells; only to be asked for when {@link #size()} is small. */
    List<Cell> cells();

    /**
     * A value for a path.
     *
     * @param place where the path stands
     */
    record Setting(DotPath path, LocatedNode value, Place place) {}

    /** The settings of one cell. */
    record Cell(List<Setting> settings) {
        public Cell {
            settings = List.copyOf(settings);
        }

        Cell and(Cell other) {
            List<Setting> both = new ArrayList<>(settings);
            both.addAll(other.settings);
            return new Cell(both);
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
            List<Cell> cells = List.of(new Cell(List.of()));
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
