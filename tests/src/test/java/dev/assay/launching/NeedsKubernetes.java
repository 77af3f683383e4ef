package dev.assay.launching;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test on a {@link KubernetesCluster}. Where {@code KUBE_BIN} names no folder with its programs it is skipped, which is said on the standard error stream. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsKubernetes.Condition.class)
@interface NeedsKubernetes {

    /** Skips loudly. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (System.getenv("KUBE_BIN") != null) {
                return ConditionEvaluationResult.enabled("KUBE_BIN is there");
            }
            String missing = "no Kubernetes: KUBE_BIN does not name the folder with kube-apiserver and the others";
            System.err.println("SKIPPED: " + context.getDisplayName() + ": " + missing);
            return ConditionEvaluationResult.disabled(missing);
        }
    }
}
