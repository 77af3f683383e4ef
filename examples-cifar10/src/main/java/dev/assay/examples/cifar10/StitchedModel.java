package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import dev.assay.examples.cifar10.model.VisionModel;
import dev.assay.stitching.ImmutablePointwise;
import dev.assay.stitching.ImmutableRegression;
import dev.assay.stitching.StitchingLayer;
import dev.assay.stitching.StitchingStart;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.immutables.value.Value;

/** The networks of two trials, the first up to a node and the second from a node on, with a layer between. */
@Config
@Doc("The networks of two trials made one.")
public interface StitchedModel extends Validated {
    @Doc("The trial whose network comes first, and the node that it goes up to.")
    Part first();

    @Doc("The trial whose network comes second, and the node whose value is replaced.")
    Part second();

    @Doc("What maps values of the first network to those of the second.")
    @Value.Default
    default StitchingLayer layer() {
        return ImmutablePointwise.builder().build();
    }

    @Doc("What the layer is before its training.")
    @Value.Default
    default StitchingStart start() {
        return ImmutableRegression.builder().build();
    }

    /** A trial of the store and a node of its network. */
    @Config
    interface Part extends Validated {
        @Doc("The trial, by its hash or the first digits of it; the store then has all of it.")
        @Pattern(regexp = "[0-9a-f]{1,64}", message = "must be a hash of a trial or the first digits of it") String trial();

        @Doc("The node.")
        String node();

        @Doc("The network of the trial; looked up, and of no effect in a recipe.")
        Optional<VisionModel> network();
    }
}
