package dev.assay.stitching;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import dev.assay.config.Validated;
import dev.assay.graph.op.ImmutableConv;
import dev.assay.graph.op.ImmutableLinear;
import dev.assay.graph.op.ImmutableReshape;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.Ops;
import dev.assay.similarity.LinearFit;
import dev.assay.similarity.LinearMap;
import dev.assay.similarity.Matrix;
import dev.assay.similarity.Ridge;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What maps values of one network to those of another: an affine map, of whole examples or of the units at each place. The units are the channels of
 * pictures, of shape (N, C, H, W), else the last dimension; pictures of another size are resized first, by the mean of the places where they become
 * smaller and bilinearly where they become larger.
 */
@Doc("What maps values of the first network to those of the second.")
public sealed interface StitchingLayer extends Validated {

    /** The nodes by name within the layer, each computed from the one before; shapes have the batch in front. */
    Map<String, Op> nodes(Shape from, Shape to);

    /** The regression that starts it. */
    LinearFit fit(double penalty);

    /** The arrays that compute a map, by node and name: {@code map.weight}; row-major. */
    Map<String, double[]> arrays(LinearMap map);

    /** Whether each place of a picture, and each token of a sequence, is mapped by itself. */
    default boolean isByPlaces() {
        return true;
    }

    /** Every value of an example from every value. */
    @Config
    @Kind("linear")
    @Doc("A linear map of all values of an example, whatever their shapes are.")
    non-sealed interface Linear extends StitchingLayer {
        @Override
        default boolean isByPlaces() {
            return false;
        }

        @Override
        default Map<String, Op> nodes(Shape from, Shape to) {
            Map<String, Op> nodes = new LinkedHashMap<>();
            if (from.dimension() > 2) {
                nodes.put("flat", Ops.flatten());
            }
            Shape example = to.slice(1);
            nodes.put("map", Ops.linear(Math.toIntExact(example.size())));
            if (to.dimension() > 2) {
                List<Integer> sizes = LongStream.of(example.getShape())
                        .mapToObj(Math::toIntExact)
                        .toList();
                nodes.put("shape", ImmutableReshape.builder().addAllShape(sizes).build());
            }
            return nodes;
        }

        @Override
        default LinearFit fit(double penalty) {
            return Ridge.of(penalty);
        }

        @Override
        default Map<String, double[]> arrays(LinearMap map) {
            return affine(map);
        }
    }

    /** The same linear map at every place. */
    @Config
    @Kind("pointwise")
    @Doc("The same linear map at every place: a 1×1 convolution of pictures.")
    non-sealed interface Pointwise extends StitchingLayer {
        @Override
        default Map<String, Op> nodes(Shape from, Shape to) {
            Map<String, Op> nodes = Places.resize(from, to);
            nodes.put("map", mapping(from, Places.units(to), true));
            return nodes;
        }

        @Override
        default LinearFit fit(double penalty) {
            return Ridge.of(penalty);
        }

        @Override
        default Map<String, double[]> arrays(LinearMap map) {
            return affine(map);
        }
    }

    /** The same linear map at every place, through a few units. */
    @Config
    @Kind("low-rank")
    @Doc("The same linear map at every place, through a few units: two layers.")
    non-sealed interface LowRank extends StitchingLayer {
        @Doc("Units between the two layers.")
        @Positive int rank();

        @Override
        default Map<String, Op> nodes(Shape from, Shape to) {
            Map<String, Op> nodes = Places.resize(from, to);
            nodes.put("down", mapping(from, rank(), false));
            nodes.put("up", mapping(from, Places.units(to), true));
            return nodes;
        }

        @Override
        default LinearFit fit(double penalty) {
            return new dev.assay.similarity.LowRank(rank(), Ridge.of(penalty));
        }

        @Override
        default Map<String, double[]> arrays(LinearMap map) {
            LinearMap.Factors factors = map.factors(rank());
            return Map.of(
                    "down.weight", factors.down().toArray(),
                    "up.weight", factors.up().toArray(),
                    "up.bias", map.bias().toArray());
        }
    }

    /** The same rotation at every place. */
    @Config
    @Kind("orthogonal")
    @Doc("The same rotation at every place, with a bias; it stays one in training.")
    non-sealed interface Orthogonal extends StitchingLayer {
        @Override
        default Map<String, Op> nodes(Shape from, Shape to) {
            Map<String, Op> nodes = Places.resize(from, to);
            nodes.put("map", new Rotation(Places.units(to)));
            return nodes;
        }

        @Override
        default LinearFit fit(double penalty) {
            return new dev.assay.similarity.Orthogonal(true);
        }

        @Override
        default Map<String, double[]> arrays(LinearMap map) {
            int larger = Math.max(map.weight().rows(), map.weight().columns());
            return Map.of(
                    "map." + Rotation.BASE, map.weight().toArray(),
                    "map." + Rotation.TURN, new double[larger * larger],
                    "map." + Rotation.BIAS, map.bias().toArray());
        }
    }

    private static Op mapping(Shape from, int units, boolean bias) {
        return from.dimension() == Places.PICTURE
                ? ImmutableConv.builder().filters(units).kernel(1).bias(bias).build()
                : ImmutableLinear.builder().units(units).bias(bias).build();
    }

    private static Map<String, double[]> affine(LinearMap map) {
        Matrix weight = map.weight();
        return Map.of("map.weight", weight.toArray(), "map.bias", map.bias().toArray());
    }
}
