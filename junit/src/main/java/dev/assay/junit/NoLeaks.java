package dev.assay.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each test of the class, or the one, must leave no more native arrays alive than there were before its first {@code @BeforeEach} method. The arrays of the
 * whole process are counted, so no other test may use the engine at the same time.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NoLeaksExtension.class)
public @interface NoLeaks {}
