package dev.assay.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a working tree.
 *
 * @param commit that is checked out
 * @param changes files that differ from it, one a line as {@code git status --short} has them; those that git ignores do not count
 * @param patch from the commit to what is there, new files included but for large ones; empty where nothing differs, or where it would be too large to keep
 */
public record GitState(String commit, List<String> changes, String patch) {
    private static final int LONGEST_PATCH = 1 << 20;
    private static final int LARGEST_NEW_FILE = 1 << 18;

    public GitState {
        changes = List.copyOf(changes);
    }

    /** Whether all is as it was committed. */
    public boolean isClean() {
        return changes.isEmpty();
    }

    /**
     * The state of the tree that a folder lies in.
     *
     * @param store the folder of a store, which is no part of the code wherever it lies
     * @return empty where there is no git, no working tree or no commit
     */
    public static Optional<GitState> of(Path folder, Path store) {
        try {
            Optional<String> found = git(folder, Map.of(), "rev-parse", "--show-toplevel", "HEAD");
            if (found.isEmpty()) {
                return Optional.empty();
            }
            List<String> lines = found.get().lines().toList();
            Path root = Path.of(lines.get(0));
            List<String> paths = paths(root, store);
            List<String> changes = git(root, Map.of(), with(paths, "status", "--short", "--untracked-files=all"))
                    .orElse("")
                    .lines()
                    .toList();
            String patch = changes.isEmpty() ? "" : patch(root, paths);
            return Optional.of(new GitState(lines.get(1), changes, patch.length() > LONGEST_PATCH ? "" : patch));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Where the tree that a folder lies in was cloned from, for everybody to read: an address without the name and password that may stand in it.
     *
     * @return empty where there is no git or no remote, or where that is a folder of this machine
     */
    public static Optional<String> origin(Path folder) {
        try {
            return git(folder, Map.of(), "config", "--get", "remote.origin.url")
                    .map(String::strip)
                    .filter(address -> address.matches("[a-z+]+://.*|[^/]+:.*") && !address.startsWith("file:"))
                    .map(address ->
                            address.replaceFirst("^([a-z+]+://)[^/]*@", "$1").replaceFirst("[?#].*", ""));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<String> paths(Path root, Path store) throws IOException {
        Path real = Files.exists(store) ? store.toRealPath() : store.toAbsolutePath();
        Path top = root.toRealPath();
        boolean isWithin = real.startsWith(top) && !real.equals(top);
        return isWithin ? List.of("--", ".", ":(exclude)" + top.relativize(real)) : List.of("--", ".");
    }

    /** Made with an index of its own, to which new files are added, so that nothing changes for the user. */
    private static String patch(Path root, List<String> paths) throws IOException, InterruptedException {
        Path index = Files.createTempFile("assay", ".index");
        try {
            Path own = root.resolve(git(root, Map.of(), "rev-parse", "--git-path", "index")
                    .orElse("")
                    .strip());
            if (Files.isRegularFile(own)) {
                Files.copy(own, index, StandardCopyOption.REPLACE_EXISTING);
            }
            Map<String, String> environment = Map.of("GIT_INDEX_FILE", index.toString());
            List<String> fresh = fresh(root, paths);
            if (!fresh.isEmpty()) {
                git(root, environment, with(fresh, "add", "--intent-to-add", "--"));
            }
            return git(root, environment, with(paths, "diff", "HEAD", "--binary", "--no-color", "--no-ext-diff"))
                    .orElse("");
        } finally {
            Files.deleteIfExists(index);
        }
    }

    private static List<String> fresh(Path root, List<String> paths) throws IOException, InterruptedException {
        List<String> fresh = new ArrayList<>();
        String names = git(root, Map.of(), with(paths, "ls-files", "--others", "--exclude-standard", "-z"))
                .orElse("");
        for (String name : names.split("\0", -1)) {
            Path file = root.resolve(name);
            if (!name.isEmpty() && Files.isRegularFile(file) && Files.size(file) <= LARGEST_NEW_FILE) {
                fresh.add(name);
            }
        }
        return fresh;
    }

    private static String[] with(List<String> last, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(last);
        return all.toArray(String[]::new);
    }

    private static Optional<String> git(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false", "--no-optional-locks"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        }
    }
}
