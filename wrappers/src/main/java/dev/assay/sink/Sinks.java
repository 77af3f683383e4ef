package dev.assay.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks of one training. What was recorded is in the files when {@link #write} returns. Their lengths are part of the training's
 * {@link #state}: when it goes on from there, they are cut to what they had then, so that no value is in them twice. A file that cannot be
 * written is given up with a warning; the training goes on. For use by one thread.
 */
public final class Sinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);
    private static final String LAST_STEP = "lastStep";

    private final Path folder;
    private final Set<Sink> sinks;
    private final InstantSource clock;
    private final Map<Sink, SinkFile> open = new EnumMap<>(Sink.class);
    private Map<String, Double> state = new TreeMap<>();
    private boolean isBegun;

    /** Nothing is touched before the first value is written. */
    public Sinks(Path folder, List<Sink> sinks, InstantSource clock) {
        this.folder = folder;
        this.sinks = Set.copyOf(sinks);
        this.clock = clock;
    }

    /** Appends to all files. */
    public void write(List<Recorded> values) {
        if (values.isEmpty() || sinks.isEmpty()) {
            return;
        }
        if (!isBegun) {
            isBegun = true;
            sinks.forEach(this::begin);
        }
        for (SinkFile file : List.copyOf(open.values())) {
            attempt(file.sink(), () -> {
                file.append(values);
                state.put(file.name(), (double) file.length());
            });
        }
        state.put(LAST_STEP, (double) values.get(values.size() - 1).step());
    }

    /** The length of each file in bytes, by name, and the last step that is in them. */
    public Map<String, Double> state() {
        return Map.copyOf(state);
    }

    /** Takes back what was written after a state. To be called before anything is written. */
    public void restore(Map<String, Double> earlier) {
        state = new TreeMap<>(earlier);
    }

    private void begin(Sink sink) {
        attempt(sink, () -> {
            List<String> there = there(sink);
            List<String> kept = new ArrayList<>();
            for (String name : there) {
                Double length = state.get(name);
                if (length == null) {
                    Files.delete(folder.resolve(name));
                } else {
                    cut(folder.resolve(name), length.longValue());
                    kept.add(name);
                }
            }
            Format format = sink.format(clock);
            Double last = state.get(LAST_STEP);
            OptionalLong lastStep =
                    kept.isEmpty() || last == null ? OptionalLong.empty() : OptionalLong.of(last.longValue());
            open.put(sink, SinkFile.open(sink, folder.resolve(format.fileName(there)), format, lastStep));
        });
    }

    private List<String> there(Sink sink) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(sink.file()))
                    .sorted()
                    .toList();
        }
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    /** Something done with files. */
    private interface FileAction {
        void run() throws IOException;
    }

    private void attempt(Sink sink, FileAction action) {
        try {
            action.run();
        } catch (IOException e) {
            SinkFile file = open.remove(sink);
            LOG.warn(
                    "{} in {} cannot be written and is given up: {}. The training goes on; the store has all values.",
                    file == null ? sink.file() : file.name(),
                    folder,
                    e.toString());
            if (file != null) {
                close(file);
            }
        }
    }

    private static void close(SinkFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}.", file.name(), e.toString());
        }
    }

    @Override
    public void close() {
        open.values().forEach(Sinks::close);
        open.clear();
    }
}
