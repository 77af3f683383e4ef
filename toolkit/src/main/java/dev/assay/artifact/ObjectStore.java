package dev.assay.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps files by name outside of this machine. What is written is there as a whole or not at all, and whoever asks afterwards sees it. Thread-safe. Each
 * method tries again for a while what may go better then, and throws an {@code IOException} that tells people what is wrong.
 */
public interface ObjectStore {

    /**
     * What is kept under a name.
     *
     * @param modified when it was written last, by the clock of whoever keeps it
     */
    record Entry(String name, long bytes, Instant modified) {}

    /**
     * What is kept under one name, looked at closely.
     *
     * @param sha256 digest that was given with the content; empty if somebody else has written it
     * @param modified when it was written last
     */
    record Details(Optional<String> sha256, Instant modified) {}

    /** All whose names begin so, ordered by name. */
    List<Entry> list(String prefix) throws IOException;

    /** What is known of one; empty if there is none of that name. */
    Optional<Details> find(String name) throws IOException;

    /**
     * Copies one into a file, over what is there.
     *
     * @return what is known of it
     * @throws NoSuchFileException if there is none of that name
     */
    Details get(String name, Path file) throws IOException;

    /**
     * Keeps the content of a file, in the place of what was kept under that name.
     *
     * @param sha256 its digest
     */
    void put(String name, Path file, String sha256) throws IOException;

    /** Keeps nothing under that name any more, if anything was. */
    void delete(String name) throws IOException;

    /**
     * What a process on another machine needs to open the same.
     *
     * @param variables of its environment; nothing of them is secret
     * @param secrets contents of files that its owner alone may read, by the environment variable that says where each is
     */
    record Access(Map<String, String> variables, Map<String, String> secrets) {}

    /** Opens object stores whose addresses begin alike. Found on the class path as a service. */
    interface Provider {
        /** What addresses begin with, before {@code ://}. */
        String scheme();

        /**
         * The one at an address; it is not asked for anything yet.
         *
         * @throws dev.assay.error.AssayException if the address is wrong, or what is needed to open it is missing
         */
        ObjectStore open(URI address);

        /** What whoever opens it elsewhere needs of what this process has, besides what that machine may have itself. */
        Access access(URI address);
    }
}
