package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.config.ConfigException;
import dev.assay.config.ExampleRun;
import dev.assay.config.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("P1")
@Timeout(30)
class RecipeReaderTest {
    private static final Path FILE = Path.of("recipe.yaml");
    private static final String HEAD = """
            experiment: optimizers
            wrapper: classifier
            base:
              data: {kind: synthetic}
              model: {widths: [4]}
              train: {epochs: 3, optimizer: {kind: sgd, lr: 0.4}}
            """;
    private static final String GOOD = HEAD + """
            sweep:
              union:
                - grid: {train.optimizer.lr: [0.1, 0.4], train.optimizer.momentum: [0, 0.9]}
                - grid: {train.optimizer: [{kind: adamw, lr: 0.001}, {kind: adamw, lr: 1e-3}]}
            replicates: 2
            report: {metric: val.accuracy, baseline: {train.optimizer.lr: 4e-1, train.optimizer.kind: sgd}}
            """;

    @Test
    void parse_unionOfGrids_givesEachCellWithItsSeedsOnce() {
        Recipe<?> recipe = parse(GOOD);

        assertThat(recipe.name()).isEqualTo("optimizers");
        assertThat(recipe.description()).isEmpty();
        assertThat(recipe.wrapper()).isEqualTo("classifier");
        assertThat(recipe.file()).isEqualTo(FILE);
        assertThat(recipe.report().metric()).isEqualTo(Optional.of("val.accuracy"));
        assertThat(recipe.report().baseline().get("train.optimizer.lr")).hasToString("0.4");
        assertThat(recipe.report().baseline().get("train.optimizer.kind")).hasToString("\"sgd\"");
        assertThat(shown(
                        recipe,
                        trial -> trial.json().at("/train/optimizer") + " "
                                + trial.config().seed()))
                .containsExactly(
                        "{\"kind\":\"sgd\",\"lr\":0.1,\"momentum\":0.0} 1",
                        "{\"kind\":\"sgd\",\"lr\":0.1,\"momentum\":0.0} 2",
                        "{\"kind\":\"sgd\",\"lr\":0.1,\"momentum\":0.9} 1",
                        "{\"kind\":\"sgd\",\"lr\":0.1,\"momentum\":0.9} 2",
                        "{\"kind\":\"sgd\",\"lr\":0.4,\"momentum\":0.0} 1",
                        "{\"kind\":\"sgd\",\"lr\":0.4,\"momentum\":0.0} 2",
                        "{\"kind\":\"sgd\",\"lr\":0.4,\"momentum\":0.9} 1",
                        "{\"kind\":\"sgd\",\"lr\":0.4,\"momentum\":0.9} 2",
                        "{\"kind\":\"adamw\",\"lr\":0.001,\"beta1\":0.9} 1",
                        "{\"kind\":\"adamw\",\"lr\":0.001,\"beta1\":0.9} 2");
    }

    @Test
    void parse_zipTimesGrid_stepsTogether() {
        Recipe<?> recipe = parse(HEAD + """
                sweep:
                  zip: {train.epochs: [1, 2], train.optimizer.lr: [0.1, 0.2]}
                  grid: {seed: [5, 6]}
                """);

        assertThat(shown(
                        recipe,
                        trial -> trial.json().at("/train/epochs") + " "
                                + trial.json().at("/train/optimizer/lr") + " "
                                + trial.config().seed()))
                .containsExactly("1 0.1 5", "1 0.1 6", "2 0.2 5", "2 0.2 6");
    }

    @Test
    void parse_keysThatOnlyTheSweepSupplies_areNotMissing() {
        Recipe<?> recipe = parse(HEAD.replace("epochs: 3, ", "") + "sweep: {grid: {train.epochs: [1, 2]}}\n");

        assertThat(recipe.trials()).hasSize(2);
    }

