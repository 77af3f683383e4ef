package dev.assay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import dev.assay.image.ImageTar.Layer;
import dev.assay.random.Seed;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images of a made-up application, as files. */
@Tag("L1")
class ApplicationImageTest {
    private static final int CLASSES = 150;
    private static final int CLASS_BYTES = 4_000;

    @TempDir
    Path folder;

    private final Map<String, byte[]> own = new TreeMap<>();
    private Path base = Path.of("");

    @BeforeEach
    void application() throws IOException {
        base = FakeBase.write(folder.resolve("base.tar"));
        own.put("app/Main.class", noise("main", 100));
        own.put("app/Main$Inner.class", noise("inner", 100));
        own.put("table.bin", noise("table", 200_000));
        own.put("META-INF/MANIFEST.MF", noise("manifest", 10));
        for (int each = 0; each < CLASSES; each++) {
            own.put("app/Class" + each + ".class", noise("class" + each, CLASS_BYTES));
        }
        Jars.write(
                folder.resolve("libs/library-2.0.jar"),
                Map.of("META-INF/maven/org.example/library/pom.properties", """
                    groupId=org.example
                    artifactId=library
                    version=2.0
                    """.getBytes(StandardCharsets.UTF_8)));
        Jars.write(folder.resolve("libs/part-1-SNAPSHOT.jar"), "part/Part.class");
        Files.createDirectories(folder.resolve("recipes/more"));
        Files.writeString(folder.resolve("recipes/more/quick.yaml"), "recipe");
        Files.writeString(folder.resolve("recipes/assay.local.yaml"), "this machine");
        Files.writeString(folder.resolve("recipes/.hidden.yaml"), "hidden");
    }

    @Test
    void build_twice_givesTheSameBytes() throws Exception {
        BuiltImage first = build("first.tar");
        Thread.sleep(1100);
        Files.setLastModifiedTime(folder.resolve("libs/library-2.0.jar"), FileTime.fromMillis(1_000_000));
        BuiltImage second = build("second.tar");

        assertThat(folder.resolve("second.tar")).hasSameBinaryContentAs(folder.resolve("first.tar"));
        assertThat(folder.resolve("second.sbom.json")).hasSameBinaryContentAs(folder.resolve("first.sbom.json"));
        assertThat(second.digest()).isEqualTo(first.digest()).startsWith("sha256:");
    }

