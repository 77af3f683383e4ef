package dev.assay.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or of a file. Written with a unit of 1000 ({@code kB}, {@code MB}, {@code GB}, {@code TB}) or of 1024 ({@code KiB},
 * {@code MiB}, {@code GiB}, {@code TiB}), as {@code B}, or as a plain number of bytes; {@code 1.5GB} is allowed since it is whole bytes.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,18})?) ?([A-Za-z]{1,3})");

    /** A unit with its bytes. */
    private record Unit(String name, long bytes) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("TiB", 1L << 40),
            new Unit("TB", 1_000_000_000_000L),
            new Unit("GiB", 1L << 30),
            new Unit("GB", 1_000_000_000L),
            new Unit("MiB", 1L << 20),
            new Unit("MB", 1_000_000L),
            new Unit("KiB", 1L << 10),
            new Unit("kB", 1_000L),
            new Unit("B", 1L));

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("The bytes (" + bytes + ") must not be negative.");
        }
    }

    /** Reads {@code 512MiB}; empty if the text is no size, is no whole number of bytes, or is too large. */
    public static Optional<ByteSize> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        return unit(written.group(2)).flatMap(unit -> of(new BigDecimal(written.group(1)), unit));
    }

    private static Optional<Unit> unit(String name) {
        // KB is how many write kB; there is nothing else it could mean. Mb would be bits, so case counts.
        String known = name.equals("KB") ? "kB" : name;
        return UNITS.stream().filter(unit -> unit.name.equals(known)).findFirst();
    }

    private static Optional<ByteSize> of(BigDecimal count, Unit unit) {
        try {
            return Optional.of(
                    new ByteSize(count.multiply(BigDecimal.valueOf(unit.bytes)).longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest whole count of a unit, {@code 512MiB} or {@code 1500MB}: what a config is written with. */
    @Override
    public String toString() {
        Unit best = UNITS.get(UNITS.size() - 1);
        for (Unit unit : UNITS) {
            if (bytes % unit.bytes == 0 && bytes / unit.bytes < bytes / best.bytes) {
                best = unit;
            }
        }
        return bytes / best.bytes + best.name;
    }
}
