package dev.assay.training;

import java.util.Arrays;

/** Which methods of a type are overridden. */
final class Overrides {
    private Overrides() {}

    /** Whether a class between that of the object and {@code base} declares a method of that name. */
    static boolean has(Object object, Class<?> base, String method) {
        for (Class<?> type = object.getClass(); type != null && type != base; type = type.getSuperclass()) {
            boolean isThere = Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(method));
            boolean isInherited = Arrays.stream(type.getInterfaces())
                    .filter(each -> each != base && base.isAssignableFrom(each))
                    .flatMap(each -> Arrays.stream(each.getMethods()))
                    .anyMatch(each -> each.getName().equals(method) && each.getDeclaringClass() != base);
            if (isThere || isInherited) {
                return true;
            }
        }
        return false;
    }
}
