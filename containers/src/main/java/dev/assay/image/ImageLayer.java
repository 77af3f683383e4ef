package dev.assay.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One layer of an image.
 *
 * @param files on this machine, by their places in the image; a folder stands for itself and not for what is in it
 * @param owner user and group by number
 */
record ImageLayer(String name, SortedMap<String, Path> files, String owner) {
    private static final String ROOT = "0:0";

    /** Sorted, since a folder must come before what is in it: Jib would make one of its own. */
    ImageLayer(String name, Map<String, Path> files, String owner) {
        this(name, new TreeMap<>(files), owner);
    }

    /** Everybody may read it and nobody may change it. */
    static ImageLayer of(String name, Map<String, Path> files) {
        return new ImageLayer(name, files, ROOT);
    }

    /** The same bytes whenever it is made: no time of any file goes into it. */
    FileEntriesLayer entries() {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        files.forEach((place, file) -> layer.addEntry(
                file,
                AbsoluteUnixPath.get(place),
                Files.isDirectory(file)
                        ? FilePermissions.DEFAULT_FOLDER_PERMISSIONS
                        : FilePermissions.DEFAULT_FILE_PERMISSIONS,
                FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                owner));
        return layer.build();
    }

    BuiltImage.Layer outcome() throws IOException {
        long bytes = 0;
        int count = 0;
        for (Path file : files.values()) {
            if (Files.isRegularFile(file)) {
                bytes += Files.size(file);
                count++;
            }
        }
        return new BuiltImage.Layer(name, count, bytes);
    }
}
