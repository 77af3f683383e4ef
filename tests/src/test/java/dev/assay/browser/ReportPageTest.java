package dev.assay.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import dev.assay.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as it is read: in a browser without a network. */
@Tag("A3")
@Tag("A4")
class ReportPageTest {
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    @TempDir
    static Path folder;

    private static Chromium browser;
    private static String address;

    @BeforeAll
    static void open() {
        assumeThat(Chromium.missing())
                .as("SKIPPED: the report was not looked at: " + Chromium.missing())
                .isEmpty();
        address = Report.of(SampleExperiment.small()).write(folder).toUri().toString();
        browser = Chromium.start();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void page_opened_drawsEveryChartWithoutErrorOrRequest() {
        browser.requests().clear();

        Page page = browser.open(address, DESK, true);

        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests()).containsExactly(address);
        for (Locator chart : page.locator(".chart").all()) {
            assertThat(chart.locator("svg, canvas").count())
                    .as(chart.getAttribute("id"))
                    .isPositive();
            assertThat(chart.getAttribute("aria-label")).hasSizeGreaterThan(20);
        }
        assertThat(page.locator(".chart").count()).isEqualTo(6);
        assertThat(page.locator(".numbers").count()).isEqualTo(5);
    }

    @Test
    void cells_sortedAndFiltered_showWhatWasAskedFor() {
        Page page = browser.open(address, DESK, true);
        Locator first = page.locator("#cell-table tbody tr").first();

        page.locator("#cell-table th button", new Page.LocatorOptions().setHasText("mean"))
                .click();
        page.locator("#cell-table th button", new Page.LocatorOptions().setHasText("mean"))
                .click();
        assertThat(first.textContent())
                .contains("optimizer=sgd")
                .contains("width=32")
                .contains("lr=0.001");
        page.locator("#cell-table input").fill("lr>0.05 adamw");

        assertThat(page.locator("#cell-table output").textContent()).isEqualTo("6, filtered from 48");
        assertThat(page.locator("#cell-table tbody tr").allTextContents())
                .allSatisfy(row -> assertThat(row).contains("lr=0.1").contains("optimizer=adamw"));
        PlaywrightAssertions.assertThat(page.locator("#comparison"))
                .hasAttribute("aria-label", Pattern.compile("6 cells"));
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void factors_brushedAlongAnAxis_filterTheTable() {
        Page page = browser.open(address, DESK, true);
        page.locator("#parallel").scrollIntoViewIfNeeded();
        BoundingBox box = page.locator("#parallel").boundingBox();

        // The last axis is the metric; its upper half has the best cells.
        double x = box.x + box.width - 60;
        page.mouse().move(x, box.y + 60);
        page.mouse().down();
        page.mouse().move(x, box.y + 120);
        page.mouse().move(x, box.y + 170);
        page.mouse().up();

        PlaywrightAssertions.assertThat(page.locator("#factors-kept")).containsText("of 48 cells");
        assertThat(page.locator("#cell-table output").textContent()).contains("filtered from 48");
        page.locator("#factors-clear").click();
        PlaywrightAssertions.assertThat(page.locator("#factors-kept")).hasText("");
        assertThat(page.locator("#cell-table output").textContent()).isEqualTo("1–12 of 48");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void controls_changed_redrawWithoutErrors() {
        Page page = browser.open(address, DESK, true);

        for (String axis : List.of("step", "time")) {
            page.locator("#curve-x").selectOption(axis);
        }
        page.locator("#curve-smooth").fill("0.9");
        page.locator("#curve-seeds").check();
        page.locator("#curve-log").check();
        page.locator("#curve-logx").check();
        page.locator("#curve-metric").selectOption("train.loss");
        page.locator("#effect-factor").selectOption("3");
        assertThat(page.locator("#effect-note").textContent())
                .contains("for each tenfold")
                .contains("R²");
        page.locator("#pair-x").selectOption("3");
        page.locator("#front-x").selectOption("2");
        page.locator("text=Dark").click();
        page.locator(".numbers summary").first().click();

        // Browsers tell of what was opened a moment later.
        PlaywrightAssertions.assertThat(page.locator(".numbers table tbody tr").first())
                .isVisible();
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void page_onAPhone_isNoWiderThanTheScreen() {
        Page page = browser.open(address, PHONE, true);

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    }

    @Test
    void page_inLightAndDark_hasNoSeriousFaultOfAccess() throws IOException, InterruptedException {
        Page page = browser.open(address, DESK, true);

        assertThat(Chromium.seriousFaults(page)).isEmpty();
        page.locator("text=Dark").click();
        assertThat(Chromium.seriousFaults(page)).isEmpty();
    }

    @Test
    void skipLink_isWhatTheKeyboardReachesFirst() {
        Page page = browser.open(address, DESK, true);

        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("answer");
    }
}
