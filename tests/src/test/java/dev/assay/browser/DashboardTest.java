package dev.assay.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.assay.dashboard.Dashboard;
import dev.assay.report.Report;
import dev.assay.store.ExperimentResults;
import dev.assay.store.Standing;
import dev.assay.store.TrialState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L5")
class DashboardTest {
    private static final ExperimentResults RESULTS = SampleExperiment.small();
    private static final String TOKEN = "0123456789abcdef";

    private final AtomicInteger tick = new AtomicInteger();

    /** A hundred trials run and move on at each look; the last of them ends at the tenth. */
    private List<Standing> standings() {
        int now = tick.incrementAndGet();
        return IntStream.range(0, 100)
                .mapToObj(i -> new Standing(
                        RESULTS.trials().get(i).hash(),
                        i == 99 && now > 10 ? TrialState.COMPLETED : TrialState.RUNNING,
                        1,
                        now % 100 / 100.0))
                .toList();
    }

    private Dashboard start(String host) {
        return Dashboard.start(host, 0, TOKEN, () -> Report.of(RESULTS).live(), this::standings);
    }

    @Test
    void page_ofHundredRunningTrials_followsThemAtTwentyFramesASecond() {
        assumeThat(Chromium.missing())
                .as("SKIPPED: the dashboard was not looked at: " + Chromium.missing())
                .isEmpty();
        try (Dashboard dashboard = start("127.0.0.1");
                Chromium browser = Chromium.start()) {
            Page page = browser.open(dashboard.address(), 1280, false);
            page.locator("#trial-table input").fill("state=running");

            PlaywrightAssertions.assertThat(
                            page.locator("#trial-table tbody tr").first())
                    .containsText("running");
            PlaywrightAssertions.assertThat(page.locator("#summary")).containsText("running");
            Object frames = page.evaluate(
                    "() => new Promise(done => { let n = 0; const begin = performance.now();"
                            + " const frame = () => { n++; performance.now() - begin < 3000 ? requestAnimationFrame(frame) : done(n / 3); }; frame(); })");

            assertThat(((Number) frames).doubleValue()).as("frames a second").isGreaterThan(20);
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests()).allMatch(address -> address.startsWith(dashboard.address()));
        }
    }

    @Test
    void request_thatIsNoReading_isRefused() throws Exception {
        try (Dashboard dashboard = start("127.0.0.1")) {
            int port = URI.create(dashboard.address()).getPort();

            assertThat(status(port, "GET / HTTP/1.1\r\nHost: localhost:" + port))
                    .isEqualTo(200);
            assertThat(status(port, "GET / HTTP/1.1\r\nHost: evil.example:" + port))
                    .isEqualTo(403);
            assertThat(status(port, "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: http://evil.example"))
                    .isEqualTo(403);
            assertThat(status(port, "POST / HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Length: 0"))
                    .isEqualTo(405);
            assertThat(status(port, "GET /../etc/passwd HTTP/1.1\r\nHost: localhost:" + port))
                    .isEqualTo(404);
        }
    }

    @Test
    void request_fromElsewhere_needsTheToken() throws Exception {
        try (Dashboard dashboard = start("0.0.0.0")) {
            int port = URI.create(dashboard.address()).getPort();
            String host = "\r\nHost: machine.example:" + port;

            assertThat(dashboard.address()).endsWith("/?token=" + TOKEN);
            assertThat(status(port, "GET / HTTP/1.1" + host)).isEqualTo(403);
            assertThat(status(port, "GET /events HTTP/1.1" + host)).isEqualTo(403);
            assertThat(status(port, "GET /?token=wrong HTTP/1.1" + host)).isEqualTo(403);
            assertThat(status(port, "GET /?token=" + TOKEN + " HTTP/1.1" + host))
                    .isEqualTo(303);
            assertThat(status(port, "GET / HTTP/1.1" + host + "\r\nCookie: assay-token=" + TOKEN))
                    .isEqualTo(200);
        }
    }

    @Test
    void close_withPagesOpen_endsAtOnce() throws Exception {
        Dashboard dashboard = start("127.0.0.1");
        int port = URI.create(dashboard.address()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder begun = new StringBuilder();
            while (begun.indexOf("retry: 1000") < 0) {
                begun.append((char) socket.getInputStream().read());
            }

            dashboard.close();

            socket.setSoTimeout(3000);
            assertThat(begun).startsWith("HTTP/1.1 200 OK");
            assertThat(isEnded(socket)).isTrue();
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The status with which a request is answered, sent as it is: Java's client would not let these headers through. */
    private static int status(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
