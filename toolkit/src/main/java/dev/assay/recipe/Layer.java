package dev.assay.recipe;

/** What a value of a config may come from; a later layer goes before an earlier one. */
public enum Layer {
    /** The declaration of the config. */
    DEFAULT,
    /** The recipe itself. */
    RECIPE,
    /** A file that the recipe includes. */
    INCLUDE,
    /** A chosen profile. */
    PROFILE,
    /** The settings of this machine, {@code assay.local.yaml}. */
    LOCAL,
    /** A variable of the environment. */
    ENVIRONMENT,
    /** An argument of the command line. */
    COMMAND_LINE,
    /** The sweep or the design, which vary what all the others give. */
    SWEEP
}
