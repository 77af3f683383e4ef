package dev.assay.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.artifact.ObjectStore;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K4")
class S3Test {
    @BeforeEach
    void setCredentials() {
        System.setProperty("aws.accessKeyId", "me");
        System.setProperty("aws.secretAccessKey", "planted");
        System.setProperty("aws.region", "eu-central-1");
    }

    @AfterEach
    void clear() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("aws.region");
    }

    @Test
    @Tag("C15")
    void access_credentialsOfThisProcess_areASecretAndTheRegionIsNone() {
        ObjectStore.Access access = new S3().access(URI.create("s3://bucket/folder"));

        assertThat(access.variables()).containsOnlyKeys("AWS_REGION").containsEntry("AWS_REGION", "eu-central-1");
        assertThat(access.secrets())
                .containsOnlyKeys("AWS_SHARED_CREDENTIALS_FILE")
                .containsEntry(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        "[default]\naws_access_key_id = me\naws_secret_access_key = planted\n");
    }

    @Test
    void parse_everythingSaid_isReadAndWrittenAlike() {
        S3Address address =
                S3Address.parse(URI.create("s3://bucket/a/b/?region=here&endpoint=http%3A%2F%2Flocalhost%3A9000"));

        assertThat(address.bucket()).isEqualTo("bucket");
        assertThat(address.folder()).isEqualTo("a/b/");
        assertThat(address.region()).contains("here");
        assertThat(address.endpoint()).contains(URI.create("http://localhost:9000"));
        assertThat(address).hasToString("s3://bucket/a/b?endpoint=http://localhost:9000&region=here");
        assertThat(S3Address.parse(URI.create(address.toString()))).isEqualTo(address);
    }
}
