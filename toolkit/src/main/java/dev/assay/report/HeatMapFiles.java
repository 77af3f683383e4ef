package dev.assay.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a heat map: a page that needs nothing else, a picture, and the numbers. */
public final class HeatMapFiles {
    private HeatMapFiles() {}

    /**
     * Writes {@code name.html}, {@code name.csv} and {@code name.png} into the folder, which is made if need be. The picture is left out, with a
     * warning, where the Java runtime has no fonts.
     *
     * @return the files
     * @throws dev.assay.error.AssayException if one cannot be written
     */
    public static List<Path> write(HeatMap map, Path folder, String name) {
        List<Path> files = new ArrayList<>();
        files.add(ReportFiles.write(folder.resolve(name + ".html"), html(map)));
        files.add(ReportFiles.write(folder.resolve(name + ".csv"), map.csv()));
        try {
            files.add(ReportFiles.write(folder.resolve(name + ".png"), png(HeatMapPicture.of(map))));
        } catch (NullPointerException | InternalError e) {
            // What Java throws where it finds no font.
            LoggerFactory.getLogger(HeatMapFiles.class)
                    .warn("No picture was written, since this Java runtime finds no fonts: {}", e.toString());
        }
        return files;
    }

    private static String html(HeatMap map) {
        StringOutput html = new StringOutput();
        String style = ReportFiles.resource("report.css");
        List<String> scripts = List.of(ReportFiles.resource(ReportFiles.CHARTS), ReportFiles.resource("heatmap.js"));
        HeatMapPage page = new HeatMapPage(map, json(map), style, scripts, ContentPolicy.of(scripts, List.of(style)));
        TemplateEngine.createPrecompiled(ContentType.Html).render("heatmap.jte", page, html);
        return html.toString();
    }

    private static String json(HeatMap map) {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        data.put("measure", map.measure()).put("rowTitle", map.rowTitle()).put("columnTitle", map.columnTitle());
        map.rows().forEach(data.putArray("rows")::add);
        map.columns().forEach(data.putArray("columns")::add);
        Viridis.STOPS.forEach(data.putArray("colors")::add);
        ArrayNode values = data.putArray("values");
        map.values().forEach(row -> row.forEach(values.addArray()::add));
        return data.toString().replace("<", "\\u003c");
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
