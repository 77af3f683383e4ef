@NullMarked
package dev.assay.sink;

import org.jspecify.annotations.NullMarked;
