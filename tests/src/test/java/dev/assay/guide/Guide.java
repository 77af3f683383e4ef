package dev.assay.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a guide that are to be true. */
record Guide(List<Block> blocks) {
    /** A fenced block: what stands behind the fence, and its text. */
    record Block(String language, String name, String text) {}

    /** A command and what it prints. */
    record Command(String line, String output) {}

    static Guide read(Path file) throws Exception {
        String[] parts = Files.readString(file).split("(?m)^```", -1);
        List<Block> blocks = new ArrayList<>();
        for (int i = 1; i < parts.length; i += 2) {
            int end = parts[i].indexOf('\n');
            String[] words = parts[i].substring(0, end).strip().split(" ", 2);
            blocks.add(new Block(words[0], words.length > 1 ? words[1] : "", parts[i].substring(end + 1)));
        }
        return new Guide(blocks);
    }

    /** Writes the blocks that have a file's name. */
    void filesInto(Path folder) throws Exception {
        for (Block block : blocks) {
            if (block.language.equals("yaml") && !block.name.isEmpty()) {
                Files.writeString(folder.resolve(block.name), block.text);
            }
        }
    }

    /** The Java blocks that do not stand so in any source of a folder, whatever their spaces and line breaks. */
    List<String> javaNotIn(Path sources) throws Exception {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(onOneLine(Files.readString(file))).append(' ');
            }
        }
        return blocks.stream()
                .filter(block -> block.language.equals("java"))
                .map(Block::text)
                .filter(text -> all.indexOf(onOneLine(text)) < 0)
                .toList();
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** The text of the file of that name that the guide shows. */
    String file(String name) {
        return blocks.stream()
                .filter(block -> block.name.equals(name))
                .map(Block::text)
                .findFirst()
                .orElseThrow();
    }

    List<Command> commands() {
        return blocks.stream()
                .filter(block -> block.language.equals("console"))
                .flatMap(block -> List.of(block.text.split("(?m)^\\$ assay ", -1)).stream()
                        .skip(1))
                .map(text -> new Command(text.substring(0, text.indexOf('\n')), text.substring(text.indexOf('\n') + 1)))
                .toList();
    }
}
