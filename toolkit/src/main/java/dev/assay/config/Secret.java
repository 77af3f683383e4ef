package dev.assay.config;

import dev.assay.error.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A password, token or key, which a config holds by reference only: {@code {env: NAME}} for a variable of the environment or
 * {@code {file: PATH}} for a file. It is looked up where it is used, so that nothing Assay writes can hold it, and is never part of the identity.
 * Two secrets are equal if they refer to the same thing. Immutable and thread-safe.
 */
public final class Secret {
    /** What a secret lies in. */
    public enum Source {
        /** A variable of the environment. */
        ENV,
        /** A text file in UTF-8, whose last line break is not part of the secret. */
        FILE;

        /** The key that chooses it in a file. */
        String key() {
            return this == ENV ? "env" : "file";
        }
    }

    private final Source source;
    private final String name;
    private final String reference;

    private Secret(Source source, String name, String reference) {
        this.source = source;
        this.name = name;
        this.reference = reference;
    }

    /** A secret that lies in a variable of the environment. */
    public static Secret env(String name) {
        return new Secret(Source.ENV, name, "");
    }

    /** A secret that lies in a file. */
    public static Secret file(Path file) {
        return new Secret(Source.FILE, file.toString(), "");
    }

    /** @param reference where it was referenced, for messages */
    static Secret of(Source source, String name, String reference) {
        return new Secret(source, name, reference);
    }

    public Source source() {
        return source;
    }

    /** The variable's name or the file's path. */
    public String name() {
        return name;
    }

    /**
     * The secret itself. Whoever asks for it must not write it down.
     *
     * @throws NotFoundException if there is no such variable, or no such file that can be read; the message says where it was referenced
     */
    public String reveal() {
        return source == Source.ENV ? ofEnvironment() : ofFile();
    }

    private String ofEnvironment() {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            throw missing("The environment must have a variable " + name);
        }
        return value;
    }

    private String ofFile() {
        try {
            return Files.readString(Path.of(name)).replaceFirst("\\R\\z", "");
        } catch (NoSuchFileException e) {
            throw missing("There must be a file " + name);
        } catch (IOException e) {
            // Not the cause's message: that of a wrong encoding may tell some of the content.
            throw missing("The file " + name + " must be readable text");
        }
    }

    private NotFoundException missing(String what) {
        return new NotFoundException(
                what + ", since it holds " + (reference.isEmpty() ? "a secret." : "the secret of " + reference + "."));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.source == source && secret.name.equals(name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, name);
    }

    /** The reference, {@code {env: NAME}}; never what it refers to. */
    @Override
    public String toString() {
        return "{" + source.key() + ": " + name + "}";
    }
}
