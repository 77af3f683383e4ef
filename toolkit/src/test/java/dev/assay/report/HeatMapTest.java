package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatMapTest {
    @TempDir
    Path folder;

    @Test
    @Tag("G14")
    void write_makesAPageThatLoadsNothing_aPictureAndTheNumbers() throws Exception {
        List<Path> files = HeatMapFiles.write(map(4, 3), folder, "similarity");

        assertThat(files)
                .containsExactly(
                        folder.resolve("similarity.html"),
                        folder.resolve("similarity.csv"),
                        folder.resolve("similarity.png"));
        assertThat(page(files.get(0)))
                .contains("<h1>cka of a &amp; b</h1>")
                .contains("default-src &#39;none&#39;")
                .contains("block&lt;1&gt;.conv2")
                .contains("block\\u003c1>.conv2")
                .doesNotContain("<link")
                .doesNotContainPattern("<script[^>]+src=");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    @Tag("G14")
    void csv_quotesNamesAndKeepsAllDigits() {
        HeatMap map = new HeatMap(
                "", "", "cka", "", "", List.of("a,b", "c\"d"), List.of("x"), List.of(List.of(1 / 3.0), List.of(-0.5)));

        assertThat(map.csv()).isEqualTo("cka,x\n\"a,b\",0.3333333333333333\n\"c\"\"d\",-0.5\n");
    }

    @Test
    @Tag("G14")
    void picture_hasTheFirstRowAtTheBottom_inTheColoursOfItsValues() throws Exception {
        HeatMap map = new HeatMap(
                "t", "", "cka", "r", "c", List.of("low", "high"), List.of("x"), List.of(List.of(0.0), List.of(1.0)));

        BufferedImage image =
                ImageIO.read(HeatMapFiles.write(map, folder, "two").get(2).toFile());

        List<Integer> colours = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth() / 2; x++) {
                int colour = image.getRGB(x, y);
                if (colour == Viridis.of(0).getRGB() || colour == Viridis.of(1).getRGB()) {
                    colours.add(colour);
                }
            }
        }
        assertThat(colours.get(0)).isEqualTo(Viridis.of(1).getRGB());
        assertThat(colours.get(colours.size() - 1)).isEqualTo(Viridis.of(0).getRGB());
    }

    @Test
    @Tag("G14")
    void colours_riseInBrightness_andEndWhereTheScaleDoes() {
        double before = -1;
        for (int i = 0; i <= 20; i++) {
            Color colour = Viridis.of(i / 20.0);
            double brightness = 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
            assertThat(brightness).isGreaterThan(before);
            before = brightness;
        }
        assertThat(Viridis.of(-3)).isEqualTo(Viridis.of(0));
        assertThat(Viridis.of(7)).isEqualTo(Viridis.of(1));
    }

    /** Without the charting library, which would be the whole of a message. */
    private static String page(Path file) throws Exception {
        return Files.readString(file).replace(ReportFiles.resource(ReportFiles.CHARTS), "");
    }

    private static HeatMap map(int rows, int columns) {
        List<List<Double>> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                row.add(1.05 * Math.exp(-Math.abs(i - j) * 0.35) - 0.05);
            }
            values.add(row);
        }
        return new HeatMap(
                "cka of a & b",
                "On 10000 examples of (test), units all.",
                "cka",
                "trial 3f9a0c11d2",
                "trial 81bc77e0f1",
                names(rows),
                names(columns),
                values);
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("block<" + i / 2 + ">.conv" + (i % 2 + 1));
        }
        return names;
    }
}
