package dev.assay.recipe;

/**
 * Something a recipe was read from. All of them together are enough to read it again.
 *
 * @param layer what it is
 * @param name the file, the variable of the environment, or the argument such as {@code --set 2}
 * @param text the file's text, the variable's value or the argument; of {@code assay.local.yaml} only the settings that apply, as JSON
 */
public record Source(Layer layer, String name, String text) {}
