/** The reference application: image classifiers on CIFAR-10. */
@NullMarked
package dev.assay.examples.cifar10;

import org.jspecify.annotations.NullMarked;
