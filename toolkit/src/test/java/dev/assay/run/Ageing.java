package dev.assay.run;

import dev.assay.Assay;
import dev.assay.config.Config;
import dev.assay.config.RunConfig;
import dev.assay.config.Stateless;
import dev.assay.config.Validated;
import dev.assay.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** Two versions of one application: the second has other defaults, another key, and lacks one. */
public final class Ageing {
    private Ageing() {}

    @Config
    public interface Nothing extends Validated {}

    /** The constants have other names in the second version. */
    public enum FirstMode {
        FAST
    }

    public enum SecondMode {
        QUICK
    }

    @Config
    public interface FirstTrain extends Validated {
        @Value.Default
        default double rate() {
            return 0.1;
        }

        @Value.Default
        default FirstMode mode() {
            return FirstMode.FAST;
        }

        @Value.Default
        default int gone() {
            return 3;
        }

        @Stateless
        @Value.Default
        default String note() {
            return "first";
        }
    }

    @Config
    public interface FirstRun extends RunConfig {
        @Override
        Nothing data();

        @Override
        Nothing model();

        @Override
        FirstTrain train();
    }

    @Config
    public interface SecondTrain extends Validated {
        @Value.Default
        default double rate() {
            return 0.2;
        }

        @Value.Default
        default SecondMode mode() {
            return SecondMode.QUICK;
        }

        @Value.Default
        default int added() {
            return 7;
        }

        @Stateless
        @Value.Default
        default String note() {
            return "second";
        }
    }

    @Config
    public interface SecondRun extends RunConfig {
        @Override
        Nothing data();

        @Override
        Nothing model();

        @Override
        SecondTrain train();
    }

    /** The first version's process. */
    public static final class First implements Trainable<FirstRun> {
        public static void main(String[] args) {
            System.exit(Assay.application("ageing")
                    .wrapper("ageing", FirstRun.class, First::new)
                    .run(args));
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.maximize("rate"));
        }

        @Override
        public Outcome run(Trial<FirstRun> trial) {
            return completed(trial.config().train().rate());
        }
    }

    /** The second version's. */
    public static final class Second implements Trainable<SecondRun> {
        public static void main(String[] args) {
            System.exit(Assay.application("ageing")
                    .wrapper("ageing", SecondRun.class, Second::new)
                    .run(args));
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.maximize("rate"));
        }

        @Override
        public Outcome run(Trial<SecondRun> trial) {
            return completed(trial.config().train().rate());
        }
    }

    private static Outcome completed(double rate) {
        return new Outcome.Completed(Map.of("val.rate", rate), Optional.empty());
    }
}
