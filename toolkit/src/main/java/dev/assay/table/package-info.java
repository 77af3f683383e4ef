/**
 * Trials as rows: what queries may name of them, and tables for other programs. Queries are evaluated here, on what the store reads, and no part of them
 * becomes SQL.
 */
@NullMarked
package dev.assay.table;

import org.jspecify.annotations.NullMarked;