    @Test
    void parse_withOverrides_changesTheRecipe() {
        Recipe<?> recipe = parse(GOOD, "sweep={}", "replicates=1", "base.train.epochs=7", "base.seed=9");

        assertThat(shown(
                        recipe,
                        trial -> trial.json().at("/train/epochs") + " "
                                + trial.config().seed()))
                .containsExactly("7 9");
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    void parse_faultyCells_areToldOnceAtTheSweepValue() {
        assertThat(refused("""
                        experiment: ab
                        wrapper: classifier
                        replicates: 2
                        base:
                          data: {kind: synthetic, pictures: -x}
                          model: {widths: [4]}
                          train: {optimizer: {kind: sgd, lr: 0.4}}
                        sweep:
                          grid:
                            train.optimizer.lr: [0.1, -1, fast]
                            train.epochs: [1, 2.5]
                            train.optimiser.lr: [0.1]
                            model.widths[3]: [3]
                        report: {metric: 3, baseline: {train.lr: 1, train.optimizer.lr: x}}
                        """)).isEqualTo("""
                        recipe.yaml:5:37 base.data.pictures: The value (-x) is text but must be an integer.
                        recipe.yaml:10:31 base.train.optimizer.lr: The value (-1.0) must be greater than 0.
                        recipe.yaml:10:35 base.train.optimizer.lr: The value (fast) is text but must be a number.
                        recipe.yaml:11:23 base.train.epochs: The value (2.5) is a decimal number but must be an integer.
                        recipe.yaml:12:5 base.train.optimiser: This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                          Maybe optimizer was meant.
                        recipe.yaml:13:5 base.model.widths[3]: The index [3] must be within the list, whose length is 1.
                        recipe.yaml:14:18 report.metric: The value (3) is an integer but must be text.
                          Maybe "3" was meant, in quotes.
                        recipe.yaml:14:32 report.baseline: The path (train.lr) must lead to a value, but lr is not known in train; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                        recipe.yaml:14:65 report.baseline.train.optimizer.lr: The value (x) is text but must be a number.
                        9 faults.""");
    }

    @Test
    void parse_faultInSomeCellsOnly_isTold() {
        assertThat(refused(HEAD + """
                        sweep:
                          grid:
                            train.optimizer: [{kind: sgd, lr: 1}, {kind: adamw}]
                            train.optimizer.momentum: [0.5]
                            train.warmup: [1, 9]
                        """)).isEqualTo("""
                        recipe.yaml:6:3 base.train: The warmup must not be longer than the training.
                        recipe.yaml:9:43 base.train.optimizer.lr: This required key is missing; it must be a number.
                        recipe.yaml:10:5 base.train.optimizer.momentum: This key is not known for kind adamw; known are lr, beta1.
                          Maybe kind sgd was meant, which has it.
                        3 faults.""");
    }

    @Test
    void parse_misshapenSweep_isToldWithEverythingElse() {
        assertThat(refused(HEAD + """
                        sweep:
                          zip:
                            train.optimizer.lr: [0.1, -1, fast]
                            train.epochs: [1, 2.5]
                          train.epochs: [3]
                          grid:
                            train.warmup: 4
                            model.widths: []
                            train.optimizer.lr: [3]
                            train.optimizer:
                              - {kind: sdg}
                        """)).isEqualTo("""
                        recipe.yaml:9:31 base.train.optimizer.lr: The value (-1.0) must be greater than 0.
                        recipe.yaml:9:35 base.train.optimizer.lr: The value (fast) is text but must be a number.
                        recipe.yaml:10:5 sweep.zip.train.epochs: The lists of a zip must be equally long, but this has 2 values and that of train.optimizer.lr has 3.
                        recipe.yaml:10:23 base.train.epochs: The value (2.5) is a decimal number but must be an integer.
                        recipe.yaml:11:3 sweep.train.epochs: This key is not known; known are grid, zip, union, where, when.
                          Maybe it was meant inside grid.
                        recipe.yaml:13:19 sweep.grid.train.warmup: The value (4) is an integer but must be a list of values.
                          Maybe [4] was meant.
                        recipe.yaml:14:19 sweep.grid.model.widths: The list is empty but must have a value; without one there are no trials.
                        recipe.yaml:15:5 sweep: The path (train.optimizer.lr) must be set once in a cell, but another part of this sweep (8:3) sets it too.
                        recipe.yaml:17:16 base.train.optimizer.kind: The value (sdg) must be one of sgd, adamw.
                          Maybe sgd was meant.
                        9 faults.""");
    }

    @Test
    void parse_when_addsWhatBelongsToTheAlternativeOnly() {
        Recipe<?> recipe = parse(HEAD + """
                sweep:
                  grid: {train.optimizer: [{kind: sgd, lr: 1}, {kind: adamw, lr: 2}, {kind: sgd, lr: 3}]}
                  when:
                    train.optimizer.kind:
                      sgd:
                        grid: {train.optimizer.momentum: [0, 0.9]}
                        when: {train.precision: {float32: {zip: {train.epochs: [8], train.warmup: [2]}}}}
                      adamw: {grid: {train.optimizer.beta1: [0.5]}}
                """);

        assertThat(shown(
                        recipe,
                        trial -> trial.json().at("/train/optimizer/lr") + " "
                                + trial.json().at("/train/optimizer/momentum")
                                + trial.json().at("/train/optimizer/beta1") + " "
                                + trial.json().at("/train/epochs")))
                .containsExactly("1.0 0.0 8", "1.0 0.9 8", "2.0 0.5 3", "3.0 0.0 8", "3.0 0.9 8");
    }

    @Test
    void parse_where_dropsTrialsItDoesNotHoldFor() {
        Recipe<?> recipe = parse(HEAD + """
                sweep:
                  union:
                    - grid: {train.epochs: [1, 2, 3], train.warmup: [1, 2]}
                      where: train.warmup < train.epochs and not (train.epochs = 3 and seed = 2)
                    - grid: {train.epochs: [1]}
                replicates: 2
                """);

        assertThat(shown(
                        recipe,
                        trial -> trial.json().at("/train/epochs") + " "
                                + trial.json().at("/train/warmup") + " "
                                + trial.config().seed()))
                .containsExactly("2 1 1", "2 1 2", "3 1 1", "3 2 1", "1 1 1", "1 1 2");
    }

    @Test
    void parse_whereOfFaultyCells_sparesThoseItDrops() {
        String sweep = """
                sweep:
                  grid: {train.epochs: [1, 2], train.warmup: [1, 2]}
                  where: train.warmup <= train.epochs
                """;

        assertThat(parse(HEAD + sweep).trials()).hasSize(3);
        assertThat(refused(HEAD + sweep.replace("<= train.epochs", "< 9")))
                .isEqualTo("recipe.yaml:6:3 base.train: The warmup must not be longer than the training.\n1 fault.");
        assertThat(refused(HEAD + sweep.replace("<= train.epochs", "> 9")))
                .isEqualTo("recipe.yaml:8:3 sweep: There must be a trial, but no cell holds the conditions.\n1 fault.");
    }

    @Test
    void parse_faultyConditions_areToldWithEverythingElse() {
        assertThat(refused(HEAD.replace("epochs: 3", "epochs: -3") + """
                        sweep:
                          where: train.epoch < 3 or train.optimizer.kind = 'sdg'
                          when:
                            train.optimizer.kind:
                              sdg: {grid: {train.optimizer.momentum: [0]}}
                              sgd: {grid: {train.optimizer: [{kind: adamw, lr: 1}]}}
                            train.epochs: {three: {}}
                            train.precison: {float32: {}}
                            train.precision: [float32]
                        """)).isEqualTo("""
                        recipe.yaml:6:19 base.train.epochs: The value (-3) must be greater than or equal to 1.
                        recipe.yaml:8:10 sweep.where: At character 1 of the condition: The path (train.epoch) must lead to a value, but epoch is not known in train; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                          Maybe epochs was meant.
                        recipe.yaml:8:10 sweep.where: At character 43 of the condition: The value ('sdg') does not fit the field (train.optimizer.kind), which is one of sgd, adamw.
                          Maybe sgd was meant.
                        recipe.yaml:11:7 sweep.when.train.optimizer.kind: The value (sdg) must be one of sgd, adamw.
                          Maybe sgd was meant.
                        recipe.yaml:12:20 sweep.when.train.optimizer.kind: The path (train.optimizer) must not be set here, since that depends on (train.optimizer.kind).
                        recipe.yaml:13:5 sweep.when: The path (train.epochs) must lead to a kind, another name or a boolean.
                        recipe.yaml:14:5 sweep.when: The path (train.precison) must lead to a value, but precison is not known in train; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                          Maybe precision was meant.
                        recipe.yaml:15:22 sweep.when.train.precision: The value is a list but must be a mapping of values to sweeps.
                        8 faults.""");
    }

    @Test
    void parse_tooManyTrials_isRefusedBeforeTheyAreMade() {
        StringBuilder sweep = new StringBuilder("sweep:\n  grid:\n");
        for (int i = 0; i < 70; i++) {
            sweep.append("    model.scales.s").append(i).append(": [1, 2, 3]\n");
        }

        assertThat(refused(HEAD + sweep))
                .isEqualTo(
                        "recipe.yaml:8:3 sweep: The trials (more than can be counted) must be at most 100000.\n1 fault.");
    }

    @Test
    @Tag("P1")
    void parse_baselineOfNoCell_isTold() {
        assertThat(refused(GOOD.replace("4e-1", "0.3")
                        .replace("train.optimizer.kind: sgd}", "train.optimizer.beta1: 0.5}")))
                .isEqualTo("""
                        recipe.yaml:12:63 report.baseline.train.optimizer.lr: The baseline must be among the trials, but none has this value; there is 0.1, 0.4, 0.001.
                        recipe.yaml:12:91 report.baseline.train.optimizer.beta1: The baseline must be among the trials, but none has this value; there is 0.9.
                        2 faults.""");
        assertThat(refused(GOOD.replace("kind: sgd}}", "kind: adamw}}")))
                .isEqualTo(
                        "recipe.yaml:12:42 report.baseline: The baseline must be among the trials, but none has all of these values together.\n1 fault.");
    }

    @Test
    @Tag("C17")
    void parse_versionOfTheFormat_isChecked() {
        assertThat(parse("schemaVersion: 1\n" + GOOD).warnings()).isEmpty();
        assertThat(refused("schemaVersion: 2\n" + GOOD)).isEqualTo("""
                        recipe.yaml:1:16 schemaVersion: The version (2) must be from 1 to 1.
                          Maybe a newer version of this program wrote the file.
                        1 fault.""");
    }

    @Test
    @Tag("C6")
    void parse_wrongEnvelope_isTold() {
        assertThat(refused("experiment: a/b\nwrapper: clasifier\nbse: 3\nreplicates: 0\n"))
                .isEqualTo("""
                        recipe.yaml:1:1 base: This required key is missing; it must be a value.
                        recipe.yaml:1:13 experiment: The value (a/b) must be at most 100 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.
                        recipe.yaml:2:10 wrapper: The value (clasifier) must be one of classifier.
                          Maybe classifier was meant.
                        recipe.yaml:3:1 bse: This key is not known; known are schemaVersion, include, profiles, experiment, description, wrapper, base, design, sweep, replicates, report.
                          Maybe base was meant.
                        recipe.yaml:4:13 replicates: The value (0) must be greater than or equal to 1.
                        5 faults.""");
    }

    @Test
    void read_file_isReadOrTold(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("r.yaml"), GOOD);
        Path none = folder.resolve("none.yaml");

        assertThat(reader().read(file, List.of()).trials()).hasSize(10);
        assertThat(catchThrowableOfType(ConfigException.class, () -> reader().read(none, List.of())))
                .hasMessage(none + ": There is no such file.\n1 fault.");
    }

