package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.ParetoFront;
import dev.assay.metric.Direction;
import dev.assay.statistics.LinearRegression;
import dev.assay.store.TrialRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that tables and charts are made from. Trials and cells are columns, and the points of curves are four-byte little-endian floats in Base64:
 * of ten thousand trials they would not fit into a page otherwise.
 */
final class ReportData {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Tests of more dots than that cost seconds, and nobody could tell them apart. */
    private static final int MOST_TESTED = 500;

    private final Findings findings;

    ReportData(Findings findings) {
        this.findings = findings;
    }

    /** JSON without any {@code <}, so that it can stand inside a script element. */
    String json() {
        ObjectNode data = JSON.createObjectNode();
        data.put("baseline", baseline());
        metrics(data.putArray("metrics"));
        columns(data.putArray("factors"), findings.factors());
        columns(data.putArray("others"), findings.otherColumns());
        cells(data.putObject("cells"));
        trials(data.putObject("trials"));
        regressions(data.putArray("regressions"));
        fronts(data.putArray("fronts"));
        Lines lines = findings.lines();
        data.put("curvesLeftOut", lines.leftOut());
        ObjectNode curves = data.putObject("curves");
        lines.byMetric().forEach((name, cells) -> curves(curves.putObject(name), name, cells));
        return data.toString().replace("<", "\\u003c");
    }

    private int baseline() {
        List<Cell> cells = findings.cells();
        return IntStream.range(0, cells.size())
                .filter(i -> findings.isBaseline(cells.get(i)))
                .findFirst()
                .orElse(-1);
    }

    private void metrics(ArrayNode list) {
        findings.metricNames().forEach(name -> list.add(metric(name).put("name", name)));
    }

    private ObjectNode metric(String name) {
        return JSON.createObjectNode()
                .put("percent", findings.declared(name).unit().equals("fraction"))
                .put("unit", findings.declared(name).unit())
                .put("lower", findings.declared(name).direction() == Direction.MINIMIZE);
    }

    private static void columns(ArrayNode list, List<Column> columns) {
        for (Column factor : columns) {
            ObjectNode node = list.addObject()
                    .put("path", factor.path())
                    .put("name", factor.name())
                    .put("numeric", factor.isNumeric());
            ArrayNode levels = node.putArray("levels");
            for (int i = 0; i < factor.levels().size(); i++) {
                JsonNode level = factor.levels().get(i);
                levels.add(level.isNumber() ? level : JSON.getNodeFactory().stringNode(factor.text(i)));
            }
            factor.ofCell().forEach(node.putArray("of")::add);
        }
    }

    /** Cells in the order of the plan, with ranks from 0 for the best, -1 for none. */
    private void cells(ObjectNode node) {
        ArrayNode labels = node.putArray("label");
        ArrayNode sizes = node.putArray("trials");
        ArrayNode ranks = node.putArray("rank");
        ArrayNode estimates = node.putArray("estimates");
        for (Cell cell : findings.cells()) {
            labels.add(cell.label());
            sizes.add(cell.trials().size());
            ranks.add(findings.rank(cell));
            ArrayNode ofMetrics = estimates.addArray();
            findings.metricNames().forEach(name -> estimate(ofMetrics.addArray(), findings.estimate(cell, name)));
        }
        ArrayNode differences = node.putArray("difference");
        if (findings.baseline().isPresent()) {
            for (Cell cell : findings.cells()) {
                differences.add(findings.differenceText(cell));
            }
        }
    }

    private static void estimate(ArrayNode node, Estimate estimate) {
        if (estimate.n() > 0) {
            number(node.add(estimate.n()), estimate.mean());
        }
        if (estimate.hasInterval()) {
            number(node, estimate.deviation());
            number(node, estimate.low());
            number(node, estimate.high());
        }
    }

    /** With the seven digits of a float, more than anybody reads. */
    private static void number(ArrayNode node, double value) {
        if (Double.isFinite(value)) {
            node.add((float) value);
        } else {
            node.addNull();
        }
    }

