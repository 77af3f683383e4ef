package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Toy;
import dev.assay.run.Wrapper;
import dev.assay.run.Wrappers;
import dev.assay.store.Failure;
import dev.assay.store.FailureKind;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole commands, with workers in processes of their own. */
class CommandLineTest {
    private static final String RECIPE = """
            experiment: toys
            description: Does quality matter?
            wrapper: toy
            base:
              data: {}
              model: {quality: 0.5}
              train: {steps: 3}
            sweep:
              grid: {model.quality: [0.5, 0.7]}
            replicates: 2
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @Tag("R6")
    @Tag("P1")
    void plan_countsAndChangesNothing() throws Exception {
        write(RECIPE);

        assertThat(assay("plan", "recipe.yaml")).isZero();
        assertThat(out()).contains("NEW").contains("quality=0.7").endsWith("4 trials: 4 to train, 0 done already.\n");
        assertThat(folder.resolve("store.db")).doesNotExist();
    }

    @Test
    @Tag("R6")
    void planJson_listsHashAndState() throws Exception {
        write(RECIPE);

        assertThat(assay("plan", "recipe.yaml", "--json")).isZero();
        JsonNode plan = json();
        assertThat(plan.get("trials")).hasSize(4);
        assertThat(plan.at("/trials/0/hash").asString()).matches("[0-9a-f]{64}");
        assertThat(plan.at("/trials/0/state").asString()).isEqualTo("NEW");
        assertThat(plan.get("open").asInt()).isEqualTo(4);
    }

    @Test
    @Tag("R7")
    @Tag("P8")
    @Tag("L2")
    @Tag("K1")
    void run_trainsEverythingOnce_thenServesIt() throws Exception {
        write(RECIPE);

        assertThat(assay("run", "recipe.yaml", "--workers", "2")).isZero();
        assertThat(out())
                .contains("The best mean val.score is that of quality=0.7: ")
                .contains("report: ");
        assertThat(folder.resolve("reports/toys/report.html")).isNotEmptyFile();
        assertThat(trials()).hasSize(4).allSatisfy(trial -> {
            assertThat(trial.state()).isEqualTo(TrialState.COMPLETED);
            assertThat(trial.attempt()).isEqualTo(1);
        });

        assertThat(assay("run", "recipe.yaml")).isZero();
        assertThat(err()).contains("Nothing to train: every trial is done and served from the store.");
        assertThat(trials()).allSatisfy(trial -> assertThat(trial.attempt()).isEqualTo(1));

        assertThat(assay("list", "--json")).isZero();
        assertThat(json().get("trials")).hasSize(4);
        String hash = json().at("/trials/0/hash").asString();
        assertThat(assay("show", hash.substring(0, 12), "--json")).isZero();
        assertThat(json().at("/metrics/val.score").asDouble()).isGreaterThan(0);
        assertThat(json().at("/series/val.score")).hasSize(3);
    }

    @Test
    @Tag("R13")
    @Tag("K7")
    void whyAndReproduce_sayWhatDiffers() throws Exception {
        write(RECIPE);
        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();
        String one = trials().get(0).hash();
        String other = trials().get(2).hash();

        assertThat(assay("why", one, other)).isZero();
        assertThat(out())
                .startsWith(
                        "config\n  model.quality: 0.5 → 0.7\nprovenance\n  no difference\nresults\n  metrics.val.score: ");
        assertThat(assay("why", one, other, "--json")).isZero();
        assertThat(json().at("/config/model.quality/1").asString()).isEqualTo("0.7");

        assertThat(assay("show", one, "--provenance")).isZero();
        assertThat(json().at("/java/version").asString()).isEqualTo(System.getProperty("java.vm.version"));
        assertThat(json().at("/classPath")).isNotEmpty();

        assertThat(assay("reproduce", one)).isZero();
        assertThat(out()).startsWith("Equal to the last bit: 3 values of 1 metrics.");
        assertThat(trials()).allSatisfy(trial -> assertThat(trial.attempt()).isEqualTo(1));
    }

    @Test
    @Tag("R5")
    @Tag("A1")
    void list_withConditionOrderAndColumns_givesThese() throws Exception {
        write(RECIPE);
        assertThat(assay("run", "recipe.yaml", "--quiet")).as(err()).isZero();

        String where = "model.quality > 0.6 and metrics.val.score > 0";
        assertThat(assay("list", "--where", where, "--sort", "seed desc", "--columns", "seed, model.quality"))
                .isZero();
        assertThat(out()).isEqualTo("seed  model.quality\n   2            0.7\n   1            0.7\n");
        assertThat(assay("list", "--where", "seed = 1", "--json", "--columns", "model.quality, cause"))
                .isZero();
        assertThat(json().get("trials")).hasSize(2);
        assertThat(json().at("/trials/0/cause").isNull()).isTrue();
        assertThat(assay("list", "--where", "seed = 1", "--columns", "worker")).isZero();
        assertThat(out()).startsWith("worker\n" + InetAddress.getLocalHost().getHostName() + "-");
        assertThat(assay("list", "--json")).isZero();
        assertThat(json().get("trials"))
                .allSatisfy(
                        trial -> assertThat(trial.path("worker").asString("")).matches(".+-[12]"));
        assertThat(assay("list", "--csv", "--where", "state = 'COMPLETED'")).isZero();
        assertThat(out().lines()).hasSize(5);
        assertThat(out())
                .startsWith("hash,wrapper,state,")
                .contains(",model.quality,")
                .contains(",metrics.val.score");
        assertThat(assay("list", "--where", "metrics.val.scor > 0")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("Maybe val.score was meant.");
        assertThat(assay("list", "--where", "stat = 'FAILED'")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("Maybe state was meant.");
    }

    @Test
    @Tag("R6")
    @Tag("P4")
    void run_ofASweepThatGrew_trainsOnlyWhatIsNew() throws Exception {
        write(RECIPE);
        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();
        write(RECIPE.replace("[0.5, 0.7]", "[0.5, 0.6, 0.7]"));

        assertThat(assay("plan", "recipe.yaml")).isZero();
        assertThat(out())
                .contains("6 trials: 2 to train, 4 done already.\nAbout ")
                .contains("similar trials.\n");
        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();
        assertThat(trials())
                .hasSize(6)
                .allSatisfy(trial -> assertThat(trial.attempt()).isEqualTo(1));
    }

    @Test
    @Tag("G3")
    @Tag("G14")
    void networkCommands_ofATrialWithoutWeights_saySo() throws Exception {
        write(RECIPE);
        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();
        String hash = trials().get(0).hash();

        assertThat(assay("activations", hash)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err()).contains("Trial (" + hash + ") has left no weights; it is COMPLETED.");
        assertThat(assay("similarity", hash, hash)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(assay("similarity", hash, "ffff")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err()).contains("There is no trial (ffff) in the store.");
    }

    @Test
    void showCode_printsTheFileATrialHasLeft_orSaysThatThereIsNone() throws Exception {
        write(RECIPE);
        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();
        String hash = trials().get(0).hash();
        Path file = Wrappers.directory(folder, hash).resolve("step.py");

        assertThat(assay("show", hash, "--code")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err())
                .contains("Trial (" + hash + ") has left no code (" + file + "); it is COMPLETED.\n"
                        + "Maybe its steps were not compiled; its log tells why.");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "def step(self):\n  pass\n");
        assertThat(assay("show", hash, "--code")).isZero();
        assertThat(out()).isEqualTo("def step(self):\n  pass\n");
    }

    @Test
    @Tag("G12")
    void model_ofAWrapperWithoutGraph_saysSo() throws Exception {
        write(RECIPE);

        assertThat(assay("model", "recipe.yaml")).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("Wrapper (toy) has no graph that could be shown.");
        assertThat(assay("model", "recipe.yaml", "--to", "net.jpg")).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("The file (net.jpg) of a picture must end with .svg or .dot.");
    }

    @Test
    void warmUp_leavesNothingBehind() throws Exception {
        write(RECIPE);

        assertThat(assay("warm-up", "recipe.yaml")).isZero();

        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
        assertThat(assay("list")).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    @Tag("T24")
    void runQuiet_printsTheResultOnly() throws Exception {
        write(RECIPE);

        assertThat(assay("run", "recipe.yaml", "--quiet")).isZero();

        assertThat(err()).isEmpty();
        assertThat(out())
                .contains("The best mean val.score is that of quality=0.7: ")
                .contains("report: ");
    }

    @Test
    @Tag("P7")
    @Tag("R9")
    void run_trialsThatDieInEveryWay_costThemselvesOnly() throws Exception {
        write("""
                experiment: fates
                wrapper: toy
                base:
                  data: {}
                  model: {quality: 0.5}
                  train: {steps: 2}
                sweep:
                  grid: {train.fate: [throw, abort, exit, exhaust, diverge, learn]}
                """);

        assertThat(assay("run", "recipe.yaml", "--workers", "2")).isEqualTo(ExitCode.FAILED);

        List<TrialRecord> trials = trials("fates");
        assertThat(trials)
                .extracting(TrialRecord::state)
                .containsExactly(
                        TrialState.FAILED,
                        TrialState.FAILED,
                        TrialState.FAILED,
                        TrialState.FAILED,
                        TrialState.DIVERGED,
                        TrialState.COMPLETED);
        assertThat(cause(trials.get(0))).isEqualTo("AssayException: This trial was meant to fail.");
        assertThat(cause(trials.get(1))).isEqualTo("The native engine aborted the worker (signal 6).");
        assertThat(cause(trials.get(2)))
                .isEqualTo("The worker ended itself with exit code 0 in the middle of a trial.");
        assertThat(cause(trials.get(3))).isEqualTo("The worker ran out of Java heap memory.");
        assertThat(cause(trials.get(4))).isEqualTo("At step 7 train.loss is NaN.");
        assertThat(trials)
                .extracting(trial -> trial.failure().map(Failure::kind))
                .containsExactly(
                        Optional.of(FailureKind.ERROR),
                        Optional.of(FailureKind.NATIVE_CRASH),
                        Optional.of(FailureKind.EXITED),
                        Optional.of(FailureKind.HEAP_EXHAUSTED),
                        Optional.empty(),
                        Optional.empty());
        assertThat(trials.get(1).lastLog())
                .hasValueSatisfying(log -> assertThat(log).contains("the fate of seed 1 is ABORT"));
        assertThat(Files.readString(folder.resolve("reports/fates/report.html")))
                .contains("This trial was meant to fail.");
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    void run_recipeWithFaults_tellsAllAndWritesNothing() throws Exception {
        write(RECIPE.replace("steps: 3", "steps: none")
                .replace("quality: 0.5", "qality: 0.5")
                .replace("wrapper: toy", "wrapper: toys"));

        assertThat(assay("run", "recipe.yaml")).isEqualTo(ExitCode.CONFIG);
        assertThat(err()).contains("recipe.yaml:3:10 wrapper: ");
        assertThat(folder.toFile().list()).containsExactly("recipe.yaml");
    }

    @Test
    void run_somethingNeededIsMissing_saysSoBeforeAnythingRuns() throws Exception {
        write(RECIPE.replace("data: {}", "data: {missing: true}"));

        assertThat(assay("run", "recipe.yaml")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err()).contains("error: The toy data are not there.");
        assertThat(folder.toFile().list()).containsExactly("recipe.yaml");
    }

    @Test
    void commands_withoutAStore_sayWhatIsMissing() {
        assertThat(assay("list")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err()).contains("There is no store");
        assertThat(assay("show", "abc")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(assay("report", "toys")).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void show_shortId_isResolvedLikeAGitPrefix() throws Exception {
        write(RECIPE);
        assay("run", "recipe.yaml");

        assertThat(assay("show", trials().get(0).hash().substring(0, 10))).isZero();
        assertThat(out()).contains("trial " + trials().get(0).hash()).contains("quality: 0.5");
        assertThat(assay("show", "")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err()).contains("The short id () fits 4 trials: ");
        assertThat(assay("show", "zz")).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void usage_unknownOptionOrCommand_isExitCode2() {
        assertThat(assay("run", "recipe.yaml", "--wokers", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(assay("run", "recipe.yaml", "--workers", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--workers (0) must be at least 1.");
        assertThat(assay("rnu")).isEqualTo(ExitCode.USAGE);
        assertThat(assay()).isEqualTo(ExitCode.USAGE);
        assertThat(assay("--help")).isZero();
        assertThat(out())
                .contains("Exit codes: 0 fine")
                .contains("run")
                .contains("config")
                .contains("worker ");
    }

    @Test
    void config_checkAndShow() throws Exception {
        write(RECIPE);

        assertThat(assay("config", "check", "recipe.yaml")).isZero();
        assertThat(out()).endsWith("recipe.yaml: no faults, 4 trials.\n");
        assertThat(assay("config", "show", "recipe.yaml", "--set", "base.train.steps=9"))
                .isZero();
        assertThat(out()).contains("steps: 9").contains("fate: learn").contains("---");
    }

    @Test
    @Tag("C8")
    void configShow_withOrigin_tellsWhatSetEachValue() throws Exception {
        write(RECIPE + "profiles: {long: {base: {train: {steps: 90}}}}\n");

        assertThat(assay(
                        "config",
                        "show",
                        "recipe.yaml",
                        "--origin",
                        "--profile",
                        "long",
                        "--unset",
                        "sweep",
                        "--set",
                        "base.seed=7"))
                .isZero();

        assertThat(out().replace(folder + "/", "").lines().skip(1))
                .containsExactly("""
                key               value    set by
                seed              7        --set 1
                data.missing      false    default
                model.quality     0.5      recipe.yaml:6:20
                train.steps       90       profile long, recipe.yaml:11:41
                train.stepMillis  0        default
                train.fate        "learn"  default""".lines().toArray(String[]::new));
    }

    @Test
    @Tag("C2")
    void configCheck_onATerminal_pointsAtTheFault() throws Exception {
        write(RECIPE.replace("steps: 3", "step: 3"));

        assertThat(assay(new Console(print(out), print(err), true, false), "config", "check", "recipe.yaml"))
                .isEqualTo(ExitCode.CONFIG);

        assertThat(err().replace(folder + "/", "")).isEqualTo("""
                recipe.yaml:7:10 base.train.steps: This required key is missing; it must be an integer.
                    7 |   train: {step: 3}
                      |          ^
                recipe.yaml:7:11 base.train.step: This key is not known; known are steps, stepMillis, fate.
                    7 |   train: {step: 3}
                      |           ^
                  Maybe steps was meant.
                2 faults.
                """);
    }

    @Test
    @Tag("E14")
    void run_interrupted_goesOnWithTheSameCommand() throws Exception {
        write(RECIPE.replace("steps: 3", "steps: 40, stepMillis: 100"));
        Process process = start("run", "recipe.yaml", "--workers", "1");
        while (!Files.exists(folder.resolve("store.db"))
                || trials().stream().noneMatch(trial -> trial.state() == TrialState.RUNNING)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }

        process.destroy();

        assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(trials())
                .extracting(TrialRecord::state)
                .contains(TrialState.INTERRUPTED)
                .doesNotContain(TrialState.RUNNING);
        assertThat(assay("run", "recipe.yaml", "--workers", "4")).isZero();
        assertThat(trials()).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
    }

    @Test
    @Tag("P8")
    @Tag("R9")
    void run_killed_leavesNoWorkerBehindAndIsFinishedByTheSameCommand() throws Exception {
        write(RECIPE.replace("steps: 3", "steps: 30, stepMillis: 100"));
        Process process = start("run", "recipe.yaml", "--workers", "1");
        while (!Files.exists(folder.resolve("store.db"))
                || trials().stream().noneMatch(trial -> trial.state() == TrialState.RUNNING)) {
            Thread.sleep(50);
        }
        List<ProcessHandle> workers = process.descendants().toList();
        assertThat(workers).isNotEmpty();

        process.destroyForcibly().waitFor();

        for (ProcessHandle worker : workers) {
            worker.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
        }
        assertThat(assay("run", "recipe.yaml", "--workers", "4")).isZero();
        assertThat(trials()).extracting(TrialRecord::state).containsOnly(TrialState.COMPLETED);
    }

    private Process start(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Toy.class.getName()));
        command.addAll(arguments(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private int assay(String... args) {
        return assay(new Console(print(out), print(err), false, false), args);
    }

    private int assay(Console console, String... args) {
        out.reset();
        err.reset();
        Wrappers wrappers = Wrappers.of().with(new Wrapper<>("toy", Toy.ToyRun.class, Toy::new));
        return new CommandLineApplication(new Session("toy", Toy.class.getName(), wrappers, console))
                .run(arguments(args).toArray(String[]::new));
    }

    /** Files are meant relative to the test's folder. */
    private List<String> arguments(String... args) {
        List<String> all = new ArrayList<>();
        for (String arg : args) {
            all.add(arg.endsWith(".yaml") ? folder.resolve(arg).toString() : arg);
        }
        if (args.length > 0
                && List.of("run", "plan", "list", "show", "report", "activations", "similarity", "why", "reproduce")
                        .contains(args[0])) {
            all.addAll(List.of("--store", folder.resolve("store.db").toString()));
        }
        return all;
    }

    private void write(String recipe) throws Exception {
        Files.writeString(folder.resolve("recipe.yaml"), recipe);
    }

    private List<TrialRecord> trials() {
        return trials("toys");
    }

    private List<TrialRecord> trials(String experiment) {
        try (TrialStore store = TrialStore.open(folder.resolve("store.db"))) {
            return store.trialsOf(experiment);
        }
    }

    private static String cause(TrialRecord trial) {
        return trial.cause().orElseThrow().lines().findFirst().orElseThrow();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
