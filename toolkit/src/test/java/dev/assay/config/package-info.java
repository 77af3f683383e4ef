@NullMarked
package dev.assay.config;

import org.jspecify.annotations.NullMarked;
