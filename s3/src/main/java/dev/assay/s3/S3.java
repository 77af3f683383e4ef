package dev.assay.s3;

import dev.assay.artifact.ObjectStore;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Makes {@code s3://} an address of files. */
public final class S3 implements ObjectStore.Provider {
    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public ObjectStore open(URI address) {
        return Bucket.open(S3Address.parse(address));
    }

    /** The region, and credentials of the environment or of files; those that a machine is given expire, and others have their own. */
    @Override
    public ObjectStore.Access access(URI address) {
        S3Address parsed = S3Address.parse(address);
        Map<String, String> variables = new LinkedHashMap<>();
        if (parsed.region().isEmpty() && parsed.endpoint().isEmpty()) {
            region().ifPresent(name -> variables.put("AWS_REGION", name));
        }
        return new ObjectStore.Access(
                variables,
                credentials()
                        .map(text -> Map.of("AWS_SHARED_CREDENTIALS_FILE", text))
                        .orElse(Map.of()));
    }

    private static Optional<String> region() {
        try {
            return Optional.of(
                    DefaultAwsRegionProviderChain.builder().build().getRegion().id());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    /** As in {@code ~/.aws/credentials}. */
    private static Optional<String> credentials() {
        try (AwsCredentialsProviderChain chain = AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                ProfileCredentialsProvider.create())) {
            AwsCredentials found = chain.resolveCredentials();
            String text = "[default]\naws_access_key_id = " + found.accessKeyId() + "\naws_secret_access_key = "
                    + found.secretAccessKey() + "\n";
            return Optional.of(
                    found instanceof AwsSessionCredentials session
                            ? text + "aws_session_token = " + session.sessionToken() + "\n"
                            : text);
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }
}
