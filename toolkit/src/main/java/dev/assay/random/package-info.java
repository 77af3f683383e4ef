/** Random numbers that one seed decides: named, independent streams whose algorithm is part of the contract. */
@NullMarked
package dev.assay.random;

import org.jspecify.annotations.NullMarked;
