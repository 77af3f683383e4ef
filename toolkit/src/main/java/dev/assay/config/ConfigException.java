package dev.assay.config;

import dev.assay.error.AssayException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. The message shows all faults, then their number. */
public final class ConfigException extends AssayException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public ConfigException(List<Fault> faults) {
        super(message(faults));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of their places. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(List<Fault> faults) {
        String count = faults.size() == 1 ? "1 fault." : faults.size() + " faults.";
        return faults.stream().map(Fault::toString).collect(Collectors.joining("\n", "", "\n" + count));
    }
}
