package dev.assay.data;

import java.net.URI;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log line at each tenth of a download. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final double MEBIBYTE = 1 << 20;
    private static final int LINES = 10;

    private final URI source;
    private final long total;
    private long tenths;

    /** Of a file of which {@code start} bytes are here and {@code rest} are to come, or -1 if that is not known. */
    Progress(URI source, long start, long rest) {
        this.source = source;
        this.total = rest < 0 ? 0 : start + rest;
        this.tenths = tenths(start);
    }

    void at(long bytes) {
        if (tenths(bytes) > tenths) {
            tenths = tenths(bytes);
            String size = String.format(Locale.ROOT, "%.1f MiB", total / MEBIBYTE);
            LOG.info("{}: {} % of {}", source, tenths * 100 / LINES, size);
        }
    }

    private long tenths(long bytes) {
        return total == 0 ? 0 : bytes * LINES / total;
    }
}
