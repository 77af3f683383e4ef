package dev.assay.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/**
 * Makes an interface a configuration: a value class {@code Immutable<Name>} with a builder is generated for it, and Assay reads it
 * strictly from YAML, checks it, hashes it and shows it.
 *
 * <p>Each abstract accessor is a required key; {@code Optional} accessors, lists and maps may be left out; a {@code default} accessor
 * marked {@code @Value.Default} gives a default. Constraints of Bean Validation on the accessors are checked.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Value.Style(
        jdkOnly = true,
        jdk9Collections = true,
        strictBuilder = true,
        overshadowImplementation = true,
        visibility = Value.Style.ImplementationVisibility.PUBLIC,
        jakarta = true,
        deepImmutablesDetection = true,
        defaults = @Value.Immutable(copy = true))
public @interface Config {}
