package dev.assay.image;

import dev.assay.Assay;

/** An application that trains nothing. */
final class FakeApplication {
    private FakeApplication() {}

    public static void main(String[] args) {
        System.exit(Assay.application("Fake").run(args));
    }
}
