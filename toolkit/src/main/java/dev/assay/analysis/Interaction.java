package dev.assay.analysis;

/**
 * How much the effect of one factor depends on another.
 *
 * @param one a factor
 * @param other another
 * @param oneLevel the level of the first
 * @param otherLevel and that of the second, with which they go together most unlike their sum
 * @param difference what these two levels together do beyond the sum of what each does
 * @param p of it, corrected for the number of pairs of levels by Holm's method; NaN where nothing can be tested
 */
public record Interaction(
        Factor one, Factor other, String oneLevel, String otherLevel, Difference difference, double p) {}
