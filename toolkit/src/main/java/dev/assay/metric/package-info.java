/** What is measured: a metric's name, direction and unit, declared once and read by everything that compares trials. */
@NullMarked
package dev.assay.metric;

import org.jspecify.annotations.NullMarked;
