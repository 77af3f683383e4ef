package dev.assay.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T21")
class SinksTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_250L));

    @TempDir
    Path folder = Path.of("");

    @Test
    void write_isInTheFilesAtOnce() throws Exception {
        try (Sinks sinks = new Sinks(folder, List.of(Sink.JSONL, Sink.CSV), CLOCK)) {
            sinks.write(List.of(
                    new Recorded("train.loss", 3, 0.5, 1.25, 0.1), new Recorded("train.a,b", 3, 0.5, 1.5, Double.NaN)));

            assertThat(lines("metrics.jsonl"))
                    .containsExactly(
                            "{\"name\":\"train.loss\",\"step\":3,\"epoch\":0.5,\"seconds\":1.25,\"value\":0.1}",
                            "{\"name\":\"train.a,b\",\"step\":3,\"epoch\":0.5,\"seconds\":1.5,\"value\":\"NaN\"}");
            assertThat(lines("metrics.csv"))
                    .containsExactly(
                            "name,step,epoch,seconds,value",
                            "train.loss,3,0.5,1.25,0.1",
                            "\"train.a,b\",3,0.5,1.5,NaN");
        }
    }

    @Test
    void write_tensorBoard_isAnEventFile() throws Exception {
        try (Sinks sinks = new Sinks(folder, List.of(Sink.TENSORBOARD), CLOCK)) {
            sinks.write(values(300, "val.accuracy"));
        }

        Path file = folder.resolve("events.out.tfevents.1700000000.assay");
        List<Map<Integer, Object>> events = EventReader.read(file);
        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event).containsEntry(1, 1_700_000_000.25));
        assertThat(EventReader.text(EventReader.field(3, events.get(0)))).isEqualTo("brain.Event:2");
        assertThat(EventReader.scalars(file)).containsExactly("val/accuracy@300=0.5");
    }

    @Test
    void write_afterRestore_cutsWhatCameLater() throws Exception {
        Map<String, Double> state;
        try (Sinks sinks = new Sinks(folder, List.of(Sink.values()), CLOCK)) {
            sinks.write(values(1, "train.loss"));
            state = sinks.state();
            sinks.write(values(1, "val.loss"));
            sinks.write(values(2, "train.loss"));
        }

        try (Sinks sinks = new Sinks(folder, List.of(Sink.values()), CLOCK)) {
            sinks.restore(state);
            assertThat(sinks.state()).isEqualTo(state);
            sinks.write(values(1, "val.loss", "val.accuracy"));
        }

        assertThat(lines("metrics.csv"))
                .containsExactly(
                        "name,step,epoch,seconds,value",
                        "train.loss,1,0.0,0.0,0.5",
                        "val.loss,1,0.0,0.0,0.5",
                        "val.accuracy,1,0.0,0.0,0.5");
        assertThat(lines("metrics.jsonl")).hasSize(3);
        Path first = folder.resolve("events.out.tfevents.1700000000.assay");
        Path second = folder.resolve("events.out.tfevents.1700000001.assay");
        assertThat(EventReader.scalars(first)).containsExactly("train/loss@1=0.5");
        assertThat(EventReader.scalars(second)).containsExactly("val/loss@1=0.5", "val/accuracy@1=0.5");
        Map<Integer, Object> start = EventReader.read(second).get(1);
        assertThat(start).containsEntry(2, 2L);
        assertThat(EventReader.message(EventReader.field(7, start))).containsEntry(1, 1L);
    }

    @Test
    void write_withoutRestore_beginsAnew() throws Exception {
        for (int attempt = 1; attempt <= 2; attempt++) {
            try (Sinks sinks = new Sinks(folder, List.of(Sink.values()), CLOCK)) {
                sinks.write(values(attempt, "train.loss"));
            }
        }

        assertThat(lines("metrics.csv")).hasSize(2).last().asString().startsWith("train.loss,2,");
        assertThat(files()).containsExactly("events.out.tfevents.1700000001.assay", "metrics.csv", "metrics.jsonl");
    }

    @Test
    void write_sinkAskedForLater_beginsThere() throws Exception {
        Map<String, Double> state;
        try (Sinks sinks = new Sinks(folder, List.of(Sink.CSV), CLOCK)) {
            sinks.write(values(1, "train.loss"));
            state = sinks.state();
        }

        try (Sinks sinks = new Sinks(folder, List.of(Sink.TENSORBOARD), CLOCK)) {
            sinks.restore(state);
            sinks.write(values(2, "train.loss"));
        }

        assertThat(lines("metrics.csv")).hasSize(2);
        assertThat(EventReader.scalars(folder.resolve("events.out.tfevents.1700000000.assay")))
                .containsExactly("train/loss@2=0.5");
    }

    @Test
    void write_withoutSinks_touchesNothing() throws Exception {
        try (Sinks sinks = new Sinks(folder, List.of(), CLOCK)) {
            sinks.write(values(1, "train.loss"));
            assertThat(sinks.state()).isEmpty();
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void write_fileThatCannotBe_isGivenUpAndOthersGoOn() throws Exception {
        Files.createDirectories(folder.resolve("metrics.csv/in the way"));

        try (Sinks sinks = new Sinks(folder, List.of(Sink.CSV, Sink.JSONL), CLOCK)) {
            sinks.write(values(1, "train.loss"));
            sinks.write(values(2, "train.loss"));
            assertThat(sinks.state()).containsOnlyKeys("metrics.jsonl", "lastStep");
        }

        assertThat(lines("metrics.jsonl")).hasSize(2);
    }

    @Test
    void write_fullDisk_isGivenUpAndKeepsItsWholeLength() throws Exception {
        Path full = Files.createSymbolicLink(folder.resolve("metrics.jsonl"), Path.of("/dev/full"));

        try (Sinks sinks = new Sinks(folder, List.of(Sink.CSV, Sink.JSONL), CLOCK)) {
            sinks.restore(Map.of("metrics.jsonl", 0.0, "lastStep", 1.0));
            sinks.write(values(2, "train.loss"));
            sinks.write(values(3, "train.loss"));
            assertThat(sinks.state()).containsEntry("metrics.jsonl", 0.0);
        }

        assertThat(lines("metrics.csv")).hasSize(3);
        Files.delete(full);
    }

    private static List<Recorded> values(long step, String... names) {
        return Arrays.stream(names)
                .map(name -> new Recorded(name, step, 0, 0, 0.5))
                .toList();
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
