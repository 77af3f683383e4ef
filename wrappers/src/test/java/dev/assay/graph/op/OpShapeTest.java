package dev.assay.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.ConfigReader;
import dev.assay.graph.GraphConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ops say of inputs they cannot take. */
@Tag("G1")
class OpShapeTest {

    private static Op op(String yaml) {
        return ConfigReader.of(GraphConfig.class)
                .parse("inputs: [x]\nnodes: [" + yaml + "]\n", "graph.yaml")
                .graph()
                .nodes()
                .get(0)
                .op();
    }

    /** Shapes such as {@code N 3 8 8}, separated by semicolons. */
    private static List<Shape> shapes(String text) {
        return Arrays.stream(text.split(";"))
                .map(each ->
                        new Shape(Arrays.stream(each.strip().replace("N", "-1").split(" "))
                                .mapToLong(Long::parseLong)
                                .toArray()))
                .toList();
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {kind: conv, filters: 4, kernel: 3} | N 3 | It takes 3 to 5 dimensions, (N, C, places), and was given (-1, 3).
            {kind: conv, filters: 4, kernel: 3} | N 3 2 8 | Its kernel reaches over 3 places, but (-1, 3, 2, 8) with a padding of 0 has 2 in dimension 2.
            {kind: conv, filters: 4, kernel: 3, groups: 2} | N 3 8 8 | Its 2 groups must divide the channels of its input, 3 of (-1, 3, 8, 8), and its filters, 4.
            {kind: linear, units: 4} | N | It takes 2 to 8 dimensions, (N, ..., values), and was given (-1).
            {kind: group-norm, groups: 2} | N 3 8 8 | Its 2 groups must divide the channels of its input, 3 of (-1, 3, 8, 8).
            {kind: max-pool, kernel: 2} | N 3 8 | It takes 4 dimensions, (N, C, H, W), and was given (-1, 3, 8).
            {kind: flatten, first: 2, last: 1} | N 3 8 8 | Dimensions 2 to 1 of (-1, 3, 8, 8) cannot be made one; they must go up, and the batch is none of them.
            {kind: reshape, shape: [5, -1]} | N 3 8 | An example of (-1, 3, 8) has 24 values, which cannot have the shape [5, -1].
            {kind: permute, order: [0, 2]} | N 3 8 | The order [0, 2] must name each dimension of (-1, 3, 8) once, from 0.
            {kind: select, place: 3} | N 3 8 | Dimension 1 of (-1, 3, 8) has no place 3 to be selected.
            {kind: mean, dimension: 0} | N 3 8 | The mean over the batch of (-1, 3, 8) is no value of an example.
            {kind: softmax, dimension: 2} | N 3 | The shape (-1, 3) has no dimension 2.
            {kind: add} | N 3 | It takes 2 or more inputs and was given 1.
            {kind: relu} | N 3; N 3 | It takes 1 input and was given 2.
            {kind: concat} | N 3 8; N 2 7 | The shapes (-1, 3, 8) and (-1, 2, 7) must be equal but for dimension 1.
            {kind: concat, dimension: 0} | N 3; N 3 | It joins along a dimension of each example, not along the batch.
            {kind: attention, heads: 3} | N 5 8 | Its 3 heads must divide the values of a token, 8 of (-1, 5, 8).
            {kind: mse} | N 3; N 4 | What the model gives, (-1, 3), and what is wanted, (-1, 4), must have one shape.
            {kind: cross-entropy} | N 3; N 4 | The true classes, (-1, 4), must have the shape of the scores, (-1, 3), without their second dimension, or all of it for probabilities.
            {kind: cross-entropy, classWeights: [1, 2]} | N 3; N | It has 2 class weights and the scores (-1, 3) are of 3 classes.
            """)
    void shape_ofWhatDoesNotFit_isRefused(String yaml, String inputs, String message) {
        Op op = op(yaml);
        List<Shape> shapes = shapes(inputs);

        assertThatThrownBy(() -> op.shape(shapes))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {kind: conv, filters: 4, kernel: 3} | N 2 8 8 | 2592
            {kind: conv, filters: 4, kernel: 3, groups: 2, stride: 2, padding: 1} | N 2 8 8 | 576
            {kind: linear, units: 5} | N 7 | 35
            {kind: linear, units: 5} | N 3 7 | 105
            {kind: attention, heads: 2} | N 3 4 | 264
            {kind: relu} | N 7 | 0
            """)
    void multiplyAdds_ofOneExample_areThoseOfTheProducts(String yaml, String inputs, long expected) {
        assertThat(op(yaml).multiplyAdds(shapes(inputs))).isEqualTo(expected);
    }

    @Test
    void strideOfPools_leftOut_isTheirKernel() {
        assertThat(op("{kind: max-pool, kernel: 3}").shape(shapes("N 1 9 6"))).isEqualTo(new Shape(-1, 1, 3, 2));
    }
}
