package dev.assay.run;

/** A form in which a network can be shown. */
public enum NetworkView {
    /** Text: a line for each node with its shape, parameters and multiply-adds. */
    TABLE,
    /** The language of Graphviz. */
    DOT,
    /** A picture. */
    SVG
}
