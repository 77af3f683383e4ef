package dev.assay.cli;

import dev.assay.store.StoreAddress;
import dev.assay.store.StoreException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --store}. */
final class StoreOption {
    @Option(
            names = "--store",
            paramLabel = "STORE",
            converter = Address.class,
            description = {
                "The store: a file, beside which weights, logs and reports lie, or jdbc:postgresql://HOST/DATABASE?user=…, with these"
                        + " in .assay.",
                "Default: what the environment variable ASSAY_STORE says, or the file that ASSAY_STORE_FILE names, else .assay/store.db"
            })
    StoreAddress file = StoreAddress.ofEnvironment(System.getenv());

    static final class Address implements ITypeConverter<StoreAddress> {
        @Override
        public StoreAddress convert(String text) {
            try {
                return StoreAddress.parse(text);
            } catch (StoreException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
