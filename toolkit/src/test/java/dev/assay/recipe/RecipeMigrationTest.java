package dev.assay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.config.ConfigException;
import dev.assay.config.DotPath;
import dev.assay.config.LocatedNode;
import dev.assay.config.LocatedTrees;
import dev.assay.config.Migration;
import dev.assay.config.Migrations;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C17")
class RecipeMigrationTest {
    private static final String OLD = """
            # Why this is asked.
            experiment: old # its name
            base:
              train: {rounds: 3, optimizer: {kind: sgd}} # rounds of training
            """;

    /** {@code train.rounds} got another name, and an optimizer too. */
    private static final class Renamed implements Migration {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public String description() {
            return "Rounds are called epochs.";
        }

        @Override
        public LocatedNode.Mapping migrate(LocatedNode.Mapping root) {
            DotPath train = DotPath.parse("base.train");
            return LocatedTrees.find(root, train)
                    .map(LocatedNode.Mapping.class::cast)
                    .map(old -> {
                        LocatedNode.Mapping renamed = new LocatedNode.Mapping(
                                old.place(),
                                old.entries().stream().map(Renamed::entry).toList());
                        return (LocatedNode.Mapping) LocatedTrees.set(root, train, renamed, old.place());
                    })
                    .orElse(root);
        }

        private static LocatedNode.Entry entry(LocatedNode.Entry entry) {
            if (entry.key().equals("rounds")) {
                return new LocatedNode.Entry("epochs", entry.keyPlace(), entry.value());
            }
            return new LocatedNode.Entry(entry.key(), entry.keyPlace(), kind(entry.value()));
        }

        private static LocatedNode kind(LocatedNode value) {
            return LocatedTrees.find(value, DotPath.parse("kind"))
                    .map(kind -> LocatedTrees.set(
                            value,
                            DotPath.parse("kind"),
                            new LocatedNode.Scalar(kind.place(), LocatedNode.Form.TEXT, "momentum"),
                            kind.place()))
                    .orElse(value);
        }
    }

    /** Values moved into a part of their own. */
    private static final class Moved implements Migration {
        @Override
        public int from() {
            return 1;
        }

        @Override
        public String description() {
            return "The name has a part of its own.";
        }

        @Override
        public LocatedNode.Mapping migrate(LocatedNode.Mapping root) {
            return root.find("experiment")
                    .map(entry -> (LocatedNode.Mapping) LocatedTrees.set(
                            root.without("experiment"), DotPath.parse("is.named"), entry.value(), entry.keyPlace()))
                    .orElse(root);
        }
    }

    @Test
    void of_renamedKeysAndValues_keepsEverythingElse() {
        RecipeMigration migrated = migrated(OLD, new Renamed());

        assertThat(migrated.text()).isEqualTo("""
                # Why this is asked.
                schemaVersion: 2
                experiment: old # its name
                base:
                  train: {epochs: 3, optimizer: {kind: momentum}} # rounds of training
                """);
        assertThat(migrated.keepsComments()).isTrue();
        assertThat(migrated.changes())
                .containsExactly(
                        "base.train.rounds: 3 → –",
                        "base.train.optimizer.kind: \"sgd\" → \"momentum\"",
                        "schemaVersion: – → 2",
                        "base.train.epochs: – → 3");
        assertThat(migrated.steps()).containsExactly("This was read as version 1. Rounds are called epochs.");
        assertThat(RecipeMigration.of(migrated.text(), "r.yaml", Migrations.of(List.of(new Renamed()))))
                .isEmpty();
    }

    @Test
    void of_versionThatIsWritten_isReplaced() {
        assertThat(migrated(
                                "experiment: é😀\nschemaVersion: 1 # old\nbase: {train: {a: '😀', rounds: 3}}\n",
                                new Renamed())
                        .text())
                .isEqualTo("experiment: é😀\nschemaVersion: 2 # old\nbase: {train: {a: '😀', epochs: 3}}\n");
    }

    @Test
    void of_whatNoEditDoes_isWrittenAnew() {
        RecipeMigration moved = migrated(OLD, new Moved());
        RecipeMigration quoted = migrated("base: {train: {\"rounds\": 3}} # why\n", new Renamed());
        RecipeMigration flow = migrated("{base: {train: {rounds: 3}}} # why\n", new Renamed());

        assertThat(List.of(moved, quoted, flow))
                .extracting(RecipeMigration::keepsComments)
                .containsOnly(false);
        assertThat(moved.text()).startsWith("schemaVersion: 2\nbase:\n").endsWith("is:\n  named: \"old\"\n");
        assertThat(quoted.text())
                .isEqualTo("schemaVersion: 2\nbase:\n  train:\n    epochs: 3\n")
                .isEqualTo(flow.text());
    }

    @Test
    void of_whatIsNoRecipe_isRefused() {
        assertThatThrownBy(() -> migrated("[1]", new Renamed()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("r.yaml:1:1: The value is a list but must be a mapping.\n1 fault.");
        assertThatThrownBy(() -> migrated("schemaVersion: 3", new Renamed()))
                .hasMessageStartingWith("r.yaml:1:16 schemaVersion: The version (3) must be from 1 to 2.");
        assertThatThrownBy(() -> migrated("a: [", new Renamed())).hasMessageContaining("This is not valid YAML");
    }

    private static RecipeMigration migrated(String text, Migration migration) {
        return RecipeMigration.of(text, "r.yaml", Migrations.of(List.of(migration)))
                .orElseThrow();
    }
}
