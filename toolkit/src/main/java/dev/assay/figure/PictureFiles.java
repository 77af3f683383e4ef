package dev.assay.figure;

import dev.assay.figure.Picture.Anchor;
import dev.assay.figure.Picture.Disc;
import dev.assay.figure.Picture.Mark;
import dev.assay.figure.Picture.Path;
import dev.assay.figure.Picture.Words;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Pictures as files of the usual formats. */
public final class PictureFiles {
    /** Pixels in a point: 216 in an inch. */
    private static final int FINENESS = 3;

    private PictureFiles() {}

    /** An SVG document whose texts are text, in Helvetica or what stands in for it. */
    public static String svg(Picture picture) {
        String marks = picture.marks().stream().map(PictureFiles::svg).collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0fpt\" height=\"%2$.0fpt\" viewBox=\"0 0 %1$.0f %2$.0f\""
                        + " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n%3$s%n</svg>%n",
                picture.width(),
                picture.height(),
                marks);
    }

    private static String svg(Mark mark) {
        if (mark instanceof Path path) {
            String points = IntStream.range(0, path.points().size() / 2)
                    .mapToObj(i -> number(path.points().get(2 * i)) + ","
                            + number(path.points().get(2 * i + 1)))
                    .collect(Collectors.joining(" "));
            return path.fill()
                    .map(fill -> String.format(
                            Locale.ROOT,
                            "<polygon points=\"%s\" fill=\"#%06x\" fill-opacity=\"%s\"/>",
                            points,
                            fill,
                            number(path.opacity())))
                    .orElseGet(() -> String.format(
                            Locale.ROOT,
                            "<polyline points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%s\" stroke-opacity=\"%s\" stroke-linejoin=\"round\"/>",
                            points,
                            path.stroke().orElse(0),
                            number(path.width()),
                            number(path.opacity())));
        }
        if (mark instanceof Disc disc) {
            return String.format(
                    Locale.ROOT,
                    "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"#%06x\" fill-opacity=\"%s\"/>",
                    number(disc.x()),
                    number(disc.y()),
                    number(disc.radius()),
                    disc.color(),
                    number(disc.opacity()));
        }
        Words words = (Words) mark;
        return String.format(
                Locale.ROOT,
                "<text x=\"%1$s\" y=\"%2$s\" font-size=\"%3$s\" text-anchor=\"%4$s\" fill=\"#%5$06x\"%6$s>%7$s</text>",
                number(words.x()),
                number(words.y()),
                number(words.size()),
                words.anchor().name().toLowerCase(Locale.ROOT),
                words.color(),
                words.isUpward()
                        ? " transform=\"rotate(-90 " + number(words.x()) + " " + number(words.y()) + ")\""
                        : "",
                words.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }

    /**
     * A PNG on white.
     *
     * @throws NullPointerException or {@link InternalError} where the Java runtime finds no font
     */
    public static byte[] png(Picture picture) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(picture.width() * FINENESS),
                (int) Math.ceil(picture.height() * FINENESS),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D to = image.createGraphics();
        to.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        to.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        to.setColor(Color.WHITE);
        to.fillRect(0, 0, image.getWidth(), image.getHeight());
        to.scale(FINENESS, FINENESS);
        picture.marks().forEach(mark -> paint(to, mark));
        to.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void paint(Graphics2D to, Mark mark) {
        if (mark instanceof Words words) {
            write(to, words);
        } else if (mark instanceof Disc disc) {
            to.setComposite(AlphaComposite.SrcOver.derive((float) disc.opacity()));
            to.setColor(new Color(disc.color()));
            double size = 2 * disc.radius();
            to.fill(new Ellipse2D.Double(disc.x() - disc.radius(), disc.y() - disc.radius(), size, size));
        } else if (mark instanceof Path path) {
            Path2D shape = new Path2D.Double();
            shape.moveTo(path.points().get(0), path.points().get(1));
            for (int i = 2; i < path.points().size(); i += 2) {
                shape.lineTo(path.points().get(i), path.points().get(i + 1));
            }
            to.setComposite(AlphaComposite.SrcOver.derive((float) path.opacity()));
            to.setColor(new Color(path.fill().or(path::stroke).orElse(0)));
            to.setStroke(new BasicStroke((float) path.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
            if (path.fill().isPresent()) {
                to.fill(shape);
            } else {
                to.draw(shape);
            }
        }
    }

    /** In whatever sans serif there is, drawn as wide as Helvetica would be. */
    private static void write(Graphics2D to, Words words) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) words.size());
        double width = Helvetica.width(words.text(), words.size());
        double own =
                font.getStringBounds(words.text(), to.getFontRenderContext()).getWidth();
        AffineTransform before = to.getTransform();
        to.setComposite(AlphaComposite.SrcOver);
        to.setColor(new Color(words.color()));
        to.translate(words.x(), words.y());
        if (words.isUpward()) {
            to.rotate(-Math.PI / 2);
        }
        to.translate(-shift(words.anchor(), width), 0);
        to.scale(own > 0 ? width / own : 1, 1);
        to.setFont(font);
        to.drawString(words.text(), 0, 0);
        to.setTransform(before);
    }

    /** How far to the left of its place a text begins. */
    static double shift(Anchor anchor, double width) {
        return switch (anchor) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
    }
}
