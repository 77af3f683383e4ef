package dev.assay.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.metadata.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.hibernate.validator.spi.properties.ConstrainableExecutable;
import org.hibernate.validator.spi.properties.GetterPropertySelectionStrategy;
import org.jspecify.annotations.Nullable;

/** Checks the Bean Validation constraints of configurations. The validator is made at the first use, since that takes a good part of a second. */
final class Constraints {
    /** What was built since its checks were deferred. */
    private static final ThreadLocal<Optional<List<Validated>>> DEFERRED = ThreadLocal.withInitial(Optional::empty);

    private Constraints() {}

    /**
     * What a constraint says of an object or a value in it.
     *
     * @param property the key it is about; empty for the object as a whole
     * @param within what it is about inside the key's value: {@code [2]} or a map's key; empty for the value itself
     * @param message a sentence
     */
    record Violation(String property, String within, String message) {}

    private static final class Holder {
        static final Validator VALIDATOR = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .defaultLocale(Locale.ENGLISH)
                .getterPropertySelectionStrategy(new AnyAccessor())
                .messageInterpolator(new PlainMessages())
                .buildValidatorFactory()
                .getValidator();
    }

    /** Called for each part that is built, unless a reader does it itself. */
    static void checkBuilt(Validated part) {
        if (DEFERRED.get().isPresent()) {
            DEFERRED.get().get().add(part);
            return;
        }
        ObjectType object = ObjectType.of(part);
        Place place = Place.of(object.javaClass().getSimpleName());
        Faults faults = new Faults();
        for (String path : NestedCollections.mutable(object, part)) {
            faults.add(
                    place, path, "The collection must be immutable.", "Maybe List.copyOf or Map.copyOf was forgotten.");
        }
        for (Violation violation : check(part)) {
            boolean known = object.property(violation.property).isPresent();
            String path = known ? violation.property + violation.within : "";
            faults.add(place, path, violation.message);
        }
        faults.throwIfAny();
    }

    /**
     * Builds something without checking it; what its own code makes on the way, such as a computed default, is checked.
     *
     * @throws ConfigException if that breaks a rule
     */
    static <T> T deferred(Supplier<T> builder) {
        Optional<List<Validated>> before = DEFERRED.get();
        List<Validated> made = new ArrayList<>();
        DEFERRED.set(Optional.of(made));
        T built;
        try {
            built = builder.get();
        } finally {
            DEFERRED.set(before);
        }
        made.stream().filter(part -> part != built).forEach(Constraints::checkBuilt);
        return built;
    }

    /** Checks a part, but not the parts in it, which check themselves. */
    static List<Violation> check(Object part) {
        return violations(Holder.VALIDATOR.validate(part), part);
    }

    /** Checks a value as if it were that of a key, without having the object. */
    static List<Violation> checkValue(Class<?> type, String property, Object value) {
        return violations(Holder.VALIDATOR.validateValue(type, property, value), null);
    }

    /** What is declared on a key; empty if it has no constraints. */
    static Optional<PropertyDescriptor> describe(Class<?> type, String property) {
        return Optional.ofNullable(Holder.VALIDATOR.getConstraintsForClass(type).getConstraintsForProperty(property));
    }

    private static List<Violation> violations(Set<? extends ConstraintViolation<?>> found, @Nullable Object leaf) {
        List<Violation> violations = new ArrayList<>();
        for (ConstraintViolation<?> violation : found) {
            if (violation.getLeafBean() == leaf && !isNegativeZero(violation)) {
                violations.add(violation(violation));
            }
        }
        violations.sort(Comparator.comparing(Violation::property)
                .thenComparing(Violation::within)
                .thenComparing(Violation::message));
        return violations;
    }

    /** The validator takes -0.0 for less than 0, which it is not. */
    private static boolean isNegativeZero(ConstraintViolation<?> violation) {
        return violation.getInvalidValue() instanceof Number number
                && number.doubleValue() == 0
                && violation.getConstraintDescriptor().getAnnotation() instanceof PositiveOrZero;
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        String property = "";
        String within = "";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PROPERTY) {
                property = node.getName();
            } else if (node.getKind() == ElementKind.CONTAINER_ELEMENT && node.getIndex() != null) {
                within += "[" + node.getIndex() + "]";
            } else if (node.getKind() == ElementKind.CONTAINER_ELEMENT && node.getKey() != null) {
                within += DotPath.child("x", node.getKey().toString()).substring(1);
            }
        }
        boolean rule = violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName()
                        .startsWith("Assert")
                || property.isEmpty();
        return new Violation(property, within, sentence(violation, rule));
    }

    private static String sentence(ConstraintViolation<?> violation, boolean rule) {
        String message = violation.getMessage().isBlank() ? "must be valid" : violation.getMessage();
        String end = message.endsWith(".") ? "" : ".";
        String value = "The value (" + Texts.shortened(shown(violation.getInvalidValue())) + ")";
        if (rule && !message.startsWith("must")) {
            return Character.toUpperCase(message.charAt(0)) + message.substring(1) + end;
        }
        return (message.startsWith("must") ? value + " " : value + ": ") + message + end;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Optional<?> optional ? shown(optional.orElse(null)) : String.valueOf(value);
    }

    /** Any method without parameters that returns something is an accessor, {@code batchSize()} as well as {@code getX()}. */
    private static final class AnyAccessor implements GetterPropertySelectionStrategy {
        private static final Set<String> OF_OBJECT =
                Set.of("hashCode", "toString", "getClass", "notify", "notifyAll", "wait", "clone");

        @Override
        public Optional<String> getProperty(ConstrainableExecutable executable) {
            boolean accessor = executable.getParameterTypes().length == 0
                    && executable.getReturnType() != void.class
                    && !OF_OBJECT.contains(executable.getName());
            return accessor ? Optional.of(executable.getName()) : Optional.empty();
        }

        @Override
        public List<String> getGetterMethodNameCandidates(String property) {
            return List.of(property);
        }
    }

    /** Messages in English without an expression language, which the bounds of decimal numbers use in the one place filled in here. */
    private static final class PlainMessages implements MessageInterpolator {
        private static final Pattern EXPRESSION = Pattern.compile("\\$\\{inclusive == true \\? '([^']*)' : '([^']*)'}");

        private final MessageInterpolator parameters = new ParameterMessageInterpolator(
                Set.of(Locale.ENGLISH), Locale.ENGLISH, context -> Locale.ENGLISH, false);

        @Override
        public String interpolate(String template, Context context) {
            return interpolate(template, context, Locale.ENGLISH);
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            boolean inclusive = Boolean.TRUE.equals(
                    context.getConstraintDescriptor().getAttributes().get("inclusive"));
            return EXPRESSION
                    .matcher(parameters.interpolate(template, context, locale))
                    .replaceAll(inclusive ? "$1" : "$2");
        }
    }
}
