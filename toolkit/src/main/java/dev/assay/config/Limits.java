package dev.assay.config;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the Bean Validation constraints of a key allow, as far as a range, a length or a pattern says it; other constraints are left
 * out. For a value that may be absent these are the limits of the value. Immutable.
 */
public final class Limits {
    private static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), 0, Integer.MAX_VALUE, List.of(), Optional.empty());

    private final Optional<Bound> least;
    private final Optional<Bound> most;
    private final int shortest;
    private final int longest;
    private final List<String> patterns;
    private final Optional<Limits> elements;

    private Limits(
            Optional<Bound> least,
            Optional<Bound> most,
            int shortest,
            int longest,
            List<String> patterns,
            Optional<Limits> elements) {
        this.least = least;
        this.most = most;
        this.shortest = shortest;
        this.longest = longest;
        this.patterns = patterns;
        this.elements = elements;
    }

    /** An end of a range. */
    public record Bound(BigDecimal value, boolean isInclusive) {
        /** The number as people write it. */
        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    /** The limits of a key. */
    public static Limits of(ObjectType owner, Property property) {
        return Constraints.describe(owner.javaClass(), property.name())
                .map(key -> read(key.getConstraintDescriptors(), key.getConstrainedContainerElementTypes()))
                .orElse(NONE);
    }

    /** Whether a file must have the key: also that of a list or map that may be left out but not be empty. */
    public static boolean isRequired(ObjectType owner, Property property) {
        boolean empty = property.defaultValue()
                .map(value -> value.equals(List.of()) || value.equals(Map.of()))
                .orElse(false);
        return property.isRequired() || (empty && of(owner, property).shortest() > 0);
    }

    /** No limits. */
    public static Limits none() {
        return NONE;
    }

    /** The smallest number. */
    public Optional<Bound> least() {
        return least;
    }

    /** The largest number. */
    public Optional<Bound> most() {
        return most;
    }

    /** The smallest length of a text, list or map; 0 if none is set. */
    public int shortest() {
        return shortest;
    }

    /** The greatest length of a text, list or map; {@link Integer#MAX_VALUE} if none is set. */
    public int longest() {
        return longest;
    }

    /** Regular expressions, each of which a text must match from its begin to its end. */
    public List<String> patterns() {
        return patterns;
    }

    /** The limits of the elements of a list or of the values of a map. */
    public Limits elements() {
        return elements.orElse(NONE);
    }

    /** As words: {@code greater than 0 and less than 1}; empty if there are no limits. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        least.ifPresent(bound -> parts.add((bound.isInclusive() ? "at least " : "greater than ") + bound));
        most.ifPresent(bound -> parts.add((bound.isInclusive() ? "at most " : "less than ") + bound));
        if (shortest == 1) {
            parts.add("not empty");
        } else if (shortest > 1) {
            parts.add("of length at least " + shortest);
        }
        if (longest < Integer.MAX_VALUE) {
            parts.add("of length at most " + longest);
        }
        patterns.forEach(pattern -> parts.add("matching " + pattern));
        elements.map(Limits::toString).filter(each -> !each.isEmpty()).ifPresent(each -> parts.add("each " + each));
        return String.join(" and ", parts);
    }

    private static Limits read(
            Set<ConstraintDescriptor<?>> constraints, Set<ContainerElementTypeDescriptor> containerElements) {
        Limits limits = NONE;
        for (ConstraintDescriptor<?> constraint : constraints) {
            limits = limits.and(read(constraint));
        }
        for (ContainerElementTypeDescriptor element : containerElements) {
            Limits inner = read(element.getConstraintDescriptors(), element.getConstrainedContainerElementTypes());
            if (element.getContainerClass() == Optional.class) {
                limits = limits.and(inner);
            } else if (!isKeyOfMap(element)) {
                limits = limits.and(new Limits(
                        Optional.empty(), Optional.empty(), 0, Integer.MAX_VALUE, List.of(), Optional.of(inner)));
            }
        }
        return limits;
    }

    private static boolean isKeyOfMap(ContainerElementTypeDescriptor element) {
        return element.getContainerClass() == Map.class && element.getTypeArgumentIndex() == 0;
    }

    private static Limits read(ConstraintDescriptor<?> constraint) {
        Limits limits = own(constraint);
        for (ConstraintDescriptor<?> part : constraint.getComposingConstraints()) {
            limits = limits.and(read(part));
        }
        return limits;
    }

    private static Limits own(ConstraintDescriptor<?> constraint) {
        Class<?> sort = constraint.getAnnotation().annotationType();
        if (sort == Positive.class || sort == PositiveOrZero.class) {
            return atLeast(BigDecimal.ZERO, sort == PositiveOrZero.class);
        }
        if (sort == Negative.class || sort == NegativeOrZero.class) {
            return atMost(BigDecimal.ZERO, sort == NegativeOrZero.class);
        }
        if (sort == Min.class || sort == Max.class) {
            BigDecimal value = BigDecimal.valueOf(attribute(constraint, "value", Long.class));
            return sort == Min.class ? atLeast(value, true) : atMost(value, true);
        }
        if (sort == DecimalMin.class || sort == DecimalMax.class) {
            BigDecimal value = new BigDecimal(attribute(constraint, "value", String.class));
            boolean inclusive = attribute(constraint, "inclusive", Boolean.class);
            return sort == DecimalMin.class ? atLeast(value, inclusive) : atMost(value, inclusive);
        }
        return ofLength(constraint, sort);
    }

    private static Limits ofLength(ConstraintDescriptor<?> constraint, Class<?> sort) {
        if (sort == Size.class) {
            return sized(attribute(constraint, "min", Integer.class), attribute(constraint, "max", Integer.class));
        }
        if (sort == NotEmpty.class || sort == NotBlank.class) {
            return sized(1, Integer.MAX_VALUE);
        }
        boolean plain = sort == Pattern.class && attribute(constraint, "flags", Pattern.Flag[].class).length == 0;
        return plain
                ? new Limits(
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Integer.MAX_VALUE,
                        List.of(attribute(constraint, "regexp", String.class)),
                        Optional.empty())
                : NONE;
    }

    private static <T> T attribute(ConstraintDescriptor<?> constraint, String name, Class<T> type) {
        return Objects.requireNonNull(type.cast(constraint.getAttributes().get(name)));
    }

    private static Limits atLeast(BigDecimal value, boolean inclusive) {
        Optional<Bound> bound = Optional.of(new Bound(value, inclusive));
        return new Limits(bound, Optional.empty(), 0, Integer.MAX_VALUE, List.of(), Optional.empty());
    }

    private static Limits atMost(BigDecimal value, boolean inclusive) {
        Optional<Bound> bound = Optional.of(new Bound(value, inclusive));
        return new Limits(Optional.empty(), bound, 0, Integer.MAX_VALUE, List.of(), Optional.empty());
    }

    private static Limits sized(int shortest, int longest) {
        return new Limits(Optional.empty(), Optional.empty(), shortest, longest, List.of(), Optional.empty());
    }

    /** The limits of a value that must keep both. */
    private Limits and(Limits other) {
        Set<String> both = new LinkedHashSet<>(patterns);
        both.addAll(other.patterns);
        return new Limits(
                tighter(least, other.least, 1),
                tighter(most, other.most, -1),
                Math.max(shortest, other.shortest),
                Math.min(longest, other.longest),
                List.copyOf(both),
                elements.isPresent() && other.elements.isPresent()
                        ? Optional.of(elements.get().and(other.elements.get()))
                        : elements.or(() -> other.elements));
    }

    /** @param direction 1 where the larger bound is the tighter, -1 where the smaller is */
    private static Optional<Bound> tighter(Optional<Bound> one, Optional<Bound> other, int direction) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        int order = direction * one.get().value().compareTo(other.get().value());
        if (order == 0) {
            return one.get().isInclusive() ? other : one;
        }
        return order > 0 ? one : other;
    }
}
