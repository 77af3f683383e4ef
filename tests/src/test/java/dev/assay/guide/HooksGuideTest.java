package dev.assay.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.run.Outcome;
import dev.assay.run.StorelessTrial;
import dev.assay.run.Trial;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.Weights;
import dev.assay.training.Hook;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code docs/hooks.md}: its Java is that of this package, its configs are trained, its table names every point there is. */
class HooksGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "hooks.md");

    @TempDir
    Path folder;

    @Test
    void javaOfTheGuide_isThatOfThisPackage() throws Exception {
        assertThat(Guide.read(GUIDE).javaNotIn(Path.of("src/test/java/dev/assay/guide")))
                .isEmpty();
    }

    @Test
    @Tag("T3")
    void tableOfTheGuide_namesEveryPoint() throws Exception {
        Set<String> points = Arrays.stream(Hook.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && method.getReturnType() != Map.class)
                .map(Method::getName)
                .filter(name -> !Set.of("name", "metrics", "restore").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> told = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(name -> Character.isLowerCase(name.charAt(0)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(points);
    }

    @Test
    @Tag("T4")
    @Tag("T12")
    @Tag("T13")
    void configsOfTheGuide_areTrained_theSecondWithTheFirstAsItsTeacher() throws Exception {
        Guide guide = Guide.read(GUIDE);
        StudentRun teacher = config(guide, "teacher.yaml");
        Outcome.Completed taught = (Outcome.Completed) new Student().run(trial(teacher, Optional.empty()));

        Outcome.Completed outcome = (Outcome.Completed) new Student()
                .run(trial(config(guide, "student.yaml"), Optional.of(record(teacher, taught.weights()))));

        assertThat(taught.metrics()).containsKey("train.passBatches");
        assertThat(outcome.metrics().get("test.accuracy")).isGreaterThan(0.3);
    }

    private static StudentRun config(Guide guide, String file) {
        return ConfigReader.of(StudentRun.class).parse(guide.file(file), file);
    }

    private static TrialRecord record(StudentRun config, Optional<Weights> weights) {
        return new TrialRecord(
                "c0ffee12",
                "student",
                ConfigWriter.toJson(config),
                Optional.empty(),
                TrialState.COMPLETED,
                1,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                weights,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    private Trial<StudentRun> trial(StudentRun config, Optional<TrialRecord> other) {
        Path directory = folder.resolve("trials").resolve(Integer.toHexString(config.hashCode()));
        return new StorelessTrial<>(config, folder, directory, 2) {
            @Override
            public Optional<TrialRecord> other(String hashPrefix) {
                return other.filter(record -> record.hash().startsWith(hashPrefix));
            }
        };
    }
}
