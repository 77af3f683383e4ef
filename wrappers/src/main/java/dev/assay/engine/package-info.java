/** The one place that knows the native engine: start-up, threads, autograd, memory. */
@NullMarked
package dev.assay.engine;

import org.jspecify.annotations.NullMarked;
