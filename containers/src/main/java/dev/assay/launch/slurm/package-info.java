/** Workers as jobs of a Slurm cluster, by its own commands. */
@NullMarked
package dev.assay.launch.slurm;

import org.jspecify.annotations.NullMarked;
