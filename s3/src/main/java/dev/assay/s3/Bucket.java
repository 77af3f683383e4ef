package dev.assay.s3;

import dev.assay.artifact.ObjectStore;
import dev.assay.error.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A folder of a bucket. */
final class Bucket implements ObjectStore {
    /** Larger files are sent in parts of this size, each of which is tried again by itself; a single piece may have 5 GB at most. */
    static final long PART_BYTES = 256L << 20;

    private static final String SHA256 = "sha256";
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** How long a server may be silent. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final S3Address address;
    private final S3Client client;
    private final long partBytes;

    private Bucket(S3Address address, S3Client client, long partBytes) {
        this.address = address;
        this.client = client;
        this.partBytes = partBytes;
    }

    /** @throws AssayException if the environment does not tell the region, or what it tells is wrong */
    static Bucket open(S3Address address) {
        return open(address, PART_BYTES);
    }

    static Bucket open(S3Address address, long partBytes) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENT))
                .overrideConfiguration(settings -> settings.retryStrategy(StandardRetryStrategy.builder()
                        .maxAttempts(ATTEMPTS)
                        .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
                        .build()))
                // Assay has a digest of its own over the whole content; not all servers know those of Amazon.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        address.endpoint().ifPresent(url -> builder.endpointOverride(url).forcePathStyle(true));
        address.region().map(Region::of).ifPresent(builder::region);
        if (address.endpoint().isPresent() && address.region().isEmpty()) {
            // Signatures have a region in them, and servers other than Amazon's have none, or take this one.
            builder.region(Region.US_EAST_1);
        }
        try {
            return new Bucket(address, builder.build(), partBytes);
        } catch (SdkClientException e) {
            throw new AssayException(
                    "The address (" + address + ") cannot be opened: " + e.getMessage()
                            + "\nMaybe AWS_REGION tells the region, or ?region=… at the address.",
                    e);
        }
    }

    @Override
    public List<Entry> list(String prefix) throws IOException {
        return asked(() ->
                client
                        .listObjectsV2Paginator(
                                request -> request.bucket(address.bucket()).prefix(key(prefix)))
                        .contents()
                        .stream()
                        .map(object -> new Entry(
                                object.key().substring(address.folder().length()),
                                object.size(),
                                object.lastModified()))
                        .toList());
    }

    private String key(String name) {
        return address.folder() + name;
    }

    @Override
    public Optional<Details> find(String name) throws IOException {
        return asked(() -> {
            try {
                HeadObjectResponse head = client.headObject(
                        request -> request.bucket(address.bucket()).key(key(name)));
                return Optional.of(details(head.metadata(), head.lastModified()));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static Details details(Map<String, String> metadata, Instant modified) {
        return new Details(Optional.ofNullable(metadata.get(SHA256)), modified);
    }

    @Override
    public Details get(String name, Path file) throws IOException {
        Optional<GetObjectResponse> got = asked(() -> {
            try {
                // Begun anew when the connection is lost half-way.
                return Optional.of(client.getObject(
                        request -> request.bucket(address.bucket()).key(key(name)), toFile(file)));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
        GetObjectResponse found = got.orElseThrow(() -> new NoSuchFileException(name + " at " + address));
        return details(found.metadata(), found.lastModified());
    }

    /** The library's own deletes the file when it fails and refuses one that is there. */
    private static ResponseTransformer<GetObjectResponse, GetObjectResponse> toFile(Path file) {
        return (response, content) -> {
            try (content) {
                Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                return response;
            } catch (IOException e) {
                throw RetryableException.create("The file (" + file + ") cannot be written: " + e.getMessage(), e);
            }
        };
    }

    @Override
    public void put(String name, Path file, String sha256) throws IOException {
        long bytes = Files.size(file);
        if (bytes > partBytes) {
            putInParts(name, file, bytes, sha256);
            return;
        }
        Object unused = asked(() -> client.putObject(
                request -> request.bucket(address.bucket()).key(key(name)).metadata(Map.of(SHA256, sha256)),
                RequestBody.fromFile(file)));
    }

    private void putInParts(String name, Path file, long bytes, String sha256) throws IOException {
        String upload = asked(() -> client.createMultipartUpload(request ->
                        request.bucket(address.bucket()).key(key(name)).metadata(Map.of(SHA256, sha256)))
                .uploadId());
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < bytes; from += partBytes) {
                parts.add(putPart(name, upload, parts.size() + 1, file, from, Math.min(partBytes, bytes - from)));
            }
            Object unused = asked(() -> client.completeMultipartUpload(request -> request.bucket(address.bucket())
                    .key(key(name))
                    .uploadId(upload)
                    .multipartUpload(whole -> whole.parts(parts))));
        } catch (IOException | RuntimeException e) {
            // Nobody sees the parts, but they cost something.
            forget(name, upload);
            throw e;
        }
    }

    private CompletedPart putPart(String name, String upload, int number, Path file, long from, long bytes)
            throws IOException {
        String tag = asked(() -> client.uploadPart(
                        request -> request.bucket(address.bucket())
                                .key(key(name))
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromContentProvider(
                                () -> new FilePart(file, from, bytes), bytes, "application/octet-stream"))
                .eTag());
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void forget(String name, String upload) {
        try {
            Object unused = client.abortMultipartUpload(
                    request -> request.bucket(address.bucket()).key(key(name)).uploadId(upload));
        } catch (SdkException e) {
            // What was thrown before tells more.
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Object unused = asked(() ->
                client.deleteObject(request -> request.bucket(address.bucket()).key(key(name))));
    }

    private <T> T asked(Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (S3Exception e) {
            throw new IOException(refused(e), e);
        } catch (SdkClientException e) {
            throw new IOException(unreachable(e), e);
        }
    }

    private String refused(S3Exception e) {
        String said = e.awsErrorDetails() == null
                        || e.awsErrorDetails().errorMessage() == null
                        || e.awsErrorDetails().errorMessage().isEmpty()
                ? "HTTP " + e.statusCode()
                : e.awsErrorDetails().errorCode() + ", " + e.awsErrorDetails().errorMessage();
        String advice = switch (e.statusCode()) {
            case FORBIDDEN ->
                "\nMaybe the credentials are others than were meant, or must not do that: AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or the profile that AWS_PROFILE names.";
            case NOT_FOUND -> "\nMaybe there is no bucket (" + address.bucket() + ") yet.";
            case MOVED -> "\nMaybe the bucket is in another region: ?region=… at the address.";
            default -> "";
        };
        return "The files at " + address + " cannot be reached: " + said.replaceAll("[.]+$", "") + "." + advice;
    }

    private String unreachable(SdkClientException e) {
        String said = String.valueOf(e.getMessage());
        boolean lacksCredentials = said.contains("credentials");
        return "The files at " + address + " cannot be reached: "
                + (lacksCredentials
                        ? "there are no credentials.\nMaybe AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are to be set, or a"
                                + " profile is to be written to ~/.aws/credentials."
                        : said);
    }
}
