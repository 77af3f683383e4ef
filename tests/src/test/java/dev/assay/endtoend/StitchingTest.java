package dev.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.artifact.Artifacts;
import dev.assay.checkpoint.WeightFiles;
import dev.assay.endtoend.Application.Ended;
import dev.assay.engine.NativeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two trained trials in, stitched trials out, by the recipes of the example with made-up pictures. */
@Tag("G10")
class StitchingTest {
    private static final String DATA =
            "base.data={kind: synthetic, trainExamples: 300, testExamples: 200, noise: 0.05}";

    @TempDir
    static Path folder;

    private static Application application;
    private static List<JsonNode> twins;
    private static Map<String, float[]> before;
    private static List<JsonNode> stitched;

    @BeforeAll
    static void run() throws Exception {
        application = new Application(folder);
        Ended first =
                application.run("run", Application.recipe("twins.yaml"), "--set", DATA, "--set", "base.train.epochs=3");
        assertThat(first.code()).as(first.err()).isZero();
        twins = trials("twins");
        before = weights(twins.get(0));
        Ended second = application.run(stitching(hash(twins.get(0)).substring(0, 8)));
        assertThat(second.code()).as(second.err()).isZero();
        stitched = trials("stitching");
    }

    /** The command, with the first of the two originals as it is called on the command line. */
    private static String[] stitching(String first) {
        return new String[] {
            "run",
            Application.recipe("stitching.yaml"),
            "--set",
            DATA,
            "--set",
            "base.model.first.trial=\"" + first + "\"",
            "--set",
            "base.model.second.trial=" + hash(twins.get(1)),
            "--set",
            "base.train.epochs=1"
        };
    }

    @Test
    void recipe_ofTheExample_namesTheTwins() throws Exception {
        List<String> hashes = new ArrayList<>();
        JsonNode cells = application
                .run("config", "hash", Application.recipe("twins.yaml"), "--json")
                .json()
                .get("cells");
        cells.get(0)
                .get("trials")
                .forEach(trial -> hashes.add(trial.get("trial").asString().substring(0, 10)));

        assertThat(Path.of(Application.recipe("stitching.yaml")))
                .content()
                .contains("first: {trial: \"" + hashes.get(0), "second: {trial: \"" + hashes.get(1));
    }

    @Test
    void run_eachStitching_isARowOfTheStore_namedByBothOriginals() throws Exception {
        assertThat(stitched).hasSize(6);
        for (JsonNode trial : stitched) {
            assertThat(trial.get("state").asString()).isEqualTo("COMPLETED");
            assertThat(trial.at("/metrics/test.accuracy").asDouble()).isBetween(0.0, 1.0);
            JsonNode model =
                    application.run("show", hash(trial), "--json").json().at("/config/model");
            assertThat(model.at("/first/trial").asString()).isEqualTo(hash(twins.get(0)));
            assertThat(model.at("/second/trial").asString()).isEqualTo(hash(twins.get(1)));
            assertThat(model.at("/second/network/kind").asString()).isEqualTo("small-cnn");
        }
        assertThat(folder.resolve(".assay/reports/stitching/report.html"))
                .content()
                .contains("start=regression node=relu3");
    }

    @Test
    @Tag("G9")
    void run_layerThatStartsFromRegression_isBetterThanOneThatStartsAtRandom() {
        assertThat(accuracy(stitched.get(0))).isGreaterThan(accuracy(stitched.get(3)));
    }

    @Test
    void run_ofStitchings_leavesBothOriginalsAsTheyWere_toTheBit() throws Exception {
        Map<String, float[]> second = weights(twins.get(1));

        same(weights(twins.get(0)), before);
        for (JsonNode trial : stitched) {
            Map<String, float[]> all = weights(trial);
            same(below("first.", all), before);
            same(below("second.", all), second);
            assertThat(below("stitch.", all).keySet()).containsExactly("map.bias", "map.weight");
        }
        assertThat(below("first.", weights(stitched.get(2))).keySet()).contains("bn3.running_mean", "bn3.running_var");
        assertThat(trials("twins")).isEqualTo(twins);
    }

    @Test
    @Tag("R14")
    void run_ofStitchings_storesWhatTheyTookOverOnce() throws Exception {
        Set<String> originals = new TreeSet<>(shared(twins.get(0)));
        originals.addAll(shared(twins.get(1)));

        assertThat(originals).isNotEmpty();
        for (JsonNode trial : stitched) {
            Set<String> fresh = shared(trial);
            fresh.removeAll(originals);
            assertThat(fresh).as("the layer between").hasSizeLessThanOrEqualTo(1);
        }
    }

    /** The files with tensors that a trial may share with others. */
    private static Set<String> shared(JsonNode trial) throws Exception {
        Path list = folder.resolve(".assay").resolve(trial.at("/weights/file").asString());
        Set<String> files = new TreeSet<>();
        JsonMapper.shared()
                .readTree(Files.readString(list))
                .at("/content/tensors")
                .forEach(place -> files.add(place.get("file").asString()));
        files.removeIf(file -> !file.startsWith("tensors/"));
        return files;
    }

