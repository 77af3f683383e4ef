package dev.assay.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values are on an axis. Immutable.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param isLog whether equal ratios, not equal differences, take equal lengths; then all values must be positive
 */
public record Scale(double low, double high, double from, double to, boolean isLog) {

    /** A scale that holds all finite ones of these values, with a little room at both ends. */
    public static Scale over(List<Double> values, double from, double to, boolean isLog) {
        double low = values.stream()
                .filter(Double::isFinite)
                .mapToDouble(v -> v)
                .min()
                .orElse(0);
        double high = values.stream()
                .filter(Double::isFinite)
                .mapToDouble(v -> v)
                .max()
                .orElse(1);
        if (isLog) {
            double room = Math.pow(high / low, 0.03);
            return high > low
                    ? new Scale(low / room, high * room, from, to, true)
                    : new Scale(low / 2, high * 2, from, to, true);
        }
        double room = high > low ? (high - low) * 0.03 : Math.max(Math.abs(high), 1) * 0.05;
        return new Scale(low - room, high + room, from, to, false);
    }

    public double at(double value) {
        double part = isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return from + part * (to - from);
    }

    /** Round values, some five of them; of a logarithmic scale over more than a decade its powers of ten. */
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (isLog && high / low > 12) {
            for (int power = (int) Math.ceil(Math.log10(low) - 1e-9); Math.pow(10, power) <= high; power++) {
                ticks.add(Math.pow(10, power));
            }
            return ticks;
        }
        double rough = (high - low) / 5;
        double unit = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = unit * (rough / unit < 1.5 ? 1 : rough / unit < 3.5 ? 2 : rough / unit < 7.5 ? 5 : 10);
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
