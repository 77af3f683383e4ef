package dev.assay.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name by which a file chooses this alternative of a sealed configuration: {@code optimizer: {kind: sgd, …}}. On an enum constant, the
 * name a file uses for it; without one that is the constant in lower case with hyphens, {@code channels-last} for {@code CHANNELS_LAST}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Kind {
    String value();
}
