package dev.assay.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a single value as its type, where nothing is lost by it: an integer as a number, but no decimal as an integer, no number as text. */
final class ScalarReader {
    static final int LONGEST_NUMBER = 400;
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]+([_,][0-9]+)+");

    /** A value that does not fit, with what is to be said of it. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        private final String hint;

        Misfit(String message, String hint) {
            super(message, null, false, false);
            this.hint = hint;
        }

        String message() {
            return String.valueOf(getMessage());
        }

        String hint() {
            return hint;
        }
    }

    private ScalarReader() {}

    static Object read(ScalarType type, LocatedNode.Scalar node) throws Misfit {
        return switch (type) {
            case BOOLEAN -> bool(node);
            case INT ->
                integer(type, node, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case LONG -> integer(type, node, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
            case FLOAT -> (float) number(type, node, text -> Float.parseFloat(text));
            case DOUBLE -> number(type, node, Double::parseDouble);
            case STRING -> text(type, node);
            case PATH -> path(node);
            case DURATION -> duration(node);
            case BIG_INTEGER -> integer(type, node);
            case SIZE -> size(node);
        };
    }

    private static Boolean bool(LocatedNode.Scalar node) throws Misfit {
        if (node.form() != LocatedNode.Form.BOOLEAN) {
            String hint = switch (node.text()) {
                case "yes", "Yes", "on", "On", "true" -> "Maybe true was meant, without quotes.";
                case "no", "No", "off", "Off", "false" -> "Maybe false was meant, without quotes.";
                default -> "";
            };
            throw misfit(ScalarType.BOOLEAN, node, hint);
        }
        return Boolean.parseBoolean(node.text());
    }

    private static BigInteger integer(ScalarType type, LocatedNode.Scalar node, long least, long most) throws Misfit {
        BigInteger value = integer(type, node);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new Misfit(
                    "The value (" + Texts.shortened(node.text()) + ") must be an integer from " + least + " to " + most
                            + ".",
                    "");
        }
        return value;
    }

    private static BigInteger integer(ScalarType type, LocatedNode.Scalar node) throws Misfit {
        if (node.form() != LocatedNode.Form.INTEGER) {
            throw misfit(type, node, integerHint(node));
        }
        return parseInteger(type, node);
    }

    private static String integerHint(LocatedNode.Scalar node) {
        String text = node.text();
        if (GROUPED.matcher(text).matches()) {
            return "Maybe " + text.replaceAll("[_,]", "") + " was meant.";
        }
        if (INTEGER.matcher(text).matches()) {
            return "Maybe it was meant without quotes.";
        }
        if (node.form() == LocatedNode.Form.DECIMAL
                && text.length() <= 20
                && DECIMAL.matcher(text).matches()) {
            BigDecimal value = new BigDecimal(text).stripTrailingZeros();
            return value.scale() <= 0 && value.precision() - value.scale() <= 19
                    ? "Maybe " + value.toPlainString() + " was meant."
                    : "";
        }
        return "";
    }

    private static BigInteger parseInteger(ScalarType type, LocatedNode.Scalar node) throws Misfit {
        String text = node.text();
        if (text.length() > LONGEST_NUMBER) {
            throw new Misfit("The value (" + Texts.shortened(text) + ") is too long for " + type.expected() + ".", "");
        }
        try {
            if (text.startsWith("0x")) {
                return new BigInteger(text.substring(2), 16);
            }
            if (text.startsWith("0o")) {
                return new BigInteger(text.substring(2), 8);
            }
            if (text.matches("[-+]?0[0-9]+")) {
                throw new Misfit(
                        "The value (" + text + ") begins with 0, which some read as octal, but must be an integer.",
                        "Maybe " + new BigInteger(text) + " was meant.");
            }
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw misfit(type, node, "");
        }
    }

    private interface Parser {
        double parse(String text);
    }

    private static double number(ScalarType type, LocatedNode.Scalar node, Parser parser) throws Misfit {
        String shown = Texts.shortened(node.text());
        if (node.form() == LocatedNode.Form.INTEGER) {
            BigInteger exact = parseInteger(type, node);
            double value = parser.parse(exact.toString());
            if (Double.isInfinite(value) || new BigDecimal(value).compareTo(new BigDecimal(exact)) != 0) {
                throw new Misfit("The value (" + shown + ") must be a number that can be held exactly.", "");
            }
            return value;
        }
        if (node.form() != LocatedNode.Form.DECIMAL) {
            boolean quoted = DECIMAL.matcher(node.text()).matches();
            throw misfit(type, node, quoted ? "Maybe it was meant without quotes." : "");
        }
        if (node.text().length() > LONGEST_NUMBER
                || !DECIMAL.matcher(node.text()).matches()) {
            throw new Misfit("The value (" + shown + ") must be a finite number.", "");
        }
        double value = parser.parse(node.text());
        boolean vanished = value == 0 && node.text().replaceFirst("[eE].*", "").matches(".*[1-9].*");
        if (Double.isInfinite(value) || vanished) {
            throw new Misfit(
                    "The value (" + shown + ") is too " + (vanished ? "near to 0" : "large") + " for a number.", "");
        }
        return value;
    }

    private static String text(ScalarType type, LocatedNode.Scalar node) throws Misfit {
        if (node.form() != LocatedNode.Form.TEXT) {
            String hint = node.form() == LocatedNode.Form.NULL
                    ? ""
                    : "Maybe \"" + Texts.shortened(node.text()) + "\" was meant, in quotes.";
            throw misfit(type, node, hint);
        }
        return node.text();
    }

    private static Path path(LocatedNode.Scalar node) throws Misfit {
        String text = text(ScalarType.PATH, node);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Misfit("The value (" + Texts.shortened(text) + ") must be a path: " + e.getReason() + ".", "");
        }
    }

    private static Object duration(LocatedNode.Scalar node) throws Misfit {
        if (node.form() == LocatedNode.Form.INTEGER) {
            throw misfit(ScalarType.DURATION, node, "Maybe " + Texts.shortened(node.text()) + "s was meant.");
        }
        Optional<java.time.Duration> value = Durations.parse(text(ScalarType.DURATION, node));
        return value.orElseThrow(() -> misfit(ScalarType.DURATION, node, ""));
    }

    private static ByteSize size(LocatedNode.Scalar node) throws Misfit {
        if (node.form() == LocatedNode.Form.INTEGER) {
            BigInteger bytes = parseInteger(ScalarType.SIZE, node);
            if (bytes.signum() < 0 || bytes.bitLength() > 63) {
                throw misfit(ScalarType.SIZE, node, "");
            }
            return new ByteSize(bytes.longValue());
        }
        String text = node.text();
        Optional<ByteSize> size = node.form() == LocatedNode.Form.TEXT ? ByteSize.parse(text) : Optional.empty();
        return size.orElseThrow(() -> misfit(ScalarType.SIZE, node, sizeHint(text)));
    }

    /** Units are often written in the wrong case, or without the B. */
    private static String sizeHint(String text) {
        for (String unit : List.of("KiB", "MiB", "GiB", "TiB", "kB", "MB", "GB", "TB")) {
            String letters = text.replaceFirst("^[0-9.]+ ?", "");
            boolean near = letters.equalsIgnoreCase(unit) || (letters + "B").equalsIgnoreCase(unit);
            String right = text.substring(0, text.length() - letters.length()) + unit;
            if (near && ByteSize.parse(right).isPresent()) {
                return "Maybe " + right + " was meant.";
            }
        }
        return "";
    }

    static Misfit misfit(ConfigType type, LocatedNode node, String hint) {
        return new Misfit(node.found() + " but must be " + type.expected() + ".", hint);
    }
}
