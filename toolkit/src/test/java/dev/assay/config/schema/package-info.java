@NullMarked
package dev.assay.config.schema;

import org.jspecify.annotations.NullMarked;
