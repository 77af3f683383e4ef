package dev.assay.store;

import java.util.Optional;

/**
 * What is written beside something that is recorded for the first time; no part of what it is.
 *
 * @param owner who asked for it
 * @param comment what they had to say
 */
public record Note(String owner, Optional<String> comment) {

    /** By the user who runs this program. */
    public static Note mine(Optional<String> comment) {
        return new Note(System.getProperty("user.name", ""), comment);
    }
}
