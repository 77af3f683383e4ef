package dev.assay.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object a line. Numbers that JSON has not, such as NaN, are strings. */
final class JsonLines implements Format {

    @Override
    public String fileName(List<String> others) {
        return Sink.JSONL.file();
    }

    @Override
    public byte[] beginning(OptionalLong lastStep) {
        return new byte[0];
    }

    @Override
    public byte[] bytes(List<Recorded> values) {
        return values.stream()
                .map(value -> JsonMapper.shared().writeValueAsString(value) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
