package dev.assay.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap that arrays may read. */
final class AlignedMemory {
    /** Kernels may take another path, and so round otherwise, where memory begins off a cache line; so it always begins on one. */
    private static final int CACHE_LINE = 64;

    private AlignedMemory() {}

    static ByteBuffer allocate(long bytes) {
        // One line more than is needed whole, since a slice begins and ends on a line.
        long lines = (bytes + CACHE_LINE - 1) / CACHE_LINE + 1;
        return ByteBuffer.allocateDirect(Math.toIntExact(lines * CACHE_LINE))
                .alignedSlice(CACHE_LINE)
                .order(ByteOrder.nativeOrder());
    }

    /** The first bytes of some memory, which is shared. */
    static ByteBuffer first(ByteBuffer memory, int bytes) {
        return memory.slice(0, bytes).order(ByteOrder.nativeOrder());
    }
}
