package dev.assay.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Names of workers, which tell the machine and the process they come from. */
public final class WorkerName {
    private WorkerName() {}

    /** A name that nobody has had before: host, process, time. */
    public static String create() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        String end = ProcessHandle.current().pid() + "-" + Long.toString(micros, 36);
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + end;
        } catch (UnknownHostException e) {
            return end;
        }
    }
}
