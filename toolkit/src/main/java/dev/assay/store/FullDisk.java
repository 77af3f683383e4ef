package dev.assay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a disk without room from whatever else may fail when something is written. */
public final class FullDisk {
    /** Bytes that a file system gives away at once. */
    private static final long PAGE = 4096;

    private FullDisk() {}

    /** Whether not even a page of the system's fits below a folder. */
    public static boolean isAt(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < PAGE;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says so of {@code The file (name)} or whatever was to be written. */
    public static String sentence(String what) {
        return what + " cannot be written: the disk is full.\n"
                + "Maybe `gc` frees some room; what was written before is safe.";
    }
}
