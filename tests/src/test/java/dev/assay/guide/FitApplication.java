package dev.assay.guide;

import dev.assay.Assay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The application of the guides. */
final class FitApplication {
    private FitApplication() {}

    public static void main(String[] args) {
        System.exit(application().run(args));
    }

    static Assay application() {
        return Assay.application("assay").wrapper("fit", FitRun.class, Fit::new);
    }

    /** What a command printed, both streams together, and how it ended. */
    record Ended(int code, String output) {}

    /** Runs a command in this process. */
    static Ended run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int code = application().run(arguments);
            return new Ended(code, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
