/** The models of the example, each a config that declares its own graph. */
@NullMarked
package dev.assay.examples.cifar10.model;

import org.jspecify.annotations.NullMarked;
