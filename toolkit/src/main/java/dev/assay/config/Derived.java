package dev.assay.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an optional accessor whose value comes from the data, such as the number of classes: a file must not give it, {@link DerivedValues}
 * fill it in once before a trial runs, and it is recorded with the trial. It is no part of the identity, since the data it follows from are.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Derived {}
