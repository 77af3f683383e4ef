package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("A9")
@Timeout(300)
class CompareCommandTest {
    @TempDir
    Path folder;

    @Test
    @Tag("A2")
    @Tag("A5")
    void compare_groupsOfAnExperiment_tellsConfigsMetricsAndWords() throws Exception {
        ToyCommands toys = new ToyCommands(folder, StoreAddress.of(folder.resolve("store.db")));
        String recipe = toys.recipe(
                "base: {data: {}, model: {quality: 0.5}, train: {steps: 3}}",
                "sweep: {grid: {model.quality: [0.5, 0.7]}}",
                "replicates: 2");
        assertThat(toys.run("run", recipe)).isZero();
        assertThat(toys.err()).contains("note: 2 of 2 cells have fewer than 3 seeds with val.score, the least 2.");
        String low = "toys:model.quality < 0.6";
        String high = "toys:model.quality > 0.6";

        assertThat(toys.run("compare", low, high)).isZero();
        assertThat(toys.out())
                .contains("The val.score of " + high + " differs from that of " + low + " by ")
                .containsPattern("model\\.quality +0\\.5 +0\\.7");

        assertThat(toys.run("compare", low, high, "--metric", "val.score", "--json"))
                .isZero();
        assertThat(toys.json().at("/metrics/0/name").asString()).isEqualTo("val.score");
        assertThat(toys.json().at("/metrics/0/differences/0/mean").asDouble()).isGreaterThan(0);
        JsonNode curve = toys.json().at("/curves/0/groups/1");
        assertThat(toys.json().at("/curves/0/metric").asString()).isEqualTo("val.score");
        assertThat(curve.path("group").asString()).isEqualTo(high);
        assertThat(curve.path("trials").asInt()).isEqualTo(2);
        assertThat(curve.path("step").size()).isPositive();
        assertThat(curve.path("mean").size()).isEqualTo(curve.path("step").size());
        assertThat(curve.at("/low/0").asDouble())
                .isLessThanOrEqualTo(curve.at("/mean/0").asDouble());
        assertThat(toys.json().at("/config/0/path").asString()).isEqualTo("model.quality");
        assertThat(toys.run("compare", low, high, "--reduce", "best", "--json")).isZero();

        assertThat(toys.run("compare", low, high, "--reduce", "all")).isEqualTo(ExitCode.FAILED);
        assertThat(toys.err()).contains("The values of a training (--reduce) must be reduced to one: BEST or LAST.");
        assertThat(toys.run("compare", low, high, "--metric", "val.scores")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(toys.err()).contains("There is no metric (val.scores) in these trials; they have ");
        assertThat(toys.run("compare", "toys:model.quality > 2", high)).isEqualTo(ExitCode.FAILED);
        assertThat(toys.err()).contains("The group (toys:model.quality > 2) has no trials.");
    }
}
