package dev.assay.report;

import java.util.List;

/**
 * What the page of a heat map shows; the template only lays it out.
 *
 * @param map the numbers
 * @param data JSON for the chart, safe inside a script element
 * @param style the style sheet
 * @param scripts the charting library and what draws the chart
 * @param policy the content-security policy
 */
public record HeatMapPage(HeatMap map, String data, String style, List<String> scripts, String policy) {

    /** A number as the table shows it. */
    public String text(int row, int column) {
        return map.text(row, column);
    }
}
