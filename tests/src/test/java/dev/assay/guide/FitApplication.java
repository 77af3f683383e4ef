package dev.assay.guide;

import dev.assay.Assay;

/** The application of the guides. */
final class FitApplication {
    private FitApplication() {}

    public static void main(String[] args) {
        System.exit(application().run(args));
    }

    static Assay application() {
        return Assay.application("assay").wrapper("fit", FitRun.class, Fit::new);
    }
}
