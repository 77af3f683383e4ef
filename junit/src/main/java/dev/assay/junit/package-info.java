/** Tests for JUnit 5: of a user's model wrapper, and that native memory is freed. */
@NullMarked
package dev.assay.junit;

import org.jspecify.annotations.NullMarked;
