package dev.assay.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Experiment;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialStore;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DashboardStopTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    @TempDir
    Path folder;

    @Test
    @Tag("L5")
    @Timeout(60)
    void dashboard_terminatedWithAPageOpen_endsWellAndClosesItsStore() throws Exception {
        StoreAddress address = StoreAddress.of(folder.resolve("store.db"));
        try (TrialStore store = TrialStore.open(address)) {
            store.put(
                    new Experiment("demo", Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of()),
                    List.of());
        }
        TallyCommands commands = new TallyCommands(folder, address);
        Process dashboard = commands.start("dashboard", "demo", "--port", "0");
        try {
            String page = address(dashboard);
            HttpResponse<InputStream> events = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(page + "events")).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(events.statusCode()).isEqualTo(200);

            dashboard.destroy();

            assertThat(dashboard.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(dashboard.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("log"))).contains(page).doesNotContain("Exception");
            // What a store that was not closed leaves beside it.
            assertThat(folder.resolve("store.db-wal")).doesNotExist();
        } finally {
            dashboard.destroyForcibly();
        }
    }

    /** Waits for what it prints. */
    private String address(Process dashboard) throws Exception {
        while (dashboard.isAlive()) {
            Matcher found = ADDRESS.matcher(Files.readString(folder.resolve("log")));
            if (found.find()) {
                return found.group();
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("It ended by itself:\n" + Files.readString(folder.resolve("log")));
    }
}
