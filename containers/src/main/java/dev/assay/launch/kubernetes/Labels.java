package dev.assay.launch.kubernetes;

import dev.assay.launch.WorkerJob;
import dev.assay.provenance.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** By what Jobs, pods and Secrets of a worker are found. Labels hold 63 characters of few kinds, so they are digests; annotations have the names. */
final class Labels {
    static final String EXPERIMENT = "dev.assay.trial";
    static final String STORE = "dev.assay.store";
    static final String WORKER = "dev.assay.worker";

    private static final int DIGEST = 16;
    /** Of the 63 characters of a Job's name: what is left beside the digest and the words. */
    private static final int READABLE = 36;

    private Labels() {}

    /** Those of all workers of that experiment and store. */
    static Map<String, String> of(WorkerJob job) {
        return Map.of(
                EXPERIMENT,
                digest(job.experiment()),
                // Without the password, which may change.
                STORE,
                digest(job.store().toString()),
                "app.kubernetes.io/managed-by",
                "assay");
    }

    /** A Job's name: the worker's as far as it can be read, and a digest that tells it from all others. */
    static String name(String worker) {
        String clean = worker.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String readable = clean.substring(Math.max(0, clean.length() - READABLE));
        return "assay-" + readable.replaceAll("^-|-$", "") + "-" + digest(worker);
    }

    /** So much of the text's SHA-256 that no two texts will have the same. */
    static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
    }
}
