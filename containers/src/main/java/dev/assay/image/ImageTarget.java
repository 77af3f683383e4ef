package dev.assay.image;

import java.nio.file.Path;

/** Where an image goes. */
public sealed interface ImageTarget {

    /** What the image is to be called: {@code HOST/NAME:TAG}; without a host in a registry it is Docker Hub's. */
    String reference();

    /** To a registry, with the name and password that {@code docker login} keeps, if it keeps any. */
    record Registry(String reference) implements ImageTarget {}

    /** Into the Docker engine that the program {@code docker} speaks to. */
    record Daemon(String reference) implements ImageTarget {}

    /**
     * To a file that {@code docker load} reads.
     *
     * @param file beside which the bill of materials is written
     */
    record Tar(String reference, Path file) implements ImageTarget {}
}
