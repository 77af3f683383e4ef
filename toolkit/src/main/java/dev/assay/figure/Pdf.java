package dev.assay.figure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.assay.figure.Picture.Disc;
import dev.assay.figure.Picture.Mark;
import dev.assay.figure.Picture.Path;
import dev.assay.figure.Picture.Words;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A picture as a PDF of one page (ISO 32000-1), whose texts are text in Helvetica, one of the fonts every reader has. Letters that the font's
 * Windows encoding lacks become question marks, but for the minus sign.
 */
public final class Pdf {
    private static final Charset ENCODING = Charset.forName("windows-1252");
    /** How far the control points of a quarter circle are from its ends. */
    private static final double ROUND = 0.5523;

    private final Picture picture;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> places = new ArrayList<>();

    private Pdf(Picture picture) {
        this.picture = picture;
    }

    public static byte[] of(Picture picture) {
        return new Pdf(picture).write();
    }

    private byte[] write() {
        Set<Integer> opacities = new TreeSet<>();
        StringBuilder content = new StringBuilder("1 J 1 j\n");
        picture.marks().forEach(mark -> mark(content, mark, opacities));
        StringBuilder states = new StringBuilder();
        opacities.forEach(each ->
                states.append(String.format(Locale.ROOT, "/G%1$d << /ca %2$.2f /CA %2$.2f >> ", each, each / 100.0)));
        put("%PDF-1.4\n");
        object("<< /Type /Catalog /Pages 2 0 R >>");
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + number(picture.width()) + " " + number(picture.height())
                + "] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> /ExtGState << " + states + ">> >> >>");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        object("<< /Length " + content.length() + " >>\nstream\n" + content + "endstream");
        int table = bytes.size();
        put("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
        places.forEach(place -> put(String.format(Locale.ROOT, "%010d 00000 n \n", place)));
        put("trailer\n<< /Size " + (places.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n");
        return bytes.toByteArray();
    }

    private void object(String text) {
        places.add(bytes.size());
        put(places.size() + " 0 obj\n" + text + "\nendobj\n");
    }

    private void put(String text) {
        bytes.writeBytes(text.getBytes(ISO_8859_1));
    }

    private void mark(StringBuilder to, Mark mark, Set<Integer> opacities) {
        if (mark instanceof Path path) {
            opacity(to, path.opacity(), opacities);
            path.fill().ifPresent(color -> to.append(color(color)).append(" rg\n"));
            path.stroke()
                    .ifPresent(color -> to.append(color(color))
                            .append(" RG ")
                            .append(number(path.width()))
                            .append(" w\n"));
            for (int i = 0; i < path.points().size(); i += 2) {
                point(to, path.points().get(i), path.points().get(i + 1)).append(i == 0 ? "m\n" : "l\n");
            }
            to.append(path.fill().isPresent() ? "h f\n" : "S\n");
        } else if (mark instanceof Disc disc) {
            opacity(to, disc.opacity(), opacities);
            to.append(color(disc.color())).append(" rg\n");
            circle(to, disc);
        } else if (mark instanceof Words words) {
            opacity(to, 1, opacities);
            words(to, words);
        }
    }

    private static void opacity(StringBuilder to, double opacity, Set<Integer> opacities) {
        int hundredths = (int) Math.round(100 * opacity);
        opacities.add(hundredths);
        to.append("/G").append(hundredths).append(" gs\n");
    }

    private void circle(StringBuilder to, Disc disc) {
        double r = disc.radius();
        double k = r * ROUND;
        double x = disc.x();
        double y = disc.y();
        point(to, x + r, y).append("m\n");
        curve(to, x + r, y + k, x + k, y + r, x, y + r);
        curve(to, x - k, y + r, x - r, y + k, x - r, y);
        curve(to, x - r, y - k, x - k, y - r, x, y - r);
        curve(to, x + k, y - r, x + r, y - k, x + r, y);
        to.append("h f\n");
    }

    private void curve(StringBuilder to, double x1, double y1, double x2, double y2, double x, double y) {
        point(to, x1, y1);
        point(to, x2, y2);
        point(to, x, y).append("c\n");
    }

    private void words(StringBuilder to, Words words) {
        String text = encodable(words.text());
        double shift = PictureFiles.shift(words.anchor(), Helvetica.width(words.text(), words.size()));
        double x = words.isUpward() ? words.x() : words.x() - shift;
        double y = picture.height() - (words.isUpward() ? words.y() + shift : words.y());
        to.append("BT ")
                .append(color(words.color()))
                .append(" rg /F ")
                .append(number(words.size()))
                .append(" Tf ");
        to.append(words.isUpward() ? "0 1 -1 0 " : "1 0 0 1 ")
                .append(number(x))
                .append(' ')
                .append(number(y))
                .append(" Tm (");
        to.append(text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
                .append(") Tj ET\n");
    }

    /** The bytes of the encoding, each as the character of its number. */
    private static String encodable(String text) {
        try {
            ByteBuffer coded = ENCODING.newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(text.replace('−', '–')));
            byte[] all = new byte[coded.remaining()];
            coded.get(all);
            return new String(all, ISO_8859_1);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IllegalStateException("What cannot be encoded is replaced.", e);
        }
    }

    private StringBuilder point(StringBuilder to, double x, double y) {
        return to.append(number(x))
                .append(' ')
                .append(number(picture.height() - y))
                .append(' ');
    }

    private static String color(int rgb) {
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f",
                (rgb >> 16 & 255) / 255.0,
                (rgb >> 8 & 255) / 255.0,
                (rgb & 255) / 255.0);
    }

    private static String number(double value) {
        return PictureFiles.number(value);
    }
}
