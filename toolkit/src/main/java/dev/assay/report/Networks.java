package dev.assay.report;

import dev.assay.analysis.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The pictures of an experiment's networks, each once however many trials have it.
 *
 * @param shown the first of them
 * @param leftOut how many more there are
 */
record Networks(List<ReportPage.Network> shown, int leftOut) {
    private static final int MOST = 20;
    private static final int MOST_NAMES = 4;
    /** Characters of SVG: about thirty nodes. */
    private static final int LARGE = 10_000;

    /** @param pictures SVG by trial hash */
    static Networks of(List<Cell> cells, Map<String, String> pictures) {
        Map<String, TreeSet<String>> byPicture = new LinkedHashMap<>();
        for (Cell cell : cells) {
            cell.trials().stream()
                    .filter(trial -> pictures.containsKey(trial.hash()))
                    .forEach(trial -> byPicture
                            .computeIfAbsent(pictures.getOrDefault(trial.hash(), ""), picture -> new TreeSet<>())
                            .add(cell.label()));
        }
        List<ReportPage.Network> shown = new ArrayList<>();
        byPicture.entrySet().stream().limit(MOST).forEach(entry -> {
            boolean isOfAll = entry.getValue().size() == cells.size();
            shown.add(network(isOfAll ? "all trials" : names(entry.getValue()), entry.getKey()));
        });
        return new Networks(shown, byPicture.size() - shown.size());
    }

    private static ReportPage.Network network(String cells, String picture) {
        String source = "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(picture.getBytes(StandardCharsets.UTF_8));
        return new ReportPage.Network(cells, source, picture.length() > LARGE);
    }

    private static String names(TreeSet<String> labels) {
        List<String> first = labels.stream().limit(MOST_NAMES).toList();
        int more = labels.size() - first.size();
        return String.join("; ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
