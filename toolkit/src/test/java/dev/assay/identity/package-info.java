@NullMarked
package dev.assay.identity;

import org.jspecify.annotations.NullMarked;
