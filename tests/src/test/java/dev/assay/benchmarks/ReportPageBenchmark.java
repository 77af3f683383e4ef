package dev.assay.benchmarks;

import com.microsoft.playwright.Page;
import dev.assay.browser.Chromium;
import dev.assay.browser.SampleExperiment;
import dev.assay.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the page of 10,000 trials of 20 factors opens and scrolls in Chromium without a window: over all of it, and over a table of 500 rows. */
public final class ReportPageBenchmark {
    private static final String OPEN =
            "() => new Promise(done => requestAnimationFrame(() => done(performance.now())))";

    /** Scrolls a thing down and up at an even speed for five seconds; tells frames a second and the longest time between two. */
    private static final String SCROLL = """
            top => new Promise(done => {
              const from = top[0], to = top[1], times = [], begin = performance.now();
              const frame = now => {
                times.push(now);
                const part = (performance.now() - begin) / 5000;
                scrollTo({ top: from + (to - from) * (1 - Math.abs(2 * part - 1)), behavior: "instant" });
                if (part < 1) { requestAnimationFrame(frame); return; }
                const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
                done([1000 * gaps.length / (times[times.length - 1] - times[0]), gaps[Math.floor(.95 * gaps.length)], gaps[gaps.length - 1]]);
              };
              requestAnimationFrame(frame);
            })""";

    private ReportPageBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("report-page-benchmark");
        String address = Report.of(SampleExperiment.large(10_000, 20, 1_000))
                .write(folder)
                .toUri()
                .toString();
        try (Chromium browser = Chromium.start()) {
            Page page = browser.open(address, 1280, true);
            System.out.printf("open after %.1f s%n", ((Number) page.evaluate(OPEN)).doubleValue() / 1e3);
            scroll("the whole page", page, "[0, document.documentElement.scrollHeight - innerHeight]");
            for (String table : List.of("cell-table", "trial-table")) {
                page.locator("#" + table + " .pager select").selectOption("500");
                scroll(
                        "500 rows of the " + table,
                        page,
                        "(() => { const box = document.getElementById('" + table
                                + "').getBoundingClientRect(); return [box.top + scrollY, box.bottom + scrollY - innerHeight]; })()");
            }
        }
        System.out.println(address);
    }

    private static void scroll(String what, Page page, String range) {
        List<?> found = (List<?>) page.evaluate(SCROLL, page.evaluate(range));
        System.out.printf(
                "%s: %.0f frames a second, 95 %% of frames within %.0f ms, the longest %.0f ms%n",
                what, number(found.get(0)), number(found.get(1)), number(found.get(2)));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
