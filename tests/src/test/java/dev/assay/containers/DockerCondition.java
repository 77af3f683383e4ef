package dev.assay.containers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips loudly, or fails, where no engine answers. */
final class DockerCondition implements ExecutionCondition {
    private static final String PROPERTY = "assay.docker";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = Docker.missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("a Docker engine answers");
        }
        if ("required".equals(System.getProperty(PROPERTY))) {
            throw new IllegalStateException(missing + ", and -D" + PROPERTY + "=required asks for one");
        }
        System.err.println("SKIPPED: " + context.getDisplayName() + ": " + missing);
        return ConditionEvaluationResult.disabled(missing);
    }
}