    private void trials(ObjectNode node) {
        Map<String, Integer> cellOf = findings.cellOfTrial();
        ArrayNode hashes = node.putArray("hash");
        ArrayNode cells = node.putArray("cell");
        ArrayNode seeds = node.putArray("seed");
        ArrayNode states = node.putArray("state");
        ArrayNode progress = node.putArray("progress");
        ArrayNode seconds = node.putArray("seconds");
        ArrayNode metrics = node.putArray("metrics");
        for (TrialRecord trial : findings.trials()) {
            hashes.add(trial.hash().substring(0, Math.min(10, trial.hash().length())));
            cells.add(cellOf.getOrDefault(trial.hash(), -1));
            seeds.add(Long.toString(trial.seed()));
            states.add(trial.state().name().toLowerCase(Locale.ROOT));
            number(progress, trial.progress());
            number(seconds, seconds(trial));
            ArrayNode values = metrics.addArray();
            findings.metricNames()
                    .forEach(name -> number(values, trial.metrics().getOrDefault(name, Double.NaN)));
        }
    }

    private static double seconds(TrialRecord trial) {
        return trial.started()
                .flatMap(start -> trial.ended().map(end -> Duration.between(start, end)))
                .map(took -> took.toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    /** For each numeric factor and each metric, over the values and over their logarithms. */
    private void regressions(ArrayNode list) {
        List<Column> factors = findings.factors();
        for (int f = 0; f < factors.size(); f++) {
            for (int m = 0;
                    factors.get(f).isNumeric() && m < findings.metricNames().size();
                    m++) {
                for (boolean isLog : new boolean[] {false, true}) {
                    ObjectNode place = JSON.createObjectNode()
                            .put("factor", f)
                            .put("metric", m)
                            .put("log", isLog);
                    findings.regression(factors.get(f), findings.metricNames().get(m), isLog)
                            .ifPresent(line -> list.add(regression(place, line)));
                }
            }
        }
    }

    /** For each two metrics, and each by itself, the cells of the front, and those behind it of which seeds do not rule out that this is chance. */
    private void fronts(ArrayNode list) {
        List<String> names = findings.metricNames();
        for (int x = 0; x < names.size(); x++) {
            for (int y = x; y < names.size(); y++) {
                ObjectNode node = list.addObject().put("x", x).put("y", y);
                ArrayNode front = node.putArray("cells");
                ArrayNode unclear = node.putArray("unclear");
                boolean areFew = findings.cells().size() <= MOST_TESTED;
                for (ParetoFront.Point point :
                        findings.front(names.get(x), names.get(y)).points()) {
                    if (point.dominatedBy().isEmpty()) {
                        front.add(findings.index(point.cell()));
                    } else if (areFew && !point.isClear()) {
                        unclear.add(findings.index(point.cell()));
                    }
                }
            }
        }
    }

    private static ObjectNode regression(ObjectNode node, LinearRegression line) {
        node.put("n", line.n()).put("slope", line.slope()).put("intercept", line.intercept());
        node.put("center", line.meanX()).put("spread", line.squaresX());
        return node.put("half", line.slopeInterval(0.95).high() - line.slope()).put("fit", line.r() * line.r());
    }

    private void curves(ObjectNode node, String name, Map<Integer, Lines.CellLines> cells) {
        node.set("metric", metric(name));
        ObjectNode lines = node.putObject("cells");
        cells.forEach((cell, line) -> {
            ObjectNode of = line(lines.putObject(cell.toString()), line.mean());
            ObjectNode seeds = of.putObject("seeds");
            new TreeMap<>(line.seeds()).forEach((seed, each) -> line(seeds.putObject(seed.toString()), each));
        });
    }

    private static ObjectNode line(ObjectNode node, Line line) {
        node.put("step", floats(line.steps()));
        double ratio = line.ratio();
        if (Double.isNaN(ratio)) {
            node.put("epoch", floats(line.epochs()));
        } else {
            node.put("epoch", ratio);
        }
        node.put("time", floats(line.seconds())).put("value", floats(line.values()));
        if (line.halves().length > 0) {
            node.put("half", floats(line.halves()));
        }
        return node;
    }

    private static String floats(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
