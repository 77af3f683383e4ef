package dev.assay.run;

import dev.assay.Assay;
import dev.assay.config.Config;
import dev.assay.config.Derived;
import dev.assay.config.RunConfig;
import dev.assay.config.Secret;
import dev.assay.config.Validated;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import dev.assay.store.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** An application that needs secrets, and the data to know its number of classes. */
public final class Vault implements Trainable<Vault.VaultRun> {

    @Config
    public interface VaultData extends Validated {
        Secret token();

        Secret key();

        @Value.Default
        default boolean counted() {
            return true;
        }
    }

    @Config
    public interface VaultModel extends Validated {
        @Derived
        OptionalInt classes();
    }

    @Config
    public interface VaultTrain extends Validated {
        @Value.Default
        default boolean failing() {
            return false;
        }
    }

    @Config
    public interface VaultRun extends RunConfig {
        @Override
        VaultData data();

        @Override
        VaultModel model();

        @Override
        VaultTrain train();
    }

    public static void main(String[] args) {
        System.exit(Assay.application("vault")
                .wrapper("vault", VaultRun.class, Vault::new)
                .run(args));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.maximize("length"));
    }

    @Override
    public Map<String, ?> derivedValues(VaultRun config) {
        return config.data().counted() ? Map.of("model.classes", 10) : Map.of();
    }

    @Override
    public Outcome run(Trial<VaultRun> trial) throws Exception {
        VaultRun config = trial.config();
        System.out.println("The config is " + config + ".");
        int length = config.data().token().reveal().length()
                + config.data().key().reveal().length();
        if (config.train().failing()) {
            throw new AssayException("This trial was meant to fail with " + config.data() + ".");
        }
        Path weights = Files.writeString(trial.directory().resolve("weights"), "w" + length);
        trial.record("val.length", 1, 1, length);
        return new Outcome.Completed(
                Map.of("val.length", (double) length, "val.classes", (double)
                        config.model().classes().getAsInt()),
                Optional.of(new Weights("0".repeat(64), trial.artifacts().name(weights), 3)));
    }
}
