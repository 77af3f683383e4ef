/** JSON Schemas (draft 2020-12) of config types, for editors and other programs. What a schema says is read from the types the reader checks with. */
@NullMarked
package dev.assay.config.schema;

import org.jspecify.annotations.NullMarked;
