/** Identity is content: canonical typed forms of configurations and their SHA-256 digests. What is equal in meaning has one hash, whatever its spelling. */
@NullMarked
package dev.assay.identity;

import org.jspecify.annotations.NullMarked;
