package dev.assay.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 90s}, {@code 1h30m}, {@code 2d}; ISO 8601 ({@code PT1H30M}) is read too. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,15})(d|h|ms|us|ns|m|s)");
    private static final Map<String, Duration> UNITS = Map.of(
            "d", Duration.ofDays(1),
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1),
            "us", Duration.ofNanos(1_000),
            "ns", Duration.ofNanos(1));

    private Durations() {}

    /** Empty if it is none. */
    public static Optional<Duration> parse(String text) {
        try {
            return text.startsWith("P") ? Optional.of(Duration.parse(text)) : parts(text);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    static String format(Duration duration) {
        if (duration.isNegative()) {
            return duration.toString();
        }
        String text = part(duration.toDaysPart(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m");
        int nanos = duration.toNanosPart();
        text += part(duration.toSecondsPart(), "s")
                + part(nanos / 1_000_000, "ms")
                + part(nanos / 1_000 % 1_000, "us")
                + part(nanos % 1_000, "ns");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static Optional<Duration> parts(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!part.region(at, text.length()).lookingAt()) {
                return Optional.empty();
            }
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            at = part.end();
        }
        return at == 0 ? Optional.empty() : Optional.of(sum);
    }
}
