/** The models of the example, each a config that makes its own block. */
@NullMarked
package dev.assay.examples.cifar10.model;

import org.jspecify.annotations.NullMarked;
