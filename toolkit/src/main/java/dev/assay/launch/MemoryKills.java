package dev.assay.launch;

/** The processes that the kernel has ended for want of memory, and of which nobody is known yet. */
final class MemoryKills {
    /** Those before this was made, and those found to be somebody. */
    private long known = Memory.kills();

    /** Whether there is one; it is somebody then. */
    boolean take() {
        boolean isThere = Memory.kills() > known;
        known += isThere ? 1 : 0;
        return isThere;
    }
}
