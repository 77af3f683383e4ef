/** Learning-rate schedules as functions of how far a training is, and the search for a learning rate. */
@NullMarked
package dev.assay.schedule;

import org.jspecify.annotations.NullMarked;
