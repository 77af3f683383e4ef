package dev.assay.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ways dependencies may go. A new package or a new direction is written down here first; a rule that matches nothing fails, as ArchUnit
 * has it by default.
 */
@AnalyzeClasses(packages = "dev.assay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.assay";

    /** Every package below {@code dev.assay} and the packages it may know. All may know {@code error}, none may know another. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("", Set.of("cli", "config", "run")),
            Map.entry("error", Set.of()),
            Map.entry("schemas", Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("config.schema", Set.of("config")),
            Map.entry("metric", Set.of()),
            Map.entry("random", Set.of()),
            Map.entry("identity", Set.of("config")),
            Map.entry("query", Set.of("config", "query.grammar")),
            Map.entry("query.grammar", Set.of()),
            Map.entry("recipe", Set.of("config", "config.schema", "identity", "query")),
            Map.entry("artifact", Set.of("provenance")),
            Map.entry("store", Set.of("artifact", "metric", "provenance", "schemas")),
            Map.entry("provenance", Set.of()),
            Map.entry("launch", Set.of("artifact", "config", "store")),
            Map.entry("run", Set.of("artifact", "config", "launch", "metric", "provenance", "store")),
            Map.entry("statistics", Set.of("random")),
            Map.entry("importance", Set.of("random", "statistics")),
            Map.entry("analysis", Set.of("config", "importance", "metric", "random", "statistics", "store")),
            Map.entry("figure", Set.of()),
            Map.entry("dashboard", Set.of("store")),
            Map.entry(
                    "report",
                    Set.of("analysis", "figure", "importance", "metric", "provenance", "statistics", "store")),
            Map.entry(
                    "cli",
                    Set.of(
                            "analysis",
                            "artifact",
                            "config",
                            "dashboard",
                            "identity",
                            "launch",
                            "metric",
                            "provenance",
                            "query",
                            "recipe",
                            "report",
                            "run",
                            "store",
                            "table")),
            Map.entry("table", Set.of("config", "query", "store")),
            Map.entry("parquet", Set.of("query", "store", "table")),
            Map.entry("s3", Set.of("artifact")),
            Map.entry("engine", Set.of()),
            Map.entry("data", Set.of("checkpoint", "config", "engine", "random")),
            Map.entry("data.corruption", Set.of("config", "data", "random")),
            Map.entry("schedule", Set.of("config", "metric")),
            Map.entry("optimizer", Set.of("config", "engine", "model")),
            Map.entry("model", Set.of("data", "engine", "random")),
            Map.entry("graph", Set.of("config", "data", "engine", "graph.op", "model", "random")),
            Map.entry("graph.picture", Set.of("graph", "graph.op")),
            Map.entry("graph.op", Set.of("config", "model", "random")),
            Map.entry("checkpoint", Set.of("artifact", "engine", "store")),
            Map.entry(
                    "training",
                    Set.of(
                            "activation",
                            "artifact",
                            "checkpoint",
                            "config",
                            "data",
                            "engine",
                            "graph",
                            "graph.picture",
                            "metric",
                            "model",
                            "optimizer",
                            "random",
                            "run",
                            "schedule",
                            "similarity",
                            "sink",
                            "store")),
            Map.entry("sink", Set.of()),
            Map.entry(
                    "junit", Set.of("artifact", "checkpoint", "config", "data", "engine", "run", "store", "training")),
            Map.entry("hook", Set.of("config", "data", "engine", "model", "random", "store", "training")),
            Map.entry("similarity", Set.of()),
            Map.entry("activation", Set.of("checkpoint", "similarity")),
            Map.entry(
                    "stitching",
                    Set.of("activation", "config", "data", "engine", "graph", "graph.op", "model", "similarity")),
            Map.entry("image", Set.of("cli", "launch", "provenance")),
            Map.entry("launch.docker", Set.of("config", "image", "launch", "store")),
            Map.entry("launch.slurm", Set.of("config", "image", "launch", "provenance", "store")),
            Map.entry("launch.kubernetes", Set.of("config", "launch", "provenance", "store")),
            Map.entry(
                    "examples.cifar10",
                    Set.of(
                            "",
                            "config",
                            "data",
                            "engine",
                            "examples.cifar10.data",
                            "examples.cifar10.model",
                            "graph",
                            "hook",
                            "metric",
                            "model",
                            "optimizer",
                            "random",
                            "schedule",
                            "sink",
                            "stitching",
                            "store",
                            "training")),
            Map.entry("examples.cifar10.data", Set.of("config", "data", "data.corruption", "random")),
            Map.entry("examples.cifar10.model", Set.of("checkpoint", "config", "graph", "graph.op", "model")));

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.assay.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ENGINE_TYPES_STAY_WITH_THE_ENGINE = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.assay.engine..",
                    "dev.assay.data..",
                    "dev.assay.graph..",
                    "dev.assay.model..",
                    "dev.assay.optimizer..",
                    "dev.assay.training..",
                    "dev.assay.hook..",
                    "dev.assay.checkpoint..",
                    "dev.assay.activation..",
                    "dev.assay.stitching..",
                    "dev.assay.junit..",
                    "dev.assay.examples..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..")
            .because("only wrappers, their tests and examples-cifar10 touch native memory");

    @ArchTest
    static final ArchRule PYTORCH_IS_BEHIND_ENGINE = noClasses()
            .that(not(resideInAPackage("dev.assay.engine..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..")
            .because("what DJL gets wrong is repaired in one place");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_THE_STORE = noClasses()
            .that(not(resideInAPackage("dev.assay.store..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..");

    @ArchTest
    static final ArchRule ANALYSIS_HAS_NO_INPUT_OR_OUTPUT = noClasses()
            .that()
            .resideInAnyPackage("dev.assay.analysis..", "dev.assay.importance..", "dev.assay.statistics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.sql..");

    @ArchTest
    static final ArchRule EXCEPTIONS_ARE_ASSAYS = classes()
            .that()
            .areAssignableTo(RuntimeException.class)
            .and()
            .arePublic()
            .should()
            .beAssignableTo("dev.assay.error.AssayException");

    @ArchTest
    static void everyPackage_knowsOnlyWhatIsListed(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        packages(classes.getPackage(ROOT)).forEach(each -> found.put(shortName(each), known(each)));

        List<String> surplus = new ArrayList<>();
        found.forEach((name, known) -> known.stream()
                .filter(other -> !ALLOWED.getOrDefault(name, Set.of()).contains(other))
                .forEach(other -> surplus.add("(" + name + ") knows (" + other + ")")));
        assertThat(surplus).as("directions that are not listed").isEmpty();
        assertThat(found.keySet()).as("packages").isEqualTo(ALLOWED.keySet());
    }

    private static List<JavaPackage> packages(JavaPackage root) {
        List<JavaPackage> all = new ArrayList<>(root.getSubpackagesInTree());
        all.add(root);
        return all.stream().filter(each -> !each.getClasses().isEmpty()).toList();
    }

    private static Set<String> known(JavaPackage one) {
        return one.getPackageDependenciesFromThisPackage().stream()
                .filter(other -> other.getName().equals(ROOT) || other.getName().startsWith(ROOT + "."))
                .map(ArchitectureTest::shortName)
                .filter(other -> !other.equals("error"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shortName(JavaPackage one) {
        return one.getName().equals(ROOT) ? "" : one.getName().substring(ROOT.length() + 1);
    }
}
