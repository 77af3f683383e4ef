package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads references to secrets. What stands in place of a reference may be the secret itself, so no message repeats it. */
final class SecretReader {
    private static final List<String> KEYS = List.of(Secret.Source.ENV.key(), Secret.Source.FILE.key());

    /** Said of what may be the secret itself, which is not to be shown. */
    static final String NO_REFERENCE =
            "A secret must be given by reference, as {env: NAME} or {file: PATH}; its value must not stand in a file.";

    private final Faults faults;

    SecretReader(Faults faults) {
        this.faults = faults;
    }

    Optional<Object> read(LocatedNode node, String path) {
        int before = faults.additions();
        if (!(node instanceof LocatedNode.Mapping mapping)) {
            refuse(node.place(), path);
            return Optional.empty();
        }
        List<Secret> secrets = new ArrayList<>();
        for (LocatedNode.Entry entry : mapping.entries()) {
            if (KEYS.contains(entry.key())) {
                name(entry, path).ifPresent(name -> secrets.add(secret(entry, name, path)));
            } else {
                faults.add(entry.keyPlace(), path, "A key here must be one of env, file.");
            }
        }
        if (faults.additions() == before && secrets.size() != 1) {
            refuse(mapping.place(), path);
        }
        return faults.additions() == before ? Optional.of(secrets.get(0)) : Optional.empty();
    }

    private void refuse(Place place, String path) {
        faults.add(place, path, NO_REFERENCE);
    }

    private Optional<String> name(LocatedNode.Entry entry, String path) {
        if (entry.value() instanceof LocatedNode.Scalar scalar
                && scalar.form() == LocatedNode.Form.TEXT
                && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        faults.add(
                entry.value().place(),
                DotPath.child(path, entry.key()),
                entry.key().equals(Secret.Source.ENV.key())
                        ? "The value must be the name of an environment variable."
                        : "The value must be the path of a file.");
        return Optional.empty();
    }

    private static Secret secret(LocatedNode.Entry entry, String name, String path) {
        Secret.Source source = entry.key().equals(Secret.Source.ENV.key()) ? Secret.Source.ENV : Secret.Source.FILE;
        return Secret.of(source, name, entry.keyPlace() + " " + path);
    }
}
