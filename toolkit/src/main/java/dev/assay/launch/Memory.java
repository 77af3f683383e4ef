package dev.assay.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells of the memory that this process and its workers share: that of the machine, and of the control group they are in, if it has a limit. */
public final class Memory {
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path EVENTS = Path.of("/proc/vmstat");
    private static final Path GROUPS = Path.of("/proc/self/cgroup");
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    private Memory() {}

    /** Bytes that can be used without anything being ended; empty where the system does not tell. */
    public static Optional<Long> free() {
        Optional<Long> ofMachine = Counters.of(MACHINE, "MemAvailable:").map(kibibytes -> kibibytes * 1024);
        Optional<Long> ofGroup = group().flatMap(Memory::free);
        return Stream.of(ofMachine, ofGroup).flatMap(Optional::stream).min(Long::compare);
    }

    /** Of a control group: its limit less what is used, where files that were read once do not count. */
    static Optional<Long> free(Path group) {
        boolean isNew = Files.exists(group.resolve("memory.max"));
        return Counters.of(group.resolve(isNew ? "memory.max" : "memory.limit_in_bytes"))
                .flatMap(limit -> Counters.of(group.resolve(isNew ? "memory.current" : "memory.usage_in_bytes"))
                        .map(used -> limit - used))
                .map(free -> free
                        + Counters.of(group.resolve("memory.stat"), isNew ? "inactive_file" : "total_inactive_file")
                                .orElse(0L));
    }

    /**
     * How many processes the kernel has ended because memory ran out: of the control group, where there is one that tells, else of the machine. Always 0
     * where nothing tells.
     */
    static long kills() {
        return group().flatMap(Memory::kills)
                .or(() -> Counters.of(EVENTS, "oom_kill"))
                .orElse(0L);
    }

    static Optional<Long> kills(Path group) {
        return Counters.of(group.resolve("memory.events"), "oom_kill")
                .or(() -> Counters.of(group.resolve("memory.oom_control"), "oom_kill"));
    }

    /** The group that counts this process's memory; within a container it is the root of what can be seen. */
    private static Optional<Path> group() {
        try (Stream<String> lines = Files.lines(GROUPS, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.split(":", 3))
                    .filter(parts -> parts.length == 3 && (parts[1].isEmpty() || parts[1].equals("memory")))
                    .flatMap(parts -> {
                        Path top = MOUNT.resolve(parts[1]);
                        return Stream.of(top.resolve(parts[2].substring(1)), top);
                    })
                    .filter(folder -> kills(folder).isPresent())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
