package dev.assay.config;

/**
 * Brings what was written for one {@code schemaVersion} to the next: a pure function, which must give the same for the same tree and leave alone what
 * it does not know. Those an application registers by {@link java.util.ServiceLoader}, in
 * {@code META-INF/services/dev.assay.config.Migration}, are used by its command line.
 */
public interface Migration {
    /** The version it begins with; it leads to the next one. The first version is 1. */
    int from();

    /** What it changes, a sentence for people. */
    String description();

    /** The tree in the next version; values should keep their places. {@link LocatedTrees} helps. */
    LocatedNode.Mapping migrate(LocatedNode.Mapping root);
}
