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
 * marked {@code @Value.Default} gives a default. Constraints of Bean Validation on the accessors are checked, and so are rules across
 * keys: a {@code default boolean} method marked {@code @AssertTrue}, or a constraint on the interface.
 *
 * <p>An accessor's type may be a number, a boolean, text, an enum, a path, a duration, a {@link ByteSize}, a {@link Secret}, another configuration, a
 * sealed or {@link Open} interface of configurations of which a file chooses one by {@code kind}, or an optional, list or map of these.
 * {@link Stateless} and {@link Derived} say that it is no part of the identity, {@link FormerName} what it was called before.
 *
 * <p>What depends on other keys is a {@code default} accessor that is computed from them, and what depends on other parts is a {@code default}
 * method of the run config, which has all parts. Both are functions of the finished config and of nothing else: they give the same in whatever
 * order its values were set, and a config that is written and read again stays what it is.
 *
 * <p>Lists and maps keep the order they were given in; a map that was read from a file is in the order of its keys, so that what a program
 * does with it never depends on how the file was written. A default must not be changed once trials were made with it: what equals
 * its default is left out of the identity.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Value.Style(
        jdkOnly = true,
        strictBuilder = true,
        visibility = Value.Style.ImplementationVisibility.PUBLIC,
        jakarta = true,
        defaults = @Value.Immutable(copy = true))
public @interface Config {}
