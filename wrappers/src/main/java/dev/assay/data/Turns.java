package dev.assay.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * In which order sources give their batches in one pass. Any turn is found without going through those before it, so that a pass can be
 * entered anywhere at once.
 */
interface Turns {

    /** Number of turns. */
    long count();

    /** One of the {@link #count} turns. */
    Turn at(long turn);

    /** How often a source is begun in one pass. */
    long laps(int source);

    /**
     * A batch of a source.
     *
     * @param source number of the source
     * @param lap how often the source was begun before in this pass
     * @param number of the batch in the source
     */
    record Turn(int source, long lap, long number) {}

    /** Rounds in which each source has as many turns as its weight, until each was read to its end. */
    static Turns covering(long[] counts, int[] weights) {
        long rounds = IntStream.range(0, counts.length)
                .mapToLong(source -> (counts[source] + weights[source] - 1) / weights[source])
                .max()
                .orElse(0);
        // Nothing can take the turns of a source without batches.
        boolean isPossible = LongStream.of(counts).allMatch(count -> count > 0);
        return new Rounds(counts, weights, isPossible ? rounds : 0);
    }

    /** Rounds of one turn each, until one source is read to its end. */
    static Turns shortest(long[] counts) {
        int[] ones = new int[counts.length];
        Arrays.fill(ones, 1);
        return new Rounds(counts, ones, LongStream.of(counts).min().orElse(0));
    }

    /** Rounds of one turn each, in which only sources that have more take part. */
    static Turns once(long[] counts) {
        return new Once(counts);
    }

    /** One source after the other. */
    static Turns inSequence(long[] counts) {
        return new Sequence(counts);
    }

    /** Equal rounds. */
    final class Rounds implements Turns {
        private final long[] counts;
        private final int[] weights;
        private final long rounds;
        /** By place in the round: the source, and how many turns it had in the round before. */
        private final int[] sources;

        private final int[] ranks;

        private Rounds(long[] counts, int[] weights, long rounds) {
            this.counts = counts;
            this.weights = weights;
            this.rounds = rounds;
            this.sources = spread(weights);
            this.ranks = new int[sources.length];
            int[] seen = new int[weights.length];
            Arrays.setAll(ranks, place -> seen[sources[place]]++);
        }

        @Override
        public long count() {
            return rounds * sources.length;
        }

        @Override
        public Turn at(long turn) {
            int place = (int) (turn % sources.length);
            int source = sources[place];
            long before = turn / sources.length * weights[source] + ranks[place];
            return new Turn(source, before / counts[source], before % counts[source]);
        }

        @Override
        public long laps(int source) {
            return (rounds * weights[source] + counts[source] - 1) / counts[source];
        }

        /** Each source as often as its weight, as evenly as can be: whoever is furthest behind its share has the next turn. */
        private static int[] spread(int[] weights) {
            int total = IntStream.of(weights).sum();
            long[] credit = new long[weights.length];
            int[] places = new int[total];
            for (int place = 0; place < total; place++) {
                int next = 0;
                for (int source = 0; source < weights.length; source++) {
                    credit[source] += weights[source];
                    next = credit[source] > credit[next] ? source : next;
                }
                credit[next] -= total;
                places[place] = next;
            }
            return places;
        }
    }

    /** Rounds that become shorter. */
    final class Once implements Turns {
        private final long[] counts;

        private Once(long[] counts) {
            this.counts = counts;
        }

        @Override
        public long count() {
            return LongStream.of(counts).sum();
        }

        @Override
        public Turn at(long turn) {
            long round = roundOf(turn);
            long place = turn - before(round);
            for (int source = 0; source < counts.length; source++) {
                if (counts[source] > round && place-- == 0) {
                    return new Turn(source, 0, round);
                }
            }
            throw new IndexOutOfBoundsException(turn);
        }

        @Override
        public long laps(int source) {
            return 1;
        }

        /** The last round that begins at or before a turn, by bisection. */
        private long roundOf(long turn) {
            long low = 0;
            long high = LongStream.of(counts).max().orElse(0);
            while (high - low > 1) {
                long middle = (low + high) >>> 1;
                if (before(middle) <= turn) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** Turns before a round. */
        private long before(long round) {
            return LongStream.of(counts).map(count -> Math.min(count, round)).sum();
        }
    }

    /** No rounds at all. */
    final class Sequence implements Turns {
        private final long[] counts;

        private Sequence(long[] counts) {
            this.counts = counts;
        }

        @Override
        public long count() {
            return LongStream.of(counts).sum();
        }

        @Override
        public Turn at(long turn) {
            long left = turn;
            for (int source = 0; source < counts.length; source++) {
                if (left < counts[source]) {
                    return new Turn(source, 0, left);
                }
                left -= counts[source];
            }
            throw new IndexOutOfBoundsException(turn);
        }

        @Override
        public long laps(int source) {
            return 1;
        }
    }
}
