/** What tests with containers share: whether there is an engine, and a base image that needs no registry. */
@NullMarked
package dev.assay.containers;

import org.jspecify.annotations.NullMarked;
