package dev.assay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C2")
class FaultPrinterTest {
    @TempDir
    Path folder;

    @Test
    void print_faultsOfAFile_pointsAtTheirColumns() throws Exception {
        String yaml = "epochs: 3 # ä\n\noptimizer: {kind: sgd, \"é😀\": 1, lr: x}\n";

        assertThat(printed(ExampleTrain.class, yaml, List.of("batchSize=-1"))).isEqualTo("""
                        FILE:3:24 optimizer.é😀: This key is not known for kind sgd; known are lr, momentum.
                            3 | optimizer: {kind: sgd, "é😀": 1, lr: x}
                              |                        [^]
                        FILE:3:37 optimizer.lr: The value (x) is text but must be a number.
                            3 | optimizer: {kind: sgd, "é😀": 1, lr: x}
                              |                                     [^]
                        --set 1 batchSize: The value (-1) must be greater than or equal to 1.
                        3 faults.""");
    }

    @Test
    void print_hint_standsBelowTheCaret() throws Exception {
        assertThat(printed(ExampleTrain.class, "epochs: 1.0\noptimizer: {kind: sgd, lr: 1}\n", List.of()))
                .isEqualTo("""
                        FILE:1:9 epochs: The value (1.0) is a decimal number but must be an integer.
                            1 | epochs: 1.0
                              |         [^]
                          Maybe 1 was meant.
                        1 fault.""");
    }

    @Test
    @Tag("C15")
    void print_secretInPlaceOfAReference_isNotShown() throws Exception {
        assertThat(printed(ExampleLimits.class, "token: hunter2\n", List.of()))
                .isEqualTo("FILE:1:8 token: " + SecretReader.NO_REFERENCE + "\n1 fault.");
    }

    @Test
    void print_fileThatIsGoneOrLineThatIsVeryLong_showsTheFaultAlone() throws Exception {
        Fault gone = new Fault(new Place("/none/such.yaml", 1, 1), "a", "This is wrong.");

        assertThat(new FaultPrinter(caret -> caret).print(gone)).isEqualTo("/none/such.yaml:1:1 a: This is wrong.\n");
        assertThat(printed(
                        ExampleTrain.class,
                        "epochs: '" + "9".repeat(200) + "'\noptimizer: {kind: sgd, lr: 1}",
                        List.of()))
                .doesNotContain("|");
    }

    private String printed(Class<?> type, String yaml, List<String> sets) throws Exception {
        Path file = Files.writeString(folder.resolve("f.yaml"), yaml);
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> ConfigReader.of(type).read(file, sets));
        return new FaultPrinter(caret -> "[" + caret + "]").print(e).replace(file.toString(), "FILE");
    }
}
