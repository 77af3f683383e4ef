package dev.assay.data;

import java.net.URI;
import java.nio.file.Path;

/** Fetches a file in a process of its own. */
final class DownloadProcess {
    private DownloadProcess() {}

    /** Takes an address, a target and a SHA-256. */
    public static void main(String[] args) {
        new Download(URI.create(args[0]), Path.of(args[1]), Checksum.sha256(args[2])).fetch();
    }
}
