package dev.assay.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P5")
class MemoryTest {
    private static final int BLOCK = 64 << 20;

    @TempDir
    Path folder;

    @Test
    void free_groupOfEitherKind_isTheLimitWithoutWhatIsUsed() throws Exception {
        Path group = Files.createDirectory(folder.resolve("new"));
        write(group, "memory.max", "1000");
        write(group, "memory.current", "700");
        write(group, "memory.stat", "anon 600\ninactive_file 50");
        Path old = Files.createDirectory(folder.resolve("old"));
        write(old, "memory.limit_in_bytes", "1000");
        write(old, "memory.usage_in_bytes", "700");
        write(old, "memory.stat", "cache 9\ntotal_inactive_file 60");

        assertThat(Memory.free(group)).contains(350L);
        assertThat(Memory.free(old)).contains(360L);
        write(group, "memory.max", "max");
        assertThat(Memory.free(group)).isEmpty();
    }

    @Test
    @Tag("P7")
    void kills_groupOfEitherKind_areItsOwn() throws Exception {
        Path group = Files.createDirectory(folder.resolve("new"));
        write(group, "memory.events", "low 0\noom 3\noom_kill 2");
        Path old = Files.createDirectory(folder.resolve("old"));
        write(old, "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5");

        assertThat(Memory.kills(group)).contains(2L);
        assertThat(Memory.kills(old)).contains(5L);
        assertThat(Memory.kills(folder)).isEmpty();
    }

    @Test
    void peak_afterANewBeginning_isNotThatOfBefore() {
        assumeThat(Files.isWritable(Path.of("/proc/self/clear_refs"))).isTrue();
        PeakMemory.restart();
        long before = PeakMemory.bytes().orElseThrow();

        List<ByteBuffer> blocks = new ArrayList<>();
        blocks.add(touched());
        long with = PeakMemory.bytes().orElseThrow();

        assertThat(with - before).isGreaterThan(BLOCK / 2);
        assertThat(Memory.free().orElseThrow()).isPositive();
        assertThat(blocks).hasSize(1);
    }

    private static ByteBuffer touched() {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        for (int at = 0; at < BLOCK; at += 4096) {
            block.put(at, (byte) 1);
        }
        return block;
    }

    private static void write(Path group, String name, String text) throws Exception {
        Files.writeString(group.resolve(name), text + "\n");
    }
}
