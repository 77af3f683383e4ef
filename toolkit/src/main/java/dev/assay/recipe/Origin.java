package dev.assay.recipe;

import dev.assay.config.Place;

/**
 * Which layer set a value.
 *
 * @param layer the layer
 * @param name of the profile; otherwise empty
 * @param place where the value was written; of a default, {@code default}
 */
public record Origin(Layer layer, String name, Place place) {
    static final Origin DEFAULT = new Origin(Layer.DEFAULT, "", Place.of("default"));

    /** {@code recipe.yaml:3:10}, {@code profile quick, recipe.yaml:9:4}, {@code --set 2}, {@code default}. */
    @Override
    public String toString() {
        return switch (layer) {
            case PROFILE -> "profile " + name + ", " + place;
            case SWEEP -> "sweep, " + place;
            case DEFAULT, RECIPE, INCLUDE, LOCAL, ENVIRONMENT, COMMAND_LINE -> place.toString();
        };
    }
}
