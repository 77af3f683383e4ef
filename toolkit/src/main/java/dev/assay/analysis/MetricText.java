package dev.assay.analysis;

import dev.assay.metric.Metric;
import java.util.Locale;

/** Values of a metric as people read them: fractions as per cent, everything else with four significant digits. */
public final class MetricText {
    private final boolean percent;
    private final String unit;

    public MetricText(Metric metric) {
        this.percent = metric.unit().equals("fraction");
        this.unit = percent || metric.unit().isEmpty() ? "" : " " + metric.unit();
    }

    /** A value with its unit, or a dash for none. */
    public String value(double value) {
        return Double.isNaN(value) ? "–" : number(value) + (percent ? " %" : unit);
    }

    /** A difference with its sign; of per cents in points. */
    public String difference(double value) {
        return Double.isNaN(value) ? "–" : (value > 0 ? "+" : "") + number(value) + (percent ? " points" : unit);
    }

    /** {@code low to high}, or a dash where there is no interval. */
    public String interval(Estimate estimate) {
        return estimate.hasInterval()
                ? number(estimate.low()) + " to " + number(estimate.high()) + (percent ? " %" : unit)
                : "–";
    }

    /** The interval of a difference, with signs. */
    public String differenceInterval(Estimate estimate) {
        return estimate.hasInterval()
                ? (estimate.low() > 0 ? "+" : "") + number(estimate.low()) + " to " + (estimate.high() > 0 ? "+" : "")
                        + number(estimate.high()) + (percent ? " points" : unit)
                : "–";
    }

    /** A probability: {@code 0.03}, {@code < 0.0001}, or a dash for none. */
    public static String probability(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, p < 0.1 ? "%.4f" : "%.2f", p);
    }

    /** A probability after a p: {@code = 0.03}, {@code < 0.0001}. */
    static String relation(double p) {
        String text = probability(p);
        return text.startsWith("<") ? text : "= " + text;
    }

    private String number(double value) {
        if (value == 0) {
            return "0";
        }
        String text = percent
                ? String.format(Locale.ROOT, "%.2f", value * 100)
                : String.format(
                        Locale.ROOT,
                        Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6 ? decimals(value) : "%.3e",
                        value);
        return text.replace('-', '−');
    }

    private static String decimals(double value) {
        int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return "%." + Math.max(0, 4 - Math.max(whole, 0)) + "f";
    }
}
