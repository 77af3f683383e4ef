package dev.assay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.error.AssayException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T10")
class TorchScriptTest {
    private static final String LINE = """
            def line(self, x: Tensor, w: List[Tensor], factor: float, isShifted: bool) -> Tensor:
              y = torch.mul(torch.mul(x, w[0]), factor)
              if isShifted:
                z = torch.add(y, w[1])
              else:
                z = y
              return z
            """;

    @Test
    void call_ofMethod_returnsItsValue() throws Exception {
        Native.run(memory -> {
            try (TorchScript script = TorchScript.compile(LINE)) {
                List<NDArray> w = List.of(memory.create(2f), memory.create(1f));
                assertThat(line(script, memory, memory.create(new float[] {1, 2}), w)
                                .toFloatArray())
                        .containsExactly(7, 13);
            }
        });
    }

    @Test
    void call_whileRecording_leadsToGradients() throws Exception {
        Native.run(memory -> {
            try (TorchScript script = TorchScript.compile(LINE)) {
                NDArray x = memory.create(new float[] {1, 2});
                x.setRequiresGradient(true);
                List<NDArray> w = List.of(memory.create(2f), memory.create(1f));
                Autograd.backward(
                        Autograd.recording(() -> line(script, memory, x, w).sum()));
                assertThat(Autograd.gradient(x, memory).orElseThrow().toFloatArray())
                        .containsExactly(6, 6);
            }
        });
    }

    @Test
    void call_failing_saysWhatTheEngineSays() throws Exception {
        Native.run(memory -> {
            try (TorchScript script = TorchScript.compile(LINE)) {
                List<NDArray> none = List.of();
                assertThatThrownBy(() -> line(script, memory, memory.create(1f), none))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("list index out of range");
            }
        });
    }

    @Test
    void compile_ofNonsense_showsCode() throws Exception {
        Native.run(memory -> assertThatThrownBy(
                        () -> TorchScript.compile("def f(self) -> Tensor:\n  return torch.nonsense()\n"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("return torch.nonsense()")
                .hasMessageContaining("Unknown builtin op"));
    }

    private static NDArray line(TorchScript script, NDManager memory, NDArray x, List<NDArray> w) {
        return script.call(memory, "line", x, w, 3.0, true).get(0);
    }
}
