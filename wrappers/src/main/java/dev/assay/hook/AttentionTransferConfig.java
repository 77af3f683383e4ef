package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.immutables.value.Value;

/** Settings of {@link AttentionTransfer}. */
@Config
@Doc("Attention transfer: learns to look where a teacher looks.")
public interface AttentionTransferConfig extends Validated {
    @Doc("Hash of the trial whose model is the teacher.")
    @NotBlank String teacher();

    @Doc(
            "Names of outputs of the student, each with that of the teacher's output it is to be like; both of shape (N, C, H, W).")
    @NotEmpty Map<String, String> outputs();

    @Doc("What the sum of the distances is multiplied by before it is added to the loss.")
    @Positive @Value.Default
    default double weight() {
        return 1000;
    }
}
