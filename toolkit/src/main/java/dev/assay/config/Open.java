package dev.assay.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose alternatives are not all known where it is compiled: those nested in it, and those that
 * {@link ConfigAlternatives} on the class path contribute. Like the alternatives of a sealed interface, each is a {@link Config} interface with a
 * {@link Kind}, and a file chooses one by that kind; no class is ever made from a name in a file. A sealed interface may have an open one among its
 * permitted ones: the closed set and the contributed ones are then chosen from together.
 *
 * <p>What runs the config cannot match such alternatives one by one: give the interface a method that does what they are for.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Open {}
