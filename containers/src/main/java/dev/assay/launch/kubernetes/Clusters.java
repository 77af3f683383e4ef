package dev.assay.launch.kubernetes;

import dev.assay.error.AssayException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reaching clusters, and telling what they answer. */
final class Clusters {
    /** Retries of a request, each after twice the pause: 3 s in all, so that people are told soon. */
    private static final int RETRIES = 5;

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;

    private Clusters() {}

    /** A client of the cluster that is meant; nothing is asked of it yet. */
    static KubernetesClient connect(Kubernetes backend) {
        Config config = config(backend);
        config.setRequestRetryBackoffLimit(RETRIES);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config config(Kubernetes backend) {
        Config config = backend.kubeconfig()
                .map(file -> config(file, backend.context()))
                .orElseGet(() -> Config.autoConfigure(backend.context().orElse(null)));
        backend.context()
                .filter(context -> config.getContexts().stream()
                        .noneMatch(each -> each.getName().equals(context)))
                .ifPresent(context -> {
                    throw new AssayException("The context (" + context + ") is none of the kubeconfig's.");
                });
        return config;
    }

    private static Config config(Path file, Optional<String> context) {
        if (!Files.isReadable(file)) {
            throw new AssayException("The kubeconfig (" + file + ") cannot be read.");
        }
        return Config.fromKubeconfig(context.orElse(null), file.toFile());
    }

    static String namespace(KubernetesClient client, Kubernetes backend) {
        return backend.namespace()
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }

    /** What a cluster's refusal means for people. */
    static AssayException problem(KubernetesClient client, String what, KubernetesClientException e) {
        String cluster = "The cluster (" + client.getMasterUrl() + ")";
        Optional<Throwable> unheard =
                causes(e).filter(IOException.class::isInstance).reduce((outer, inner) -> inner);
        if (unheard.isPresent()) {
            return new AssayException(
                    cluster + " does not answer: " + told(unheard.get())
                            + "\nMaybe the context or the kubeconfig is another's.",
                    e);
        }
        String maybe = e.getCode() == FORBIDDEN || e.getCode() == UNAUTHORIZED
                ? "\nMaybe the account lacks a right that docs/launching.md lists."
                : "";
        String message = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return new AssayException(what + " are refused. " + cluster + " says: " + message + maybe, e);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }

    private static String told(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
