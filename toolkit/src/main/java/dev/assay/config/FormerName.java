package dev.assay.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The names an accessor had before, the oldest first. Files may go on using them, with a warning. The identity goes on using the oldest, so
 * that renaming a key changes no digest; a new key must therefore never take a name that another once had.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FormerName {
    String[] value();
}
