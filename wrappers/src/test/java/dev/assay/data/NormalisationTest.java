package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.error.AssayException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("D8")
class NormalisationTest {

    @Test
    void from_knownPixels_isExact() {
        ImageSet images = ImageSet.builder(new ImageFormat(1, 2, 2), List.of("only"), 2)
                .set(0, 0, new byte[] {0, 10, (byte) 255, 10})
                .set(1, 0, new byte[] {0, 10, (byte) 255, 10})
                .build();

        Normalisation normalisation = Normalisation.from(images);

        assertThat(normalisation.mean()).containsExactly(0.5, 10 / 255.0);
        assertThat(normalisation.std()).containsExactly(0.5, 1.0);
        assertThat(normalisation.table(0)[0]).isEqualTo(-1f);
        assertThat(normalisation.table(0)[255]).isEqualTo(1f);
        assertThat(normalisation.table(1)[10]).isZero();
    }

    @Test
    void from_manyPixels_agreesWithTwoPassesInDouble() {
        ImageSet images = Pictures.random(Pictures.FORMAT, 50);

        Normalisation normalisation = Normalisation.from(images);

        for (int channel = 0; channel < 3; channel++) {
            double mean = 0;
            double variance = 0;
            int count = 50 * 48;
            for (int i = 0; i < 50; i++) {
                for (int at = channel; at < 144; at += 3) {
                    mean += (images.picture(i)[at] & 0xFF) / 255.0 / count;
                }
            }
            for (int i = 0; i < 50; i++) {
                for (int at = channel; at < 144; at += 3) {
                    variance += Math.pow((images.picture(i)[at] & 0xFF) / 255.0 - mean, 2) / count;
                }
            }
            assertThat(normalisation.mean().get(channel)).isCloseTo(mean, within(1e-13));
            assertThat(normalisation.std().get(channel)).isCloseTo(Math.sqrt(variance), within(1e-13));
        }
    }

    @Test
    void from_selection_countsOnlyItsPictures() {
        ImageSet all = Pictures.random(Pictures.FORMAT, 20);

        assertThat(Normalisation.from(all.select(3, 7))).isNotEqualTo(Normalisation.from(all));
        assertThat(Normalisation.from(all.select(3, 7))).isEqualTo(Normalisation.from(all.select(7, 3)));
    }

    @Test
    void json_ofANormalisation_readsBackBitForBit() {
        ImagePartition partition = ImagePartition.training(Pictures.random(Pictures.FORMAT, 50), Augmentation.none());
        JsonMapper mapper = new JsonMapper();

        String json = mapper.writeValueAsString(partition.normalisations());

        assertThat(mapper.readTree(json).at("/image/mean").size()).isEqualTo(3);
        assertThat(mapper.treeToValue(mapper.readTree(json).get("image"), Normalisation.class))
                .isEqualTo(partition.normalisation());
        assertThat(Cycle.longest(Map.of("a", partition)).normalisations())
                .isEqualTo(Map.of("a/image", partition.normalisation()));
    }

    @Test
    void from_noPictures_isRefused() {
        assertThatThrownBy(() -> Normalisation.from(Pictures.numbered(3).select()))
                .isInstanceOf(AssayException.class)
                .hasMessage("A normalisation cannot be computed from 0 pictures.");
    }

    @Test
    void of_zeroDeviation_isRefused() {
        assertThatThrownBy(() -> new Normalisation(List.of(0.5), List.of(0.0)))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("one positive deviation for each channel");
    }
}
