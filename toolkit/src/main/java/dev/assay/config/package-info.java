/**
 * Strictly-typed configuration: interfaces marked {@link dev.assay.config.Config} become immutable, validated values read from YAML.
 * Every fault of a file is reported at once, each with its place, its path and what was expected.
 */
@NullMarked
package dev.assay.config;

import org.jspecify.annotations.NullMarked;
