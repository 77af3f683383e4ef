package dev.assay.optimizer;

import dev.assay.error.AssayException;
import dev.assay.model.NamePattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The learning rate and weight decay of each parameter. */
final class Groups {
    private static final int NEAREST = 3;

    private final OptimizerConfig config;
    private final List<ParameterGroup> groups;
    private final Map<String, Settings> known = new HashMap<>();
    private boolean checked;

    /**
     * What a parameter is updated with.
     *
     * @param rate its learning rate relative to that of the optimizer
     */
    record Settings(double rate, double weightDecay) {}

    Groups(OptimizerConfig config) {
        this.config = config;
        this.groups = config.groups();
    }

    /** @throws AssayException if a group matches none of these names; asked once only */
    void check(Collection<String> names) {
        if (!checked) {
            groups.forEach(group -> requireMatch(NamePattern.parse(group.match()), names));
            checked = true;
        }
    }

    Settings of(String name) {
        return known.computeIfAbsent(name, this::find);
    }

    private Settings find(String name) {
        for (ParameterGroup group : groups) {
            if (NamePattern.parse(group.match()).matches(name)) {
                double rate = group.lr().map(lr -> lr / config.lr()).orElse(1.0);
                return new Settings(rate, group.weightDecay().orElse(config.weightDecay()));
            }
        }
        return new Settings(1, config.weightDecay());
    }

    private static void requireMatch(NamePattern pattern, Collection<String> names) {
        if (names.stream().noneMatch(pattern::matches)) {
            throw new AssayException("The pattern (" + pattern + ") of an optimizer's group matches none of the "
                    + names.size() + " parameters; it must match one.\nMaybe one of these was meant: "
                    + String.join(", ", pattern.nearest(names, NEAREST)) + ".");
        }
    }
}
