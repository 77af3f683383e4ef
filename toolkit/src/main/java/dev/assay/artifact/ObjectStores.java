package dev.assay.artifact;

import dev.assay.error.AssayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The object stores that this application can reach. */
final class ObjectStores {
    /** Modules that bring some, by what addresses begin with. */
    private static final Map<String, String> MODULES = Map.of("s3", "dev.assay:s3");

    private ObjectStores() {}

    /**
     * The one at an address, such as {@code s3://bucket/folder}.
     *
     * @throws AssayException if it is no address, or nothing on the class path knows such ones
     */
    static ObjectStore open(String address) {
        URI uri = uri(address);
        return provider(uri).open(uri);
    }

    /** What is needed to open the one at an address on another machine. */
    static ObjectStore.Access access(String address) {
        URI uri = uri(address);
        return provider(uri).access(uri);
    }

    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw unknown(address);
        }
    }

    private static ObjectStore.Provider provider(URI uri) {
        SortedMap<String, ObjectStore.Provider> known = new TreeMap<>();
        ServiceLoader.load(ObjectStore.Provider.class).forEach(each -> known.put(each.scheme(), each));
        ObjectStore.Provider provider = uri.getScheme() == null ? null : known.get(uri.getScheme());
        if (provider == null) {
            throw unknown(uri.toString());
        }
        return provider;
    }

    private static AssayException unknown(String address) {
        String scheme = address.replaceAll(":.*", "");
        String module = MODULES.get(scheme);
        return new AssayException("Files cannot be kept at (" + address + "); an address begins with s3://.\n"
                + (module == null
                        ? "Maybe s3://BUCKET/FOLDER was meant."
                        : "Maybe the module " + module + " is to be added to the application's dependencies."));
    }
}
