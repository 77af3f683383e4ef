package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.immutables.value.Value;

/** Settings of {@link RepresentationMatching}. */
@Config
@Doc("Learns to tell examples apart and alike as a teacher does.")
public interface RepresentationMatchingConfig extends Validated {
    @Doc("Hash of the trial whose model is the teacher.")
    @NotBlank String teacher();

    @Doc(
            "Names of outputs of the student, each with that of the teacher's output it is to be like; all of shape (N, …).")
    @NotEmpty Map<String, String> outputs();

    @Doc("How alike two representations are.")
    @Value.Default
    default Similarity similarity() {
        return Similarity.LINEAR_CKA;
    }

    @Doc("What 1 − similarity, summed over the outputs, is multiplied by before it is added to the loss.")
    @Positive @Value.Default
    default double weight() {
        return 1;
    }
}
