package dev.assay.launch.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.assay.error.NotFoundException;
import java.time.Duration;
import java.util.Optional;

/** The Docker engine. */
final class Engine {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Engine() {}

    /**
     * Connects to it.
     *
     * @param host where it is, if not where the environment says
     * @throws NotFoundException if none answers
     */
    static DockerClient open(Optional<String> host) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        host.ifPresent(builder::withDockerHost);
        DockerClientConfig config = builder.build();
        DockerClient client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(PATIENCE)
                        .build());
        try {
            client.pingCmd().exec();
        } catch (RuntimeException e) {
            throw new NotFoundException(
                    "No Docker engine answers at (" + config.getDockerHost() + "): " + e.getMessage()
                            + "\nMaybe it is not running, or DOCKER_HOST names another, or this user may not use it.");
        }
        return client;
    }
}
