package dev.assay.s3;

import dev.assay.artifact.ObjectStore;
import java.net.URI;

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
}
