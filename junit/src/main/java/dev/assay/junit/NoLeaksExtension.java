package dev.assay.junit;

import dev.assay.engine.LiveArrays;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts native arrays before and after a test. */
final class NoLeaksExtension implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(NoLeaksExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", LiveArrays.count());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        long before = context.getStore(NAMESPACE).getOrDefault("before", Long.class, 0L);
        long more = LiveArrays.count() - before;
        if (more > 0 && context.getExecutionException().isEmpty()) {
            throw new AssertionError("The test leaves " + more + " native arrays alive; expected none."
                    + "\nMaybe a manager or a scope is not closed; try-with-resources does.");
        }
    }
}
