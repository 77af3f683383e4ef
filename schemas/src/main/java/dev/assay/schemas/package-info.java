/**
 * The published contracts of Assay and the few lines that find them: SQL of the store by version, JSON Schemas, record formats.
 * Once a release names a contract stable, its files are only ever added to.
 */
@NullMarked
package dev.assay.schemas;

import org.jspecify.annotations.NullMarked;
