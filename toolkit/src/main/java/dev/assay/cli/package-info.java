/** The command line every application gets: commands, exit codes, progress, messages. */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
