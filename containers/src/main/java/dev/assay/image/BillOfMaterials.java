package dev.assay.image;

import dev.assay.image.ApplicationClassPath.Entry;
import dev.assay.image.ApplicationClassPath.Kind;
import dev.assay.provenance.ClassPathDigests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an image is made of, as CycloneDX 1.6 in JSON: the application, the jars of its class path and the base image. It tells no time and has no
 * random number, so it is the same for the same content.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
final class BillOfMaterials {
    private BillOfMaterials() {}

    static byte[] of(String application, ApplicationClassPath classPath, BaseImage base) throws IOException {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        root.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        ObjectNode own = root.putObject("metadata").putObject("component");
        own.put("type", "application").put("bom-ref", "application").put("name", application);
        JarName.of(classPath.own().path()).version().ifPresent(version -> own.put("version", version));
        ArrayNode components = root.putArray("components");
        components.addObject().put("type", "container").put("bom-ref", "base").put("name", base.name());
        for (Entry entry : classPath.entries()) {
            if (entry.kind() != Kind.OWN) {
                describe(components.addObject(), entry);
            }
        }
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void describe(ObjectNode component, Entry entry) throws IOException {
        JarName name = JarName.of(entry.path());
        component.put("type", "library").put("bom-ref", entry.place());
        name.group().ifPresent(group -> component.put("group", group));
        component.put("name", name.artifact());
        name.version().ifPresent(version -> component.put("version", version));
        name.packageUrl().ifPresent(url -> component.put("purl", url));
        if (Files.isRegularFile(entry.path())) {
            ObjectNode hash = component.putArray("hashes").addObject();
            hash.put("alg", "SHA-256").put("content", ClassPathDigests.ofUser().of(entry.path()));
        }
    }
}
