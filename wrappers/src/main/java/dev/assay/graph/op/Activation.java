package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** Functions of each value by itself. */
public sealed interface Activation extends OpConfig {
    @Override
    default Shape shape(List<Shape> inputs) {
        return Shapes.only(inputs);
    }

    /** The values above 0, and 0 for the others. */
    @Config
    @Kind("relu")
    @Doc("The values above 0, and 0 for the others.")
    non-sealed interface Relu extends Activation {
        @Override
        default String code(Call call) {
            return (call.isInPlace() ? "torch.relu_(" : "torch.relu(") + call.input(0) + ")";
        }

        @Override
        default boolean canOverwrite() {
            return true;
        }
    }

    /** As the rectifier, but values below 0 are made small. */
    @Config
    @Kind("leaky-relu")
    @Doc("The values above 0, and a small part of the others.")
    non-sealed interface LeakyRelu extends Activation {
        @Doc("What values below 0 are multiplied by.")
        @PositiveOrZero @Value.Default
        default double slope() {
            return 0.01;
        }

        @Override
        default String code(Call call) {
            return (call.isInPlace() ? "torch.leaky_relu_(" : "torch.leaky_relu(") + call.input(0) + ", "
                    + Call.number(slope()) + ")";
        }

        @Override
        default boolean canOverwrite() {
            return true;
        }
    }

    /** x Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016). */
    @Config
    @Kind("gelu")
    @Doc("Each value times its standard normal probability.")
    non-sealed interface Gelu extends Activation {
        @Doc("Whether the probability is approximated by a hyperbolic tangent.")
        @Value.Default
        default boolean approximate() {
            return false;
        }

        @Override
        default String code(Call call) {
            return "torch.gelu(" + call.input(0) + ", approximate=\"" + (approximate() ? "tanh" : "none") + "\")";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** x / (1 + exp(-x)) (Elfwing, Uchibe and Doya 2018). */
    @Config
    @Kind("silu")
    @Doc("Each value times its sigmoid.")
    non-sealed interface Silu extends Activation {
        @Override
        default String code(Call call) {
            return "torch.silu(" + call.input(0) + ")";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** 1 / (1 + exp(-x)). */
    @Config
    @Kind("sigmoid")
    @Doc("The logistic function, between 0 and 1.")
    non-sealed interface Sigmoid extends Activation {
        @Override
        default String code(Call call) {
            return "torch.sigmoid(" + call.input(0) + ")";
        }
    }

    /** The hyperbolic tangent. */
    @Config
    @Kind("tanh")
    @Doc("The hyperbolic tangent, between -1 and 1.")
    non-sealed interface Tanh extends Activation {
        @Override
        default String code(Call call) {
            return "torch.tanh(" + call.input(0) + ")";
        }
    }

    /** x above 0, α (exp(x) - 1) below (Clevert, Unterthiner and Hochreiter 2015). */
    @Config
    @Kind("elu")
    @Doc("The values above 0, and an exponential that ends at -alpha for the others.")
    non-sealed interface Elu extends Activation {
        @Doc("How far values go below 0.")
        @Positive @Value.Default
        default double alpha() {
            return 1;
        }

        @Override
        default String code(Call call) {
            return "torch.elu(" + call.input(0) + ", " + Call.number(alpha()) + ", 1, 1)";
        }
    }

    /** log(1 + exp(x)). */
    @Config
    @Kind("softplus")
    @Doc("A smooth rectifier.")
    non-sealed interface Softplus extends Activation {
        @Override
        default String code(Call call) {
            return "torch.softplus(" + call.input(0) + ", 1, 20)";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }
}
