package dev.assay.image;

import dev.assay.error.AssayException;
import dev.assay.image.ApplicationClassPath.Entry;
import dev.assay.image.ApplicationClassPath.Kind;
import dev.assay.provenance.ClassPathDigests;
import dev.assay.provenance.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What tells whether an image holds the code of an application: a digest over the content of its class path. A folder of classes and the jar made
 * of it have the same one, so it is equal wherever the same code was built.
 */
public final class CodeDigest {
    /** The label of an image that holds it. */
    public static final String LABEL = "dev.assay.code";

    private CodeDigest() {}

    /**
     * SHA-256 of what is on a class path, in its order.
     *
     * @param classPath in the form of the system property {@code java.class.path}
     * @throws AssayException if nothing of it has the main class
     */
    public static String of(String classPath, String mainClass) throws IOException {
        return of(ApplicationClassPath.of(classPath, mainClass));
    }

    static String of(ApplicationClassPath classPath) throws IOException {
        ClassPathDigests jars = ClassPathDigests.ofUser();
        StringBuilder all = new StringBuilder();
        for (Entry entry : classPath.entries()) {
            boolean isReleased = entry.kind() == Kind.RELEASED || entry.kind() == Kind.UNPACKED;
            all.append(isReleased ? jars.of(entry.path()) : ofContent(entry.path()))
                    .append('\n');
        }
        return digest(all);
    }

    private static String ofContent(Path folderOrJar) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, byte[]> file : ClassFiles.of(folderOrJar).entrySet()) {
            all.append(Sha256.of(file.getValue()))
                    .append(' ')
                    .append(file.getKey())
                    .append('\n');
        }
        return digest(all);
    }

    private static String digest(StringBuilder text) {
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