    @Test
    void build_afterAChangeOfOneClass_movesSmallLayers() throws Exception {
        build("before.tar");
        own.put("app/Class7.class", noise("changed", CLASS_BYTES));
        build("after.tar");

        ImageTar after = ImageTar.read(folder.resolve("after.tar"));
        List<Layer> moved = new ArrayList<>(after.layers());
        moved.removeAll(ImageTar.read(folder.resolve("before.tar")).layers());
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0).files()).containsKey("app/classes/app/Class7.class");
        assertThat(moved.get(0).compressed()).isLessThan(100_000);
        assertThat(after.layers()).hasSizeGreaterThan(10);
    }

    @Test
    void build_ofAJarOrAFolder_hasTheSameContent() throws Exception {
        BuiltImage ofJar = build("jar.tar");
        Path classes = folder.resolve("target/classes");
        for (Map.Entry<String, byte[]> file : own.entrySet()) {
            Path written = classes.resolve(file.getKey());
            Files.createDirectories(written.resolveSibling(""));
            Files.write(written, file.getValue());
        }
        BuiltImage ofFolder = ApplicationImage.build(request(classes, "folder.tar"), line -> {});

        int withoutMaterials = ofJar.layers().size() - 1;
        assertThat(ofFolder.layers().subList(0, withoutMaterials))
                .isEqualTo(ofJar.layers().subList(0, withoutMaterials));
        assertThat(CodeDigest.of(classPath(classes), "app.Main"))
                .isEqualTo(CodeDigest.of(classPath(folder.resolve("target/app-1.5.jar")), "app.Main"));
        own.put("app/Class7.class", noise("changed", CLASS_BYTES));
        build("changed.tar");
        assertThat(CodeDigest.of(classPath(folder.resolve("target/app-1.5.jar")), "app.Main"))
                .isNotEqualTo(CodeDigest.of(classPath(classes), "app.Main"));
    }

    @Test
    void build_placesEverything_forNobodyToWriteTo() throws Exception {
        build("image.tar");

        ImageTar image = ImageTar.read(folder.resolve("image.tar"));
        assertThat(image.files())
                .containsKeys(
                        "app/classes/app/Main.class",
                        "app/classes/table.bin",
                        "app/libs/library-2.0.jar",
                        "app/libs/part-1-SNAPSHOT.jar",
                        "app/recipes/more/quick.yaml",
                        "app/class-path",
                        "app/sbom.json",
                        "work/.assay/")
                .doesNotContainKeys(
                        "app/classes/META-INF/MANIFEST.MF", "app/recipes/assay.local.yaml", "app/recipes/.hidden.yaml");
        assertThat(image.content("app/class-path"))
                .isEqualTo("\"/app/libs/part-1-SNAPSHOT.jar:/app/classes:/app/libs/library-2.0.jar\"\n");
        image.files().forEach((name, entry) -> {
            if (!name.equals("etc/base")) {
                assertThat(entry.user()).as(name).isEqualTo(name.startsWith("work/") ? 65532 : 0);
                assertThat(entry.mode()).as(name).isEqualTo(name.endsWith("/") ? 0755 : 0644);
                assertThat(entry.seconds()).as(name).isLessThanOrEqualTo(1);
            }
        });
        assertThat(layerOf(image, "app/classes/app/Main.class"))
                .isEqualTo(layerOf(image, "app/classes/app/Main$Inner.class"));
    }

    @Test
    void build_tellsWhatItIs() throws Exception {
        BuiltImage built = build("image.tar");

        JsonNode config = ImageTar.read(folder.resolve("image.tar")).config();
        assertThat(config.get("created").asString()).isEqualTo("1970-01-01T00:00:00Z");
        JsonNode started = config.get("config");
        assertThat(started.get("User").asString()).isEqualTo("65532:65532");
        assertThat(started.get("WorkingDir").asString()).isEqualTo("/work");
        assertThat(started.get("Env").toString()).isEqualTo("[\"PATH=/bin\"]");
        assertThat(started.get("Entrypoint").toString())
                .startsWith("[\"java\",\"-XX:+UseSerialGC\"")
                .endsWith("\"-Duser.home=/tmp\",\"-cp\",\"@/app/class-path\",\"app.Main\"]");
        JsonNode labels = started.get("Labels");
        assertThat(labels.get("org.opencontainers.image.title").asString()).isEqualTo("fake");
        assertThat(labels.get("org.opencontainers.image.version").asString()).isEqualTo("1.5");
        assertThat(labels.get("org.opencontainers.image.base.name").asString()).isEqualTo("base.tar");
        assertThat(labels.get(CodeDigest.LABEL).asString())
                .isEqualTo(CodeDigest.of(classPath(folder.resolve("target/app-1.5.jar")), "app.Main"));
        assertThat(built.layers())
                .contains(new BuiltImage.Layer("resources", 1, 200_000), new BuiltImage.Layer("folders", 0, 0));
    }

    @Test
    @Tag("R13")
    void build_inAWorkingTree_tellsItsCommitToTheProcessesInside() throws Exception {
        Path ignored = Files.writeString(folder.resolve(".gitignore"), "*\n");
        git("init", "-q");
        git("add", "--force", ".gitignore");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");

        build("clean.tar");
        build("again.tar");
        Files.writeString(ignored, "# changed\n*\n");
        build("dirty.tar");

        assertThat(folder.resolve("again.tar")).hasSameBinaryContentAs(folder.resolve("clean.tar"));
        ImageTar clean = ImageTar.read(folder.resolve("clean.tar"));
        ImageTar dirty = ImageTar.read(folder.resolve("dirty.tar"));
        assertThat(dirty.layers()).isEqualTo(clean.layers());
        String label = "/config/Labels/org.opencontainers.image.revision";
        String commit = clean.config().at(label).asString();
        assertThat(commit).matches("[0-9a-f]{40}");
        assertThat(dirty.config().at(label).asString()).isEqualTo(commit + "-dirty");
        assertThat(clean.config().at("/config/Env").toString())
                .isEqualTo("[\"PATH=/bin\",\"ASSAY_REVISION=" + commit + "\"]");
        assertThat(dirty.config().at("/config/Env").toString())
                .isEqualTo("[\"PATH=/bin\",\"ASSAY_REVISION=" + commit + "-dirty\"]");
    }

    @Test
    void build_withABillOfMaterials_listsWhatIsInside() throws Exception {
        BuiltImage built = build("image.tar");

        Path written = built.billOfMaterials().orElseThrow();
        assertThat(ImageTar.read(folder.resolve("image.tar")).content("app/sbom.json"))
                .isEqualTo(Files.readString(written));
        JsonNode root = JsonMapper.shared().readTree(Files.readString(written));
        assertThat(root.get("specVersion").asString()).isEqualTo("1.6");
        assertThat(root.at("/metadata/component/version").asString()).isEqualTo("1.5");
        assertThat(root.at("/components/0/name").asString()).isEqualTo("base.tar");
        assertThat(root.at("/components/1/name").asString()).isEqualTo("part");
        assertThat(root.at("/components/1").has("purl")).isFalse();
        assertThat(root.at("/components/2/purl").asString()).isEqualTo("pkg:maven/org.example/library@2.0");
        assertThat(root.at("/components/2/hashes/0/content").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void build_withNativeLibraries_unpacksThem() throws Exception {
        Path torch = Jars.write(
                folder.resolve("libs/pytorch-native-cpu-2.7.1-linux-x86_64.jar"),
                Map.of(
                        "native/lib/pytorch.properties",
                        "version=2.7.1-20250812\nflavor=cpu\nclassifier=linux-x86_64\nlibraries=libc10.so\n"
                                .getBytes(StandardCharsets.UTF_8),
                        "pytorch/cpu/linux-x86_64/libc10.so",
                        noise("c10", 50)));
        Path glue = Jars.write(
                folder.resolve("libs/pytorch-jni-2.7.1-0.35.1.jar"), "jnilib/linux-x86_64/cpu/libdjl_torch.so");
        Path sqlite =
                Jars.write(folder.resolve("libs/sqlite-jdbc-3.jar"), "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so");
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        String classPath = String.join(File.pathSeparator, "" + torch, "" + glue, "" + sqlite, "" + application);

        ImageRequest plain = request(application, "image.tar");
        ApplicationImage.build(
                new ImageRequest("fake", "app.Main", classPath, folder, plain.base(), plain.target(), List.of(), false),
                line -> {});

        ImageTar image = ImageTar.read(folder.resolve("image.tar"));
        assertThat(image.files())
                .containsKeys("opt/libtorch/libc10.so", "opt/libtorch/libdjl_torch.so", "opt/sqlite/libsqlitejdbc.so")
                .doesNotContainKey("app/libs/" + torch.getFileName());
        assertThat(image.config().at("/config/Env").toString())
                .contains("PYTORCH_LIBRARY_PATH=/opt/libtorch", "PYTORCH_VERSION=2.7.1\"", "PYTORCH_FLAVOR=cpu");
        assertThat(image.config().at("/config/Entrypoint").toString())
                .contains("-Dorg.sqlite.lib.path=/opt/sqlite", "-Dorg.sqlite.lib.name=libsqlitejdbc.so");
        assertThat(layerOf(image, "opt/libtorch/libc10.so")).isEqualTo(1);
    }

    @Test
    void build_withLibrariesOfAnotherSystem_isRefused() throws Exception {
        Path torch = Jars.write(
                folder.resolve("libs/pytorch-native-cpu-2.7.1-osx-aarch64.jar"),
                Map.of("native/lib/pytorch.properties", "classifier=osx-aarch64\n".getBytes(StandardCharsets.UTF_8)));
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);

        assertThatThrownBy(() -> NativeLibraries.of(
                        ApplicationClassPath.of(torch + File.pathSeparator + application, "app.Main")))
                .isInstanceOf(AssayException.class)
                .hasMessage(
                        "The native libraries (pytorch-native-cpu-2.7.1-osx-aarch64.jar) are for osx-aarch64, but an"
                                + " image runs on Linux.\n"
                                + "Maybe the application is to be built with those of linux-x86_64.");
    }

    @Test
    void build_withMoreFiles_hasThem_butNoneOfItsOwnNames() throws Exception {
        Path more = Files.createDirectories(folder.resolve("more"));
        Files.writeString(more.resolve("words.txt"), "words");
        Files.writeString(more.resolve(".env"), "hidden");
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        ImageRequest plain = request(application, "image.tar");

        ApplicationImage.build(plain.withFiles(List.of(more, base)), line -> {});
        assertThat(ImageTar.read(folder.resolve("image.tar")).files())
                .containsKeys("app/more/words.txt", "app/base.tar")
                .doesNotContainKey("app/more/.env");

        assertThatThrownBy(
                        () -> ApplicationImage.build(plain.withFiles(List.of(folder.resolve("classes"))), line -> {}))
                .hasMessageContaining("would replace what an image has in /app/classes.");
        assertThatThrownBy(
                        () -> ApplicationImage.build(plain.withFiles(List.of(folder.resolve("nothing"))), line -> {}))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void build_onABaseThatIsNotThere_saysSo() throws Exception {
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        ImageRequest plain = request(application, "image.tar");

        assertThatThrownBy(() -> ApplicationImage.build(plain.withBase("tar://" + folder + "/no.tar"), line -> {}))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith(
                        "The base image (" + folder + "/no.tar) is not there or cannot be read.\nMaybe");
        assertThatThrownBy(() -> ApplicationImage.build(plain.withBase("localhost:1/java:17"), line -> {}))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("The base image (localhost:1/java:17) cannot be had: ")
                .hasMessageContaining("\nMaybe there is no network. Give --base tar://FILE");
        assertThatThrownBy(() -> ApplicationImage.build(plain.withBase("Not A Name"), line -> {}))
                .hasMessage("The name (Not A Name) is none of an image; it must be like HOST/NAME:TAG.");
    }

    @Test
    @Timeout(20)
    void build_withoutANetwork_failsSoonAndSaysWhatDoesWithoutOne() throws Exception {
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        ImageRequest plain = request(application, "image.tar");

        assertThatThrownBy(() -> ApplicationImage.build(plain.withBase("registry.invalid/base:1"), line -> {}))
                .isInstanceOf(NotFoundException.class)
                .hasMessage(
                        "The base image (registry.invalid/base:1) cannot be had: its registry (registry.invalid) cannot"
                                + " be reached, since its name is unknown.\n"
                                + "Maybe there is no network. Give --base tar://FILE, or set ASSAY_BASE_IMAGE;"
                                + " containers/make-base-image.sh makes one, as docs/launching.md tells.");
    }

    @Test
    void check_baseThatJibMayHaveOrGet_isLeftToIt() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BaseRegistry.check(BaseImage.parse("localhost:" + mute.getLocalPort() + "/base:1"), false);
        }
        BaseRegistry.check(BaseImage.parse("registry.invalid/base@sha256:" + "0".repeat(64)), false);
        BaseRegistry.check(BaseImage.parse(base.toString()), false);
    }

    @Test
    void build_toARegistryThatIsNotThere_saysSo() throws Exception {
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        ImageRequest plain = request(application, "image.tar");
        ImageRequest request = new ImageRequest(
                "fake",
                "app.Main",
                plain.classPath(),
                folder,
                plain.base(),
                new ImageTarget.Registry("localhost:1/fake:1"),
                List.of(),
                false);

        assertThatThrownBy(() -> ApplicationImage.build(request, line -> {}))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("The registry (localhost:1) does not take the image (localhost:1/fake:1): ")
                .hasMessageContaining("\nMaybe it is not started");
    }

    private BuiltImage build(String name) throws IOException, InterruptedException {
        Path application = Jars.write(folder.resolve("target/app-1.5.jar"), own);
        return ApplicationImage.build(request(application, name), line -> {});
    }

    private ImageRequest request(Path application, String name) {
        return new ImageRequest(
                "fake",
                "app.Main",
                classPath(application),
                folder,
                base.toString(),
                new ImageTarget.Tar("assay/fake:latest", folder.resolve(name)),
                List.of(),
                false);
    }

    private String classPath(Path application) {
        return String.join(
                File.pathSeparator,
                folder.resolve("libs/part-1-SNAPSHOT.jar").toString(),
                application.toString(),
                folder.resolve("libs/library-2.0.jar").toString());
    }

    private void git(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int layerOf(ImageTar image, String name) {
        for (int each = 0; each < image.layers().size(); each++) {
            if (image.layers().get(each).files().containsKey(name)) {
                return each;
            }
        }
        throw new AssertionError(name);
    }

    /** Bytes that do not get smaller. */
    private static byte[] noise(String name, int count) {
        byte[] bytes = new byte[count];
        var stream = new Seed(1).stream(name);
        for (int each = 0; each < count; each++) {
            bytes[each] = (byte) stream.nextInt(256);
        }
        return bytes;
    }
}
