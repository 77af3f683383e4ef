package dev.assay.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A row a value, after a row with the names of the columns (RFC 4180, but for the ends of lines). */
final class CommaSeparated implements Format {

    @Override
    public String fileName(List<String> others) {
        return Sink.CSV.file();
    }

    @Override
    public byte[] beginning(OptionalLong lastStep) {
        return "name,step,epoch,seconds,value\n".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes(List<Recorded> values) {
        return values.stream()
                .map(CommaSeparated::row)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String row(Recorded value) {
        return quoted(value.name()) + "," + value.step() + "," + value.epoch() + "," + value.seconds() + ","
                + value.value() + "\n";
    }

    private static String quoted(String name) {
        boolean isPlain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
