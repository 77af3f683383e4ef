package dev.assay.artifact;

import dev.assay.error.AssayException;
import dev.assay.provenance.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that trials leave: weights, checkpoints, reports. They are in a folder of this machine, the store's; a store may keep them elsewhere as well, so
 * that whoever works on a trial next finds them, on whatever machine. Files are named by their paths below the folder, with slashes.
 *
 * <p>What is elsewhere is what counts; the folder is where it is worked on. Where nothing is kept elsewhere, only the folder's files are there and nothing here does
 * anything. Thread-safe.
 */
public final class Artifacts {
    /** Files that whoever has equal content shares, so that nobody owns them; they are collected as garbage when nobody has needed them for long. */
    private static final List<String> SHARED = List.of("weights/", "tensors/");

    /** What nobody has needed for so long may be collected as garbage. */
    public static final Duration YOUNG = Duration.ofHours(1);

    /** Ending of files that are being written. */
    public static final String PART = ".part";

    /** A file takes a round trip or two, most of which is waiting. */
    private static final int AT_ONCE = 8;

    private final Path folder;
    private final Optional<String> address;
    private @Nullable ObjectStore opened;

    /** What this process knows to be elsewhere, with what the file here was like then. */
    private final Map<String, Seen> elsewhere = new ConcurrentHashMap<>();

