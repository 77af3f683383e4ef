package dev.assay.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML text to a {@link LocatedNode}. One document of plain values; what YAML allows beyond that is a fault. Bounded in time and
 * memory whatever the text is.
 */
final class YamlText {
    static final int MOST_BYTES = 4 << 20;
    private static final int MOST_ALIASES = 1_000;

    private YamlText() {}

    /** The tree of a file; empty if there is none, which is among the faults then. */
    static Optional<LocatedNode> read(Path file, Faults faults) {
        return text(file, faults).flatMap(text -> parse(text, file.toString(), faults));
    }

    /** The text of a file; empty if there is none, which is among the faults then. */
    static Optional<String> text(Path file, Faults faults) {
        Place place = Place.of(file.toString());
        try {
            if (Files.isDirectory(file)) {
                faults.add(place, "", "This is a folder but must be a file.");
                return Optional.empty();
            }
            byte[] bytes;
            try (var stream = Files.newInputStream(file)) {
                bytes = stream.readNBytes(MOST_BYTES + 1);
            }
            if (bytes.length > MOST_BYTES) {
                faults.add(place, "", "The file must be at most " + (MOST_BYTES >> 20) + " MiB long.");
                return Optional.empty();
            }
            return Optional.of(decode(bytes));
        } catch (NoSuchFileException e) {
            faults.add(place, "", "There is no such file.");
        } catch (AccessDeniedException e) {
            faults.add(place, "", "The file must be readable, but access to it is denied.");
        } catch (CharacterCodingException e) {
            faults.add(place, "", "The file must be text in UTF-8.");
        } catch (IOException e) {
            faults.add(place, "", "The file cannot be read: " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    static Optional<LocatedNode> parse(String text, String source, Faults faults) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return compose(body, source, faults);
        } catch (MarkedYamlEngineException e) {
            faults.add(placeOf(e, source), "", "This is not valid YAML: " + sentence(e.getProblem()), hint(e));
        } catch (ReaderException e) {
            faults.add(
                    placeOf(body, e.getPosition(), source),
                    "",
                    String.format("The character U+%04X is not allowed in YAML.", e.getCodePoint()));
        } catch (DepthLimit.TooDeepException e) {
            faults.add(place(e.mark(), source), "", "Values must be nested at most " + DepthLimit.DEEPEST + " deep.");
        } catch (YamlEngineException | IllegalArgumentException e) {
            faults.add(Place.of(source), "", "This is not valid YAML: " + sentence(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<LocatedNode> compose(String text, String source, Faults faults) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new PlainSchema())
                .setAllowNonScalarKeys(true)
                .setUseMarks(true)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_BYTES)
                // The whole text at once: a buffer that grows is copied again and again while a long value is read.
                .setBufferSize(text.length() + 1)
                .build();
        DepthLimit parser = new DepthLimit(new ParserImpl(settings, new StreamReader(settings, text)));
        Composer composer = new Composer(settings, parser);
        if (!composer.hasNext()) {
            return Optional.of(new LocatedNode.Scalar(new Place(source, 1, 1), LocatedNode.Form.NULL, ""));
        }
        Node root = composer.next();
        if (composer.hasNext()) {
            Place second = placeOf(composer.next(), source);
            faults.add(second, "", "A second document begins here, but a file must hold only one.");
            return Optional.empty();
        }
        return YamlTree.convert(root, AliasPlaces.of(root, parser.aliases()), source, faults);
    }

    /** Whether a text without quotes would be read as something else than text. */
    static boolean isSpecial(String text) {
        return text.equals(YamlTree.MERGE)
                || !new PlainSchema().getScalarResolver().resolve(text, true).equals(Tag.STR);
    }

    static Place placeOf(Node node, String source) {
        return place(node.getStartMark(), source);
    }

    private static Place place(Optional<Mark> mark, String source) {
        return mark.map(at -> new Place(source, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> Place.of(source));
    }

    private static Place placeOf(MarkedYamlEngineException e, String source) {
        return place(e.getProblemMark().or(e::getContextMark), source);
    }

    private static Place placeOf(String text, int position, String source) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(position, text.length()); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new Place(source, line, column);
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String sentence(String problem) {
        return problem.endsWith(".") ? problem : problem + ".";
    }

    private static String hint(MarkedYamlEngineException e) {
        if (e.getProblem().contains("TAB")) {
            return "Maybe a line is indented with a tab; YAML wants spaces.";
        }
        return e.getProblem().startsWith("mapping values are not allowed")
                ? "Maybe a text with a colon needs quotes, or a line has the wrong indentation."
                : "";
    }
}
