package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Trainable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    /** A method that is not passed on would test the default in the place of the user's. Those left out cannot be overridden. */
    @Test
    @Tag("K6")
    void rehearsal_passesOnAllThatCanBeOverridden() {
        Set<String> own = Arrays.stream(Rehearsal.class.getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());

        Set<String> finished = Arrays.stream(ModelWrapper.class.getDeclaredMethods())
                .filter(method -> Modifier.isFinal(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(Stream.<Class<?>>of(ModelWrapper.class, Trainable.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> !method.isSynthetic())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name -> !finished.contains(name)))
                .hasSizeGreaterThan(10)
                .isSubsetOf(own);
    }
}