    @Test
    @Tag("K7")
    void reproduce_ofAStitching_startsFromTheOriginalsOfTheStore() throws Exception {
        Ended reproduced = application.run("reproduce", hash(stitched.get(0)));

        assertThat(reproduced.out()).as(reproduced.err()).startsWith("Equal to the last bit: ");
        assertThat(reproduced.out().lines().findFirst().orElseThrow()).endsWith(", and the weights.");
        assertThat(reproduced.code()).isZero();
        assertThat(trials("stitching")).isEqualTo(stitched);
    }

    @Test
    @Tag("R11")
    void weights_ofATrial_areWrittenToOneFile() throws Exception {
        Path file = folder.resolve("twin.safetensors");

        Ended written = application.run("weights", hash(twins.get(0)), "--to", file.toString());

        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("logits.weight ", before.size() + " tensors in " + file);
        same(read(file), before);
    }

    @Test
    void runAgain_withTheWholeHash_asksForTheSameTrials() throws Exception {
        Ended again = application.run(stitching(hash(twins.get(0))));

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("Nothing to train: every trial is done and served from the store.");
    }

    @Test
    @Tag("T25")
    void runSmoke_startsFromTheTrialsOfTheStore_andLeavesItAlone() throws Exception {
        List<String> command = new ArrayList<>(List.of(stitching(hash(twins.get(0)))));
        command.add("--smoke");

        Ended smoke = application.run(command.toArray(String[]::new));

        assertThat(smoke.code()).as(smoke.out() + smoke.err()).isZero();
        assertThat(smoke.out().lines()).as("one of each start").hasSize(3);
        assertThat(trials("stitching")).isEqualTo(stitched);
    }

    @Test
    @Tag("G14")
    void similarity_ofStitchedAndOriginal_comparesTheirNodes() throws Exception {
        Ended compared =
                application.run("similarity", hash(stitched.get(0)), hash(twins.get(1)), "--nodes", "*relu3", "--json");

        assertThat(compared.code()).as(compared.err()).isZero();
        assertThat(compared.json().get("rows").get(0).asString()).isEqualTo("second.relu3");
    }

    @Test
    @Tag("T10")
    void showCode_ofATrial_isThatOfItsSteps() throws Exception {
        Ended code = application.run("show", hash(stitched.get(0)), "--code");

        assertThat(code.code()).isZero();
        assertThat(code.out()).contains("def step(self", "torch.conv2d(", "torch.autograd.grad(", "def update(");
    }

    @Test
    void run_withTrialThatIsNotThere_saysSoBeforeAnythingRuns() throws Exception {
        Ended refused = application.run(stitching("0123456789ab"));

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("There is no trial (0123456789ab) in the store.");
    }

    @Test
    void run_ofAStitchingOfStitchings_isRefused() throws Exception {
        Ended refused = application.run(stitching(hash(stitched.get(0))));

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err())
                .contains("Trial (" + hash(stitched.get(0)) + ") of wrapper (stitched) has no network of one part;"
                        + " what is stitched must be a classifier's.");
    }

    private static void same(Map<String, float[]> some, Map<String, float[]> whole) {
        assertThat(some).isNotEmpty();
        some.forEach((name, values) ->
                assertThat(Arrays.equals(values, whole.get(name))).as(name).isTrue());
    }

    private static Map<String, float[]> below(String prefix, Map<String, float[]> all) {
        Map<String, float[]> some = new TreeMap<>();
        all.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                some.put(name.substring(prefix.length()), values);
            }
        });
        return some;
    }

    private static Map<String, float[]> weights(JsonNode trial) throws Exception {
        return read(folder.resolve(".assay").resolve(trial.at("/weights/file").asString()));
    }

    private static Map<String, float[]> read(Path file) throws Exception {
        return NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Map<String, NDArray> tensors =
                        new WeightFiles(Artifacts.in(folder.resolve(".assay"))).load(file, memory);
                Map<String, float[]> values = new TreeMap<>();
                for (String name : new TreeSet<>(tensors.keySet())) {
                    values.put(name, Objects.requireNonNull(tensors.get(name)).toFloatArray());
                }
                return values;
            }
        });
    }

    private static List<JsonNode> trials(String experiment) throws Exception {
        List<JsonNode> trials = new ArrayList<>();
        application
                .run("list", "--experiment", experiment, "--json")
                .json()
                .get("trials")
                .forEach(trials::add);
        return trials;
    }

    private static double accuracy(JsonNode trial) {
        return trial.at("/metrics/test.accuracy").asDouble();
    }

    private static String hash(JsonNode trial) {
        return trial.get("hash").asString();
    }
}
