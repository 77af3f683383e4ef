package dev.assay.random;

/**
 * The seed of a trial and the root of all its random streams. A stream is named by what it is for and, where there are many of a kind, by
 * an index such as the epoch; streams are independent of one another and of the order in which they are asked for.
 *
 * @param value the number from the config
 */
public record Seed(long value) {

    /** The stream for a purpose, such as {@code "initial weights"}. */
    public RandomStream stream(String purpose) {
        return stream(purpose, 0);
    }

    /** The {@code index}-th stream for a purpose, such as {@code ("order", epoch)}. */
    public RandomStream stream(String purpose, long index) {
        long state = RandomStream.mix(value + RandomStream.GAMMA);
        for (int i = 0; i < purpose.length(); i++) {
            state = RandomStream.mix(state + RandomStream.GAMMA + purpose.charAt(i));
        }
        return new RandomStream(RandomStream.mix(state ^ RandomStream.mix(index + RandomStream.GAMMA)));
    }
}