    private record Seen(long bytes, FileTime modified) {
        static Seen of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(attributes.size(), attributes.lastModifiedTime());
        }
    }

    private Artifacts(Path folder, Optional<String> address) {
        this.folder = folder.toAbsolutePath().normalize();
        this.address = address;
    }

    /** Those in a folder alone. */
    public static Artifacts in(Path folder) {
        return new Artifacts(folder, Optional.empty());
    }

    /**
     * Those in a folder and elsewhere.
     *
     * @param address of where they are kept as well, such as {@code s3://bucket/folder}; nobody is asked yet
     */
    public static Artifacts in(Path folder, Optional<String> address) {
        return new Artifacts(folder, address);
    }

    /** Where they are on this machine. */
    public Path folder() {
        return folder;
    }

    /** Where else they are. */
    public Optional<String> address() {
        return address;
    }

    /**
     * What a process on another machine needs to have them there, too.
     *
     * @param address where they are kept besides a folder
     */
    public static ObjectStore.Access access(Optional<String> address) {
        return address.map(ObjectStores::access).orElseGet(() -> new ObjectStore.Access(Map.of(), Map.of()));
    }

    /** The name of a file or folder below {@link #folder}. */
    public String name(Path file) {
        return folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private boolean isHereOnly() {
        return address.isEmpty();
    }

    /**
     * Asks for a list, to see whether the address can be reached and used.
     *
     * @throws AssayException if not, with the reason
     */
    public void check() {
        try {
            if (!isHereOnly()) {
                List<ObjectStore.Entry> unused = store().list("weights/");
            }
        } catch (IOException e) {
            throw new AssayException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Gets those of the files that are not here; what is nowhere is left out. */
    public void fetch(Collection<String> names) throws IOException {
        if (!isHereOnly()) {
            List<String> missing = names.stream()
                    .distinct()
                    .filter(name -> !Files.exists(folder.resolve(name)))
                    .toList();
            all(missing, this::get);
        }
    }

    /**
     * Gets files below a folder that are not here or are others here.
     *
     * @param ending of the names of those that are wanted
     */
    public void fetchBelow(String name, String ending) throws IOException {
        if (!isHereOnly()) {
            List<String> wanted = names(store().list(below(name))).stream()
                    .filter(file -> file.endsWith(ending))
                    .toList();
            all(wanted, this::refresh);
        }
    }

    /** Makes a folder what it is elsewhere, for whoever has the right to change it: files that are here only are deleted. */
    public void pull(String name) throws IOException {
        if (isHereOnly()) {
            return;
        }
        List<String> there = names(store().list(below(name)));
        for (String file : names(name)) {
            if (!there.contains(file)) {
                Files.delete(folder.resolve(file));
            }
        }
        all(there, this::refresh);
    }

    private static List<String> names(List<ObjectStore.Entry> entries) {
        return entries.stream().map(ObjectStore.Entry::name).toList();
    }

    /** Names end where folders do. */
    private static String below(String folder) {
        return folder.endsWith("/") ? folder : folder + "/";
    }

    /** The files below a folder here, but for those being written. */
    private List<String> names(String name) throws IOException {
        Path top = folder.resolve(name);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .map(this::name)
                    .filter(file -> !file.endsWith(PART))
                    .sorted()
                    .toList();
        }
    }

    private void refresh(String name) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            Optional<ObjectStore.Details> there = store().find(name);
            if (there.isEmpty() || there.get().sha256().equals(Optional.of(Sha256.of(file)))) {
                elsewhere.put(name, Seen.of(file));
                return;
            }
        }
        get(name);
    }

    private void get(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + PART);
        try {
            Optional<String> sha256 = store().get(name, part).sha256();
            if (sha256.isPresent() && !sha256.get().equals(Sha256.of(part))) {
                throw new IOException("The file (" + name + ") at " + address.orElseThrow()
                        + " is not what was written there: its digest is another.");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            elsewhere.put(name, Seen.of(file));
        } catch (NoSuchFileException e) {
            // It is nowhere, or has gone meanwhile.
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Has files elsewhere as they are here.
     *
     * @throws IOException if that cannot be done; it may be asked for again
     */
    public void keep(Collection<String> names) throws IOException {
        if (!isHereOnly()) {
            all(names.stream().distinct().toList(), this::put);
        }
    }

    /** Has all files below a folder elsewhere as they are here. */
    public void keepBelow(String name) throws IOException {
        if (!isHereOnly()) {
            keep(names(name));
        }
    }

    /**
     * Has a folder elsewhere as it is here, for whoever has the right to change it: files that this process knows elsewhere and has deleted here are deleted there,
     * last of all.
     *
     * @param needed files, of the folder or not, that others of the folder refer to, so that they come first
     * @throws IOException if that cannot be done; what is there then is as good as it was before, and it may be asked for again
     */
    public void push(String name, Collection<String> needed) throws IOException {
        if (isHereOnly()) {
            return;
        }
        keep(needed);
        List<String> here = names(name);
        keep(here);
        for (String file : List.copyOf(elsewhere.keySet())) {
            if (file.startsWith(below(name)) && !here.contains(file)) {
                store().delete(file);
                elsewhere.remove(file);
            }
        }
    }

    private void put(String name) throws IOException {
        Path file = folder.resolve(name);
        Seen here = Seen.of(file);
        if (here.equals(elsewhere.get(name))) {
            return;
        }
        String sha256 = Sha256.of(file);
        Optional<ObjectStore.Details> there = store().find(name);
        boolean isThere = there.flatMap(ObjectStore.Details::sha256).equals(Optional.of(sha256));
        if (!isThere || mayBeCollected(name, there.get())) {
            store().put(name, file, sha256);
        }
        elsewhere.put(name, here);
    }

    /** Whether somebody who collects garbage might delete it before it is told that it is needed again; writing it makes it young. */
    private static boolean mayBeCollected(String name, ObjectStore.Details details) {
        return SHARED.stream().anyMatch(name::startsWith)
                && details.modified().isBefore(Instant.now().minus(YOUNG.dividedBy(2)));
    }

    /** Deletes all files below a folder, here and elsewhere. */
    public void deleteBelow(String name) throws IOException {
        if (!isHereOnly()) {
            // Elsewhere first: that is what counts.
            all(names(store().list(below(name))), store()::delete);
            elsewhere.keySet().removeIf(file -> file.startsWith(below(name)));
        }
        Path top = folder.resolve(name);
        if (Files.isDirectory(top)) {
            try (Stream<Path> files = Files.walk(top)) {
                for (Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Deletes a file that nobody needs, here and elsewhere, unless somebody has come to need it meanwhile, which makes it young. */
    public void collect(String name) throws IOException {
        if (!isHereOnly()) {
            Optional<ObjectStore.Details> there = store().find(name);
            if (there.isPresent() && isYoung(there.get().modified())) {
                return;
            }
            store().delete(name);
            elsewhere.remove(name);
        }
        Path file = folder.resolve(name);
        Path aside = file.resolveSibling(file.getFileName() + PART);
        try {
            // Nobody can come to need it between the look at its age and its end.
            Files.move(file, aside);
            if (isYoung(Files.getLastModifiedTime(aside).toInstant())) {
                Files.move(aside, file);
            } else {
                Files.delete(aside);
            }
        } catch (NoSuchFileException e) {
            // It is elsewhere only, or has gone meanwhile.
        }
    }

    /** Whether something that was written then may be in use by somebody who has not said so yet. */
    public static boolean isYoung(Instant modified) {
        return modified.isAfter(Instant.now().minus(YOUNG));
    }

    /** All files below a folder, here or elsewhere, ordered by name, with the time they were last written anywhere. */
    public List<ObjectStore.Entry> list(String name) throws IOException {
        Map<String, ObjectStore.Entry> found = new TreeMap<>();
        if (!isHereOnly()) {
            store().list(below(name)).forEach(entry -> found.put(entry.name(), entry));
        }
        Path top = folder.resolve(name);
        if (Files.isDirectory(top)) {
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    add(file, found);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private void add(Path file, Map<String, ObjectStore.Entry> found) throws IOException {
        try {
            Seen here = Seen.of(file);
            found.merge(
                    name(file),
                    new ObjectStore.Entry(
                            name(file), here.bytes(), here.modified().toInstant()),
                    (there, mine) -> there.modified().isAfter(mine.modified()) ? there : mine);
        } catch (NoSuchFileException e) {
            // It has gone meanwhile.
        }
    }

    private synchronized ObjectStore store() {
        if (opened == null) {
            opened = ObjectStores.open(address.orElseThrow());
        }
        return opened;
    }

    /** What is done with a file. */
    private interface Action {
        void on(String name) throws IOException;
    }

    /** Does it for each, several at once; after one has failed no more are begun. */
    private static void all(Collection<String> names, Action action) throws IOException {
        if (names.size() <= 1) {
            for (String name : names) {
                action.on(name);
            }
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, names.size()), body -> {
            Thread thread = new Thread(body, "artifacts");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> begun = new ArrayList<>();
            for (String name : names) {
                begun.add(threads.submit(() -> {
                    action.on(name);
                    return name;
                }));
            }
            for (Future<?> each : begun) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** For people: where they are. */
    @Override
    public String toString() {
        return address.map(there -> folder + " and " + there).orElse(folder.toString());
    }
}
