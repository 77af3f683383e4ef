package dev.assay.model;

import ai.djl.ndarray.NDArray;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of tensors that were loaded into a model as far as they fit.
 *
 * @param matched names of the model's tensors that were taken over
 * @param reshaped those whose values were taken over although the shape was written differently, such as (8, 1) for (8)
 * @param skipped names in the file that the model has no place for, with the reason
 * @param left names of the model's tensors that stay as they were
 */
public record PartialLoad(List<String> matched, List<String> reshaped, Map<String, String> skipped, List<String> left) {

    /**
     * Takes over what fits by name and shape.
     *
     * @param renames from the beginning of a name in the file to what stands there in the model, as in {@code module. → ""}; the longest
     *     beginning that fits counts
     * @throws AssayException if two tensors of the file would get one name, or nothing fits at all
     */
    public static PartialLoad into(Model model, Map<String, NDArray> tensors, Map<String, String> renames) {
        Map<String, NDArray> renamed = new TreeMap<>();
        new TreeMap<>(tensors).forEach((name, tensor) -> {
            String target = rename(name, renames);
            if (renamed.put(target, tensor) != null) {
                throw new AssayException(
                        "Two tensors would be called (" + target + ") after renaming by " + renames + ".");
            }
        });
        PartialLoad load = new PartialLoad(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        Map<String, NDArray> own = model.tensors();
        renamed.forEach((name, tensor) -> load.take(name, own, tensor));
        own.keySet().stream()
                .filter(name -> !load.matched.contains(name) && !load.reshaped.contains(name))
                .forEach(load.left::add);
        if (load.matched.isEmpty() && load.reshaped.isEmpty()) {
            throw new AssayException("None of the tensors " + renamed.keySet() + " fits the model's, " + own.keySet()
                    + ".\nMaybe they need renames.");
        }
        return load;
    }

    private void take(String name, Map<String, NDArray> own, NDArray tensor) {
        NDArray target = own.get(name);
        if (target == null) {
            skipped.put(name, "the model has no tensor of that name");
        } else if (target.size() != tensor.size() || target.getDataType() != tensor.getDataType()) {
            skipped.put(name, "it is " + text(tensor) + ", the model's " + text(target));
        } else {
            boolean isSame = target.getShape().equals(tensor.getShape());
            boolean isSqueezed = squeezed(target).equals(squeezed(tensor));
            if (isSame || isSqueezed) {
                Layout.assign(target, tensor.toByteBuffer());
                (isSame ? matched : reshaped).add(name);
            } else {
                skipped.put(name, "it is " + text(tensor) + ", the model's " + text(target));
            }
        }
    }

    private static List<Long> squeezed(NDArray array) {
        List<Long> sizes = new ArrayList<>();
        for (long size : array.getShape().getShape()) {
            if (size != 1) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    private static String rename(String name, Map<String, String> renames) {
        return renames.keySet().stream()
                .filter(name::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .map(from -> renames.get(from) + name.substring(from.length()))
                .orElse(name);
    }

    private static String text(NDArray array) {
        return array.getDataType() + " " + array.getShape();
    }

    /** What happened, a line for each kind, for people. */
    @Override
    public String toString() {
        return matched.size() + " tensors taken over" + (reshaped.isEmpty() ? "" : ", " + reshaped + " reshaped")
                + (skipped.isEmpty() ? "" : ", skipped " + skipped)
                + (left.isEmpty() ? "" : ", left as they were " + left) + ".";
    }
}
