package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ExampleRun;
import dev.assay.metric.Metric;
import dev.assay.run.Outcome;
import dev.assay.run.Toy;
import dev.assay.run.Trainable;
import dev.assay.run.Trial;
import dev.assay.run.Wrapper;
import dev.assay.run.Wrappers;
import dev.assay.store.Experiment;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandsTest {
    private static final String RECIPE = """
            experiment: examples
            wrapper: example
            base:
              data: {kind: files, dir: /here}
              model: {widths: [4, 8], scales: {a: 1, "b.c": 2}}
              train: {epochs: 3, optimizer: {kind: sgd, lr: 0.1}}
            sweep:
              grid: {model.dropout: [null, 0.5]}
            replicates: 2
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Wrappers wrappers = Wrappers.of()
            .with(new Wrapper<>("example", ExampleRun.class, ConfigCommandsTest::none))
            .with(new Wrapper<>("toy", Toy.ToyRun.class, Toy::new));
    private String a = "";

    @BeforeEach
    void writeRecipe() throws Exception {
        a = write("a.yaml", RECIPE);
    }

    @Test
    @Tag("C7")
    void get_anyDepth_printsTheValue() {
        assertThat(config("get", a, "train.optimizer.lr")).isEqualTo("0.1\n");
        assertThat(config("get", a, "base.train.optimizer.momentum")).isEqualTo("0.0\n");
        assertThat(config("get", a, "model.widths[1]")).isEqualTo("8\n");
        assertThat(config("get", a, "model.widths")).isEqualTo("[4,8]\n");
        assertThat(config("get", a, "model.scales.\"b.c\"")).isEqualTo("2.0\n");
        assertThat(config("get", a, "train.optimizer")).isEqualTo("{\"kind\":\"sgd\",\"lr\":0.1,\"momentum\":0.0}\n");
        assertThat(config("get", a, "data.kind")).isEqualTo("files\n");
        assertThat(config("get", a, "model.dropout", "--cell", "2")).isEqualTo("0.5\n");
        assertThat(config("get", a, "train.epochs", "--set", "base.train.epochs=7"))
                .isEqualTo("7\n");
    }

    @Test
    @Tag("C7")
    void getJson_tellsPathTypeAndValue() {
        assertThat(JsonMapper.shared().readTree(config("get", a, "train.epochs", "--json")))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"path": "train.epochs", "type": "an integer, at least 1", "value": 3}"""));
    }

    @Test
    @Tag("C7")
    void get_wrongPath_namesTheNearest() {
        assertThat(refused("get", a, "train.optimizer.lrr")).isEqualTo("""
                error: The path (train.optimizer.lrr) must lead to a value, but lrr is not known in train.optimizer;\
                 known are kind, lr, momentum.
                Maybe lr was meant.
                """);
        assertThat(refused("get", a, "train.epochs.more")).isEqualTo("""
                error: The path (train.epochs.more) must lead to a value, but more is not known in train.epochs,\
                 which is a single value.
                """);
        assertThat(refused("get", a, "model.widths[2]"))
                .contains("[2] is not known in model.widths; known are [0], [1].");
        assertThat(refused("get", a, "train..lr"))
                .isEqualTo("error: The path (train..lr) must be keys joined by dots, such as train.optimizer.lr.\n");
        assertThat(refused("get", a, "seed", "--cell", "3"))
                .isEqualTo("error: The cell (3) of " + a + " must be a number from 1 to 2.\n");
    }

    @Test
    @Tag("C7")
    void type_anyDepth_tellsTypeAndRange() {
        assertThat(config("type", a, "train.optimizer.lr")).isEqualTo("a number, greater than 0\n");
        assertThat(config("type", a, "model.widths[0]")).isEqualTo("an integer, greater than 0\n");
        assertThat(config("type", a, "model.widths"))
                .isEqualTo("a list, each an integer, not empty and each greater than 0\n");
        assertThat(config("type", a, "model.scales")).startsWith("a mapping, each value a number");
        assertThat(config("type", a, "train.optimizer.kind")).isEqualTo("one of sgd, adamw\n");
        assertThat(config("type", a, "train.timeout")).isEqualTo("a duration such as 90s or 1h30m, or null\n");
        assertThat(config("type", a, "train.precision")).isEqualTo("one of float32, bfloat16, mixed\n");
    }

    @Test
    @Tag("C17")
    void migrate_writesOnlyWhereItIsToldTo() throws Exception {
        String b = folder.resolve("b.yaml").toString();

        assertThat(config("migrate", a)).isEqualTo(a + " would be changed in\n  schemaVersion: – → 1\n");
        assertThat(err()).isEqualTo("Nothing was written; --in-place or --to FILE does.\n");
        assertThat(Path.of(a)).hasContent(RECIPE);
        assertThat(config("migrate", a, "--to", b)).startsWith(b + " differs from " + a + " in\n");
        assertThat(Path.of(b)).hasContent("schemaVersion: 1\n" + RECIPE);
        assertThat(config("migrate", a, "--in-place")).isEqualTo(a + " was changed in\n  schemaVersion: – → 1\n");
        assertThat(err()).isEmpty();
        assertThat(Path.of(a)).hasContent("schemaVersion: 1\n" + RECIPE);
        assertThat(config("migrate", a, "--in-place")).isEqualTo(a + ": of version 1 already.\n");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.yaml", "b.yaml");
        assertThat(refused("migrate", a, "--to", a + "/b.yaml")).contains("cannot be written");
        assertThat(refused("migrate", folder + "/none.yaml")).contains("There is no such file.");
    }

    @Test
    @Tag("C12")
    void diff_files_oneLineAPathWithoutStateless() throws Exception {
        String b = write(
                "b.yaml",
                RECIPE.replace("lr: 0.1", "lr: 1e-1, momentum: 0.9")
                        .replace("[4, 8]", "[4, 16, 32]")
                        .replace("/here", "/there"));

        assertThat(config("diff", a, b)).isEqualTo("""
                model.widths[1]: 8 → 16
                model.widths[2]: – → 32
                train.optimizer.momentum: 0.0 → 0.9
                """);
        assertThat(config("diff", a, b, "--all")).startsWith("data.dir: \"/here\" → \"/there\"\n");
        assertThat(config("diff", a, a, "--cell", "2")).isEmpty();
        assertThat(err()).isEqualTo("There is no difference but what --all may show.\n");
    }

    @Test
    @Tag("C12")
    void diff_trialOfTheStore_isReadByItsWrapper() throws Exception {
        String hash = store();
        String b = write("b.yaml", RECIPE.replace("kind: sgd", "kind: adamw"));

        String differences = config(
                "diff",
                hash.substring(0, 6),
                b,
                "--store",
                folder.resolve("store.db").toString());
        assertThat(differences).isEqualTo("""
                train.optimizer.kind: "sgd" → "adamw"
                train.optimizer.beta1: – → 0.9
                train.optimizer.momentum: 0.0 → –
                """);
        JsonNode json = JsonMapper.shared()
                .readTree(config(
                        "diff",
                        b,
                        hash,
                        "--json",
                        "--store",
                        folder.resolve("store.db").toString()));
        assertThat(json.at("/differences/0")).isEqualTo(JsonMapper.shared().readTree("""
                {"path": "train.optimizer.kind", "before": "adamw", "after": "sgd"}"""));
        assertThat(json.at("/wrappers/0").asString()).isEqualTo("example");
    }

    @Test
    @Tag("C12")
    void diff_otherWrapper_saysSo() throws Exception {
        String b = write("b.yaml", """
                experiment: toys
                wrapper: toy
                base: {data: {}, model: {quality: 0.5}, train: {steps: 3}}
                """);

        assertThat(config("diff", a, b)).startsWith("wrapper: example → toy\n").contains("model.quality: – → 0.5\n");
        assertThat(refused("diff", a, "nowhere.yaml"))
                .isEqualTo("error: There is no file (nowhere.yaml), and it is no trial's hash.\n");
    }

    @Test
    @Tag("C7")
    void explain_key_tellsAllThereIsToSay() {
        assertThat(config("explain", "train.optimizer.lr")).isEqualTo("""
                train.optimizer.lr
                  type      a number
                  range     greater than 0
                  default   none, the key is required
                  identity  part of what a trial is
                  of kind   sgd, adamw
                  wrapper   example
                """);
        assertThat(config("explain", "seed"))
                .startsWith("seed\n  The one number all randomness of the trial derives from.\n")
                .doesNotContain("wrapper");
        assertThat(config("explain", "train.comment", "--wrapper", "example"))
                .contains("default   \"\"\n", "identity  stateless: no part of what a trial is\n");
        assertThat(config("explain", "train.warmup")).contains("default   computed from other keys\n");
        assertThat(config("explain", "replicates"))
                .contains("range     at least 1 and at most 100000\n")
                .doesNotContain("identity");
    }

    @Test
    @Tag("C7")
    void explain_alternative_listsItsKeys() {
        assertThat(config("explain", "train.optimizer")).contains("    kind: sgd\n    kind: adamw\n");
        assertThat(config("explain", "train.optimizer.sgd"))
                .contains("type      a mapping of kind sgd\n")
                .contains("momentum: a number, at least 0; default 0.0.");
        assertThat(config("explain", "train.optimizer.sgd.momentum")).contains("of kind   sgd\n");
        assertThat(refused("explain", "train.optimizr"))
                .contains("optimizr is not known in train; known are epochs,")
                .contains("Maybe optimizer was meant.");
        JsonNode json = JsonMapper.shared().readTree(config("explain", "train.batchSize", "--json"));
        assertThat(json.at("/explanations/0")).isEqualTo(JsonMapper.shared().readTree("""
                {"type": "an integer", "range": "at least 1", "required": false, "default": 32, "stateless": false,
                 "wrappers": ["example"]}"""));
    }

    @Test
    @Tag("R1")
    void hash_printsPartsAndTrialsOfEachCell() {
        JsonNode json = JsonMapper.shared().readTree(config("hash", a, "--json"));

        assertThat(json.get("cells")).hasSize(2);
        assertThat(json.at("/cells/0/trials")).hasSize(2);
        assertThat(json.at("/cells/0/train")).isEqualTo(json.at("/cells/1/train"));
        assertThat(json.at("/cells/0/model")).isNotEqualTo(json.at("/cells/1/model"));
        assertThat(config("hash", a))
                .startsWith("cell 1\n  data   " + json.at("/cells/0/data").asString() + "\n")
                .contains("  trial  " + json.at("/cells/1/trials/1/trial").asString() + "\n");
    }

    @Test
    @Tag("C18")
    void schema_knowsEveryWrapperOrOne() throws Exception {
        JsonNode all = JsonMapper.shared().readTree(config("schema"));
        assertThat(all.at("/properties/wrapper/enum")).hasToString("[\"example\",\"toy\"]");
        assertThat(all.get("allOf").findValuesAsString("const")).containsExactly("example", "toy");

        String file = folder.resolve("toy.json").toString();
        assertThat(config("schema", "--wrapper", "toy", "--to", file)).isEmpty();
        JsonNode toy = JsonMapper.shared().readTree(Files.readString(Path.of(file)));
        assertThat(toy.at("/properties/wrapper/enum")).hasToString("[\"toy\"]");
        assertThat(toy.at("/$defs/ToyRun/required")).hasToString("[\"data\",\"model\",\"train\"]");
        assertThat(toy.at("/$defs/ToyRun/properties/seed/default").asInt()).isEqualTo(1);
        assertThat(refused("schema", "--wrapper", "tie")).startsWith("error: There is no wrapper (tie); there are ");
        assertThat(refused(
                        "schema", "--to", folder.resolve("no/such/folder.json").toString()))
                .startsWith("error: The file (");
    }

    private String store() {
        Path file = folder.resolve("store.db");
        RecipeArguments arguments = new RecipeArguments();
        arguments.file = Path.of(a);
        var recipe = new Session("test", "none", wrappers, console()).recipe(arguments);
        List<TrialSpec> specs = Session.specs(recipe);
        try (TrialStore store = TrialStore.open(file)) {
            store.put(
                    new Experiment(
                            "examples", Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of()),
                    specs);
        }
        return specs.get(0).hash();
    }

    private String config(String... args) {
        assertThat(execute(args)).as(this::err).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String refused(String... args) {
        assertThat(execute(args)).isNotZero();
        return err();
    }

    private int execute(String... args) {
        out.reset();
        err.reset();
        String[] all = new String[args.length + 1];
        all[0] = "config";
        System.arraycopy(args, 0, all, 1, args.length);
        return new CommandLineApplication(new Session("test", "none", wrappers, console())).run(all);
    }

    private Console console() {
        return new Console(print(out), print(err), false, false);
    }

    private String write(String name, String recipe) throws Exception {
        return Files.writeString(folder.resolve(name), recipe).toString();
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static Trainable<ExampleRun> none() {
        return new Trainable<>() {
            @Override
            public List<Metric> metrics() {
                return List.of();
            }

            @Override
            public Outcome run(Trial<ExampleRun> trial) {
                throw new IllegalStateException("Nothing is to be run.");
            }
        };
    }
}
