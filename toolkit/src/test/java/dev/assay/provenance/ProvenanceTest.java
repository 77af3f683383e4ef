package dev.assay.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R13")
class ProvenanceTest {
    @TempDir
    Path folder;

    @Test
    void git_ofAChangedTree_givesAPatchThatMakesIt() throws Exception {
        Path tree = commit("one\n");
        assertThat(GitState.of(tree, tree.resolve(".assay")).orElseThrow().isClean())
                .isTrue();

        Files.writeString(tree.resolve("code.txt"), "two\n");
        Files.writeString(tree.resolve("new ü.txt"), "new\n");
        Files.createDirectories(tree.resolve(".assay"));
        Files.writeString(tree.resolve(".assay/store.db"), "no code");
        String status = git(tree, "status", "--short");
        GitState state = GitState.of(tree, tree.resolve(".assay")).orElseThrow();

        assertThat(state.commit()).matches("[0-9a-f]{40}");
        assertThat(state.changes()).hasSize(2);
        assertThat(git(tree, "status", "--short")).isEqualTo(status);
        Path other = folder.resolve("other");
        git(folder, "clone", "-q", tree.toString(), other.toString());
        Files.writeString(folder.resolve("all.patch"), state.patch());
        git(other, "apply", folder.resolve("all.patch").toString());
        assertThat(other.resolve("code.txt")).hasContent("two");
        assertThat(other.resolve("new ü.txt")).hasContent("new");
        assertThat(other.resolve(".assay")).doesNotExist();
    }

    @Test
    void git_outsideATree_isUnknown() {
        assertThat(GitState.of(folder, folder)).isEmpty();
    }

    @Test
    @Tag("L1")
    void origin_ofAClone_holdsNoCredentials() throws Exception {
        Path tree = commit("one\n");
        assertThat(GitState.origin(tree)).isEmpty();

        git(tree, "config", "remote.origin.url", "https://me:p@ss@example.org/team/code.git?token=t");
        assertThat(GitState.origin(tree)).contains("https://example.org/team/code.git");
        git(tree, "config", "remote.origin.url", "git@example.org:team/code.git");
        assertThat(GitState.origin(tree)).contains("git@example.org:team/code.git");
        git(tree, "config", "remote.origin.url", "/srv/code.git");
        assertThat(GitState.origin(tree)).isEmpty();
    }

    @Test
    void digests_areOfContent_andKeptByTimeAndSize() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "abc");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("A.class"), "A");
        String path = jar + ":" + classes + ":" + folder.resolve("missing.jar");
        Path kept = folder.resolve("kept/digests.txt");

        Map<String, String> first = new ClassPathDigests(kept).of(path);
        assertThat(first.get("a.jar")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(first).containsOnlyKeys("a.jar", classes.toString());

        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "abd");
        Files.setLastModifiedTime(jar, time);
        Files.writeString(classes.resolve("A.class"), "B");
        Map<String, String> second = new ClassPathDigests(kept).of(path);
        assertThat(second.get("a.jar")).isEqualTo(first.get("a.jar"));
        assertThat(second.get(classes.toString())).isNotEqualTo(first.get(classes.toString()));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 1000));
        assertThat(new ClassPathDigests(kept).of(path).get("a.jar")).isNotEqualTo(first.get("a.jar"));
    }

    @Test
    void ofProcess_isTheSameTwice_andTellsNothingThatMayBeSecret() throws Exception {
        Provenance one = Provenance.ofProcess(folder, Map.of("libtorch", "2.7.1"), 3);

        assertThat(Provenance.ofProcess(folder, Map.of("libtorch", "2.7.1"), 3).digest())
                .isEqualTo(one.digest());
        assertThat(one.threads()).contains(3);
        assertThat(one.leaves())
                .containsEntry("engine.libtorch", "2.7.1")
                .containsEntry("java.version", System.getProperty("java.vm.version"))
                .doesNotContainKey("environment.PATH")
                .doesNotContainKey("code.patch");
    }

    @Test
    void of_imageThatNamesItsCommit_isOfThatCode() throws Exception {
        Map<String, String> variables = Map.of("ASSAY_REVISION", "0123abcd-dirty", "ASSAY_IMAGE", "assay/toy:1");

        Map<String, String> leaves =
                Provenance.of(folder, folder, Map.of(), 1, variables).leaves();

        assertThat(leaves)
                .containsEntry("code.commit", "0123abcd-dirty")
                .containsEntry("container.image", "assay/toy:1")
                .doesNotContainKeys("code.changes", "environment.ASSAY_REVISION");
        assertThat(Provenance.of(folder, folder, Map.of(), 1, Map.of()).record().has("code"))
                .isFalse();
    }

    @Test
    void of_workingTree_goesBeforeWhatTheEnvironmentNames() throws Exception {
        Path tree = commit("one\n");

        Provenance found = Provenance.of(tree, tree, Map.of(), 1, Map.of("ASSAY_REVISION", "0123abcd"));

        assertThat(found.leaves())
                .containsEntry("code.commit", git(tree, "rev-parse", "HEAD").strip());
    }

    private Path commit(String text) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        git(tree, "init", "-q");
        Files.writeString(tree.resolve("code.txt"), text);
        git(tree, "add", "code.txt");
        git(tree, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
        return tree;
    }

    private static String git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
