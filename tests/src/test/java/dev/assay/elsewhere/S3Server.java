package dev.assay.elsewhere;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** S3Proxy, a server that speaks S3, checks signatures and keeps files in a folder. The credentials of this process are for it. */
@SuppressWarnings("NullAway.Init")
public final class S3Server implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    static final String ID = "assay-tests";
    public static final String SECRET = "planted-s3-secret";

    private final int port = freePort();
    private final String host;
    private Path folder;
    private S3Proxy server;

    /** For processes of this machine. */
    public S3Server() {
        this("127.0.0.1");
    }

    /** @param host the address that processes reach it at, one of this machine's */
    public S3Server(String host) {
        this.host = host;
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    /** Starts it, without a bucket. */
    public void open() throws Exception {
        folder = Files.createTempDirectory("s3-server");
        System.setProperty("aws.accessKeyId", ID);
        System.setProperty("aws.secretAccessKey", SECRET);
        start();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (Exception e) {
            throw new IOException("The server cannot be stopped.", e);
        }
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    void start() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("jclouds.filesystem.basedir", folder.toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", settings))
                .endpoint(URI.create("http://" + host + ":" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                .build();
        server.start();
    }

    void stop() throws Exception {
        server.stop();
    }

    /** Makes a bucket. */
    public void make(String bucket) throws IOException {
        Files.createDirectory(folder.resolve(bucket));
    }

    /** Where it keeps what is at that name. */
    public Path file(String bucket, String key) {
        return folder.resolve(bucket).resolve(key);
    }

    public String address(String bucket) {
        return "s3://" + bucket + "?endpoint=http://" + host + ":" + port;
    }

    /** For other processes. */
    public Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
    }
}
