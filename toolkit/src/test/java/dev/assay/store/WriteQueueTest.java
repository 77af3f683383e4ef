package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Tag("R9")
class WriteQueueTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration LEASE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void enter_othersBefore_waitsForThem() throws Exception {
        WriteQueue first = queue();
        WriteQueue second = queue();
        ExecutorService thread = Executors.newSingleThreadExecutor();

        long ticket = first.enter();
        long begin = System.nanoTime();
        AtomicBoolean hasLeft = new AtomicBoolean();
        Future<Boolean> seen = thread.submit(() -> {
            second.leave(second.enter());
            return hasLeft.get();
        });
        Thread.sleep(20);
        hasLeft.set(true);
        first.leave(ticket);

        // A machine may stand still for longer than anybody is waited for.
        assertThat(seen.get() || System.nanoTime() - begin > PATIENCE.toNanos()).isTrue();
        thread.shutdown();
    }

    @Test
    void enter_againAtOnce_waitsForNobody() throws Exception {
        WriteQueue queue = queue();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            queue.leave(queue.enter());
            long other = queue().enter();
            waits.add(time(queue));
            queue().leave(other);
        }

        assertThat(waits).anyMatch(wait -> wait.compareTo(PATIENCE) < 0);
    }

    @Test
    @Timeout(20)
    void enter_manyBeforeWhoNeverLeave_passesThemByOnce() throws Exception {
        queue();
        for (int killed = 0; killed < 100; killed++) {
            takeForEver();
        }

        Duration first = time(queue());
        Duration second = time(queue());

        assertThat(first).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(second).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void leave_outOfTurn_doesNotBringOthersBack() throws Exception {
        WriteQueue first = queue();
        WriteQueue second = queue();
        long early = first.enter();
        long late = second.enter();

        second.leave(late);
        first.leave(early);

        assertThat(time(queue())).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void transaction_ofManyWriters_allGetAboutAsManyTurns() throws Exception {
        int writers = 16;
        Path file = folder.resolve("store.db");
        try (TrialStore store = TrialStore.open(file)) {
            store.put(
                    new Experiment("e", Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of()),
                    IntStream.range(0, writers).mapToObj(WriteQueueTest::trial).toList());
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();

        List<Callable<Integer>> work = IntStream.range(0, writers)
                .mapToObj(writer -> (Callable<Integer>) () -> writes(file, "w" + writer, end))
                .toList();
        List<Integer> writes = new ArrayList<>();
        for (Future<Integer> each : threads.invokeAll(work)) {
            writes.add(each.get());
        }
        threads.shutdown();

        writes.sort(null);
        assertThat(writes.get(0)).describedAs("%s", writes).isGreaterThan(writes.get(writers - 1) / 5);
    }

    private static int writes(Path file, String worker, long end) {
        try (TrialStore store = TrialStore.open(file)) {
            Lease lease = store.lease("e", worker, LEASE).orElseThrow();
            int writes = 0;
            while (System.nanoTime() < end) {
                store.write(lease, 0, List.of(new MetricPoint("m", ++writes, 0, 0, 0)), LEASE);
            }
            return writes;
        }
    }

    private WriteQueue queue() throws IOException {
        try (FileChannel file = open()) {
            return WriteQueue.of(file);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                folder.resolve("queue"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What somebody leaves who is killed while waiting. */
    private void takeForEver() throws Exception {
        try (FileChannel file = open()) {
            ByteBuffer next = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            file.read(next, 0);
            next.putLong(0, next.getLong(0) + 1).rewind();
            file.write(next, 0);
        }
    }

    private static Duration time(WriteQueue queue) {
        long begin = System.nanoTime();
        queue.leave(queue.enter());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static TrialSpec trial(int number) {
        ObjectNode config = (ObjectNode)
                JsonMapper.shared().readTree("{'data':{},'model':{},'train':{},'seed':1}".replace('\'', '"'));
        return new TrialSpec("trial" + number, "w", "d", "m", "t", "s" + number, config, Optional.empty());
    }
}