    private static RecipeReader reader() {
        return RecipeReader.of(Map.of("classifier", ExampleRun.class));
    }

    private static Recipe<?> parse(String yaml, String... sets) {
        return reader().parse(yaml, FILE, List.of(sets));
    }

    private static String refused(String yaml) {
        return String.valueOf(
                catchThrowableOfType(ConfigException.class, () -> parse(yaml)).getMessage());
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    @Tag("C4")
    @Tag("C6")
    void parse_everyKindOfFault_yieldsExactlyTheList() {
        String yaml = """
                experiment: "not a name!"
                wrapper: classifier
                include: [none.yaml]
                replicates: 0
                notes: !memo {a: 1}
                profiles: {quick: {include: [x.yaml]}}
                base:
                  seed: 1.0
                  data: {kind: file, dir: 7}
                  model: &m {widths: [1, -2, "3", .nan], scales: {a: yes, 3: 1}, dropout: 1e999, dropout: 0.5}
                  train:
                    warmup: 9223372036854775808
                    precision: f32
                    timeout: 90
                    optimizer: {kind: sgd, lr: 0, beta1: 1, "half \\uD800": 1}
                sweep: {grid: {train.epochz: [1], train.epochs: []}}
                report: {metrik: val.loss, baseline: {train.epochs: many}}
                """;

        assertThat(refused(yaml)).isEqualTo("""
                recipe.yaml:1:13 experiment: The value (not a name!) must be at most 100 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.
                recipe.yaml:3:11 include[0]: There is no such file (none.yaml).
                recipe.yaml:4:13 replicates: The value (0) must be greater than or equal to 1.
                recipe.yaml:5:1 notes: This key is not known; known are schemaVersion, include, profiles, experiment, description, wrapper, base, design, sweep, replicates, report.
                recipe.yaml:5:8 notes: The tag (!memo) must be left out; a file holds plain values only.
                recipe.yaml:6:20 profiles.quick.include: This key must stand in the recipe itself.
                recipe.yaml:8:9 base.seed: The value (1.0) is a decimal number but must be an integer.
                  Maybe 1 was meant.
                recipe.yaml:9:16 base.data.kind: The value (file) must be one of files, synthetic.
                  Maybe files was meant.
                recipe.yaml:10:26 base.model.widths[1]: The value (-2) must be greater than 0.
                recipe.yaml:10:30 base.model.widths[2]: The value (3) is text but must be an integer.
                  Maybe it was meant without quotes.
                recipe.yaml:10:35 base.model.widths[3]: The value (.nan) must be a finite number.
                recipe.yaml:10:54 base.model.scales.a: The value (yes) is text but must be a number.
                recipe.yaml:10:59 base.model.scales: The key (3) must be text.
                  Maybe "3" was meant, in quotes.
                recipe.yaml:10:75 base.model.dropout: The value (1e999) is too large for a number.
                recipe.yaml:10:82 base.model.dropout: The key (dropout) must be given once, but stands at 10:66 too.
                recipe.yaml:12:13 base.train.warmup: The value (9223372036854775808) must be an integer from -2147483648 to 2147483647.
                recipe.yaml:13:16 base.train.precision: The value (f32) must be one of float32, bfloat16, mixed.
                  Maybe float32 was meant.
                recipe.yaml:14:14 base.train.timeout: The value (90) is an integer but must be a duration such as 90s or 1h30m.
                  Maybe 90s was meant.
                recipe.yaml:15:32 base.train.optimizer.lr: The value (0.0) must be greater than 0.
                recipe.yaml:15:35 base.train.optimizer.beta1: This key is not known for kind sgd; known are lr, momentum.
                  Maybe kind adamw was meant, which has it.
                recipe.yaml:15:45 base.train.optimizer: The text must be valid Unicode, but holds half of a surrogate pair.
                recipe.yaml:16:16 base.train.epochz: This key is not known; known are epochs, batchSize, warmup, precision, timeout, optimizer, comment.
                  Maybe epochs was meant.
                recipe.yaml:16:49 sweep.grid.train.epochs: The list is empty but must have a value; without one there are no trials.
                recipe.yaml:17:10 report.metrik: This key is not known; known are metric, baseline.
                  Maybe metric was meant.
                recipe.yaml:17:53 report.baseline.train.epochs: The value (many) is text but must be an integer.
                25 faults.""");
    }

    private static List<String> shown(Recipe<?> recipe, Function<PlannedTrial<? extends RunConfig>, String> form) {
        return recipe.trials().stream().map(trial -> form.apply(trial)).toList();
    }
}
