package dev.assay.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Native;
import dev.assay.error.AssayException;
import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the same arithmetic on matrices of another library. */
@Tag("T8")
class MuonTest {

    @ParameterizedTest
    @CsvSource({
        "4, 7, 1, true, false",
        "7, 4, 1, true, false",
        "3, 2, 4, true, true",
        "8, 1, 4, false, false",
    })
    void update_someSteps_followsThePaper(int rows, int columns, int places, boolean nesterov, boolean normalize)
            throws Exception {
        Muon config = ImmutableMuon.builder()
                .lr(0.1)
                .weightDecay(0.2)
                .momentum(0.9)
                .nesterov(nesterov)
                .normalize(normalize)
                .build();
        Shape shape = places == 1 ? new Shape(rows, columns) : new Shape(rows, columns, places / 2, 2);
        RandomStream random = new Seed(3).stream("muon");
        DMatrixRMaj start = draw(rows, columns * places, random);

        Native.run(memory -> {
            NDArray weight = memory.create(start.data.clone(), shape);
            Optimizer optimizer = Optimizer.of(config, memory);
            DMatrixRMaj expected = start;
            DMatrixRMaj mean = new DMatrixRMaj(rows, columns * places);
            for (int step = 0; step < 4; step++) {
                DMatrixRMaj gradient = draw(rows, columns * places, random);
                mean = sum(0.9, mean, 1 - 0.9, gradient);
                DMatrixRMaj direction = nesterov ? sum(1 - 0.9, gradient, 0.9, mean) : mean;
                expected = sum(1 - 0.1 * 0.2, expected, 0, expected);
                if (normalize) {
                    expected = sum(Math.sqrt(rows) / NormOps_DDRM.normF(expected), expected, 0, expected);
                }
                double rate = 0.1 * Math.sqrt(Math.max(1, rows / (double) (columns * places)));
                expected = sum(1, expected, -rate, orthogonal(direction));
                try (NDArray array = memory.create(gradient.data, shape)) {
                    optimizer.update(Map.of("w", weight), Map.of("w", array), 0.1);
                }
                assertThat(weight.toDoubleArray()).as("step %d", step).containsExactly(expected.data, within(1e-11));
            }
        });
    }

    @Test
    void update_ofOneDimension_isRefusedByName() throws Exception {
        Muon config = ImmutableMuon.builder().build();

        Native.run(memory -> {
            NDArray bias = memory.create(new double[] {1, 2});

            assertThatThrownBy(() -> Optimizer.of(config, memory)
                            .update(Map.of("conv.bias", bias), Map.of("conv.bias", bias), 1))
                    .isInstanceOf(AssayException.class)
                    .hasMessage("Muon changes matrices and filters; parameter (conv.bias) has shape (2).\n"
                            + "Maybe another optimizer should be for it.");
        });
    }

    private static DMatrixRMaj draw(int rows, int columns, RandomStream random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data[i] = random.nextDouble() - 0.5;
        }
        return matrix;
    }

    private static DMatrixRMaj orthogonal(DMatrixRMaj direction) {
        boolean isTall = direction.numRows > direction.numCols;
        DMatrixRMaj x = isTall ? CommonOps_DDRM.transpose(direction, null) : direction;
        x = sum(1 / NormOps_DDRM.normF(x), x, 0, x);
        for (int i = 0; i < 5; i++) {
            DMatrixRMaj a = CommonOps_DDRM.multTransB(x, x, null);
            DMatrixRMaj b = sum(-4.775, a, 2.0315, CommonOps_DDRM.mult(a, a, null));
            x = sum(3.4445, x, 1, CommonOps_DDRM.mult(b, x, null));
        }
        return isTall ? CommonOps_DDRM.transpose(x, null) : x;
    }

    private static DMatrixRMaj sum(double alpha, DMatrixRMaj a, double beta, DMatrixRMaj b) {
        DMatrixRMaj sum = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.add(alpha, a, beta, b, sum);
        return sum;
    }
}
