package dev.assay.training;

import ai.djl.ndarray.types.Shape;
import dev.assay.data.Normalisation;
import dev.assay.data.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model needs to know of the data it is made for.
 *
 * @param size number of training examples
 * @param shapes shape of one example by name, without the batch dimension
 * @param classes names of the classes by label, empty where there are none
 * @param normalisations what the values of arrays were normalised by, by the array's name
 */
public record DataInfo(
        long size, Map<String, Shape> shapes, List<String> classes, Map<String, Normalisation> normalisations) {
    private static final String FILE = "data.json";

    public DataInfo {
        shapes = Map.copyOf(shapes);
        classes = List.copyOf(classes);
        normalisations = Map.copyOf(normalisations);
    }

    /** What a partition says of itself. */
    public static DataInfo of(Partition partition) {
        return new DataInfo(partition.size(), partition.shapes(), partition.classes(), partition.normalisations());
    }

    /**
     * What a trial has left in its folder, so that its model can be made again without its data.
     *
     * @throws IOException if there is no such file or it cannot be read
     */
    public static DataInfo read(Path trialDirectory) throws IOException {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(trialDirectory.resolve(FILE)));
        Map<String, Shape> shapes = new TreeMap<>();
        json.get("shapes").forEachEntry((name, sizes) -> shapes.put(name, new Shape(longs(sizes))));
        List<String> classes = new ArrayList<>();
        json.get("classes").forEach(name -> classes.add(name.asString()));
        Map<String, Normalisation> normalisations = new TreeMap<>();
        json.get("normalisations")
                .forEachEntry((name, value) ->
                        normalisations.put(name, JsonMapper.shared().treeToValue(value, Normalisation.class)));
        return new DataInfo(json.get("size").asLong(), shapes, classes, normalisations);
    }

    void write(Path trialDirectory) throws IOException {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("size", size);
        ObjectNode sizes = json.putObject("shapes");
        new TreeMap<>(shapes).forEach((name, shape) -> {
            ArrayNode array = sizes.putArray(name);
            for (long each : shape.getShape()) {
                array.add(each);
            }
        });
        classes.forEach(json.putArray("classes")::add);
        json.set("normalisations", JsonMapper.shared().valueToTree(new TreeMap<>(normalisations)));
        Files.createDirectories(trialDirectory);
        Files.writeString(
                trialDirectory.resolve(FILE),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }

    private static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asLong();
        }
        return values;
    }
}
