package dev.assay.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a heat map as a picture for papers and slides: on white, twice as fine as a screen. */
final class HeatMapPicture {
    private static final int FINENESS = 2;
    private static final int MARGIN = 20;
    private static final int GAP = 8;
    private static final int LEGEND = 14;
    private static final int CELL = 36;
    private static final int SMALL_CELL = 14;
    /** With more rows or columns, cells are small and have no numbers. */
    private static final int MOST_WRITTEN = 24;

    private static final Color INK = new Color(0x1b1f24);
    private static final Color SOFT = new Color(0x59636e);

    private final HeatMap map;
    private final int cell;
    private final FontMetrics names;
    private final FontMetrics titles;
    private final int left;
    private final int top;
    private final int bottom;

    private HeatMapPicture(HeatMap map, Graphics2D sample) {
        this.map = map;
        this.cell = isWritten(map) ? CELL : SMALL_CELL;
        this.names = sample.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        this.titles = sample.getFontMetrics(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        this.left = MARGIN + titles.getHeight() + GAP + widest(map.rows()) + GAP;
        this.top = MARGIN + titles.getHeight() + GAP;
        this.bottom = GAP + widest(map.columns()) + GAP + titles.getHeight() + MARGIN;
    }

    static BufferedImage of(HeatMap map) {
        BufferedImage sample = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        return new HeatMapPicture(map, sample.createGraphics()).draw();
    }

    private BufferedImage draw() {
        int right = left + cell * map.columns().size();
        int width = Math.max(
                        right + 3 * MARGIN + LEGEND + names.stringWidth("0.00"), left + titles.stringWidth(map.title()))
                + MARGIN;
        int height = top + cell * map.rows().size() + bottom;
        BufferedImage image = new BufferedImage(FINENESS * width, FINENESS * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        to.scale(FINENESS, FINENESS);
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, width, height);
        to.setColor(INK);
        write(to, titles, map.title(), left, MARGIN + titles.getAscent());
        drawCells(to);
        drawNames(to);
        drawLegend(to, right + MARGIN);
        to.dispose();
        return image;
    }

    private void drawCells(Graphics2D to) {
        for (int i = 0; i < map.rows().size(); i++) {
            for (int j = 0; j < map.columns().size(); j++) {
                int x = left + j * cell;
                to.setColor(Viridis.of(map.value(i, j)));
                to.fillRect(x, y(i), cell, cell);
                if (isWritten(map)) {
                    to.setColor(Viridis.writingOn(map.value(i, j)));
                    String text = map.text(i, j);
                    write(to, names, text, x + (cell - names.stringWidth(text)) / 2, middle(i));
                }
            }
        }
    }

    private void drawNames(Graphics2D to) {
        to.setColor(INK);
        for (int i = 0; i < map.rows().size(); i++) {
            String name = map.rows().get(i);
            write(to, names, name, left - GAP - names.stringWidth(name), middle(i));
        }
        int below = y(0) + cell + GAP;
        for (int j = 0; j < map.columns().size(); j++) {
            String name = map.columns().get(j);
            writeUp(to, names, name, left + j * cell + (cell + names.getAscent()) / 2, below + names.stringWidth(name));
        }
        to.setColor(SOFT);
        int ends = below + widest(map.columns()) + GAP + titles.getAscent();
        write(to, titles, map.columnTitle(), left, ends);
        writeUp(to, titles, map.rowTitle(), MARGIN + titles.getAscent(), y(0) + cell);
    }

    private void drawLegend(Graphics2D to, int x) {
        int height = cell * map.rows().size();
        for (int k = 0; k < height; k++) {
            to.setColor(Viridis.of(1 - (k + 0.5) / height));
            to.fillRect(x, top + k, LEGEND, 1);
        }
        to.setColor(INK);
        write(to, names, "1", x + LEGEND + GAP, top + names.getAscent());
        write(to, names, "0", x + LEGEND + GAP, top + height);
        to.setColor(SOFT);
        write(to, names, map.measure(), x, top + height + GAP + names.getAscent());
    }

    /** Upper edge of a row; the first is the lowest. */
    private int y(int row) {
        return top + (map.rows().size() - 1 - row) * cell;
    }

    private int middle(int row) {
        return y(row) + (cell + names.getAscent()) / 2 - 1;
    }

    private int widest(List<String> texts) {
        return texts.stream().mapToInt(names::stringWidth).max().orElse(0);
    }

    private static boolean isWritten(HeatMap map) {
        return Math.max(map.rows().size(), map.columns().size()) <= MOST_WRITTEN;
    }

    private static void write(Graphics2D to, FontMetrics font, String text, int x, int y) {
        to.setFont(font.getFont());
        to.drawString(text, x, y);
    }

    /** Turned to the left, beginning at the lower end. */
    private static void writeUp(Graphics2D to, FontMetrics font, String text, int x, int y) {
        AffineTransform before = to.getTransform();
        to.translate(x, y);
        to.rotate(-Math.PI / 2);
        write(to, font, text, 0, 0);
        to.setTransform(before);
    }
}
