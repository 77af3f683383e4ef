/** The pictures: CIFAR-10 from its official files, or pictures made up from a seed in the same format. */
@NullMarked
package dev.assay.examples.cifar10.data;

import org.jspecify.annotations.NullMarked;
