/** Learning-rate schedules as pure functions of the step. */
@NullMarked
package dev.assay.schedule;

import org.jspecify.annotations.NullMarked;
