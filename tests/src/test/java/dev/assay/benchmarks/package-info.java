/**
 * Measurements of what must be fast. They are run by hand, not by the build: {@code ./mvnw test -pl tests -am -DskipTests -P benchmarks
 * -Dbenchmark=ImageBatches}.
 */
@NullMarked
package dev.assay.benchmarks;

import org.jspecify.annotations.NullMarked;
