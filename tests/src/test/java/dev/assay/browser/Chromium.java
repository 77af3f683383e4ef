package dev.assay.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A browser without a window and without a network, whose pages' errors and requests are kept. */
public final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path NODE = Path.of("/usr/bin/node");
    private static final String AXE_VERSION = "4.14.1";
    private static final Path AXE_FOLDER = Path.of("target", "axe").toAbsolutePath();

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Why there is none on this machine, or nothing. */
    public static String missing() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(NODE)
                ? ""
                : "there is no " + (Files.isExecutable(PROGRAM) ? NODE : PROGRAM) + " to look at pages with";
    }

    /** Starts it with the node that is installed: Playwright's own would be 200 MB. */
    public static Chromium start() {
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", NODE.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--no-sandbox")));
        return new Chromium(playwright, browser);
    }

    /** Opens an address in a window of that width. */
    public Page open(String address, int width, boolean isOffline) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setOffline(isOffline)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 900));
        Page page = context.newPage();
        page.onConsoleMessage(message -> errors.add(message.text()));
        page.onPageError(errors::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(address);
        return page;
    }

    /** What any page wrote to its console or threw. */
    List<String> errors() {
        return errors;
    }

    List<String> requests() {
        return requests;
    }

    /**
     * What axe-core (npm package, put below {@code target} if it is not there) finds in a page of serious or critical faults, as {@code rule: element}.
     *
     * @throws IOException if it is not there and cannot be had
     */
    static List<String> seriousFaults(Page page) throws IOException, InterruptedException {
        // The page's policy forbids scripts that are added to it, and rightly; those of the tool are run beside them.
        page.evaluate(Files.readString(axe()));
        Object found = page.evaluate("async () => (await axe.run()).violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static Path axe() throws IOException, InterruptedException {
        Path script = AXE_FOLDER.resolve("node_modules/axe-core/axe.min.js");
        if (!Files.exists(script)) {
            Files.createDirectories(AXE_FOLDER);
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            AXE_FOLDER.toString(),
                            "axe-core@" + AXE_VERSION)
                    .redirectErrorStream(true)
                    .redirectOutput(AXE_FOLDER.resolve("install.log").toFile())
                    .start();
            if (!npm.waitFor(120, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException("axe-core could not be installed; see " + AXE_FOLDER.resolve("install.log"));
            }
        }
        return script;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
