package dev.assay.editor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The YAML language server that editors use (npm package {@code yaml-language-server}), driven over its standard streams. A read that gets no
 * answer is ended by the time limit of the test, and the process with it.
 */
final class LanguageServer implements AutoCloseable {
    private static final String VERSION = "1.25.0";
    private static final Path FOLDER = Path.of("target", "yaml-language-server").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final InputStream in;
    private final OutputStream out;
    private final Queue<JsonNode> notices = new ArrayDeque<>();
    private int requests;

    private LanguageServer(Process process) {
        this.process = process;
        this.in = new BufferedInputStream(process.getInputStream());
        this.out = process.getOutputStream();
    }

    /** Installs the package if it is not there; returns why that did not work, or nothing. */
    static String install() throws InterruptedException {
        if (Files.exists(program())) {
            return "";
        }
        try {
            Files.createDirectories(FOLDER);
            Path log = FOLDER.resolve("install.log");
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            FOLDER.toString(),
                            "yaml-language-server@" + VERSION)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!npm.waitFor(180, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                return "npm install took more than 3 minutes";
            }
            return npm.exitValue() == 0 ? "" : "npm install failed; see " + log;
        } catch (IOException e) {
            return "npm cannot be run: " + e.getMessage();
        }
    }

    private static Path program() {
        return FOLDER.resolve("node_modules/yaml-language-server/bin/yaml-language-server");
    }

    /** Starts the server for the files below a folder. */
    static LanguageServer start(Path root) throws IOException {
        Process process = new ProcessBuilder("node", program().toString(), "--stdio")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        LanguageServer server = new LanguageServer(process);
        ObjectNode settings = JSON.createObjectNode();
        settings.put("processId", ProcessHandle.current().pid());
        settings.put("rootUri", root.toUri().toString());
        settings.putObject("capabilities").putObject("workspace").put("configuration", true);
        server.request("initialize", settings);
        server.notify("initialized", JSON.createObjectNode());
        return server;
    }

    /** Opens a text as if it were that file; returns what is wrong with it, as {@code line: message}. */
    List<String> open(Path file, String text) throws IOException {
        notices.clear();
        ObjectNode params = JSON.createObjectNode();
        params.putObject("textDocument")
                .put("uri", file.toUri().toString())
                .put("languageId", "yaml")
                .put("version", 1)
                .put("text", text);
        notify("textDocument/didOpen", params);
        JsonNode found = null;
        while (found == null) {
            JsonNode notice = notices.isEmpty() ? read() : notices.remove();
            boolean fits = notice.path("method").asString("").equals("textDocument/publishDiagnostics")
                    && notice.at("/params/uri").asString().equals(file.toUri().toString());
            found = fits ? notice.at("/params/diagnostics") : null;
        }
        return found.valueStream()
                .map(each -> each.at("/range/start/line").asInt() + ": "
                        + each.get("message").asString())
                .toList();
    }

    /** The labels offered at a place, counted from 0. */
    List<String> complete(Path file, int line, int character) throws IOException {
        JsonNode items = request("textDocument/completion", position(file, line, character));
        return (items.has("items") ? items.get("items") : items)
                .valueStream()
                .map(item -> item.get("label").asString())
                .toList();
    }

    /** What is shown when the pointer rests at a place. */
    String hover(Path file, int line, int character) throws IOException {
        return request("textDocument/hover", position(file, line, character))
                .at("/contents/value")
                .asString("");
    }

    private static ObjectNode position(Path file, int line, int character) {
        ObjectNode params = JSON.createObjectNode();
        params.putObject("textDocument").put("uri", file.toUri().toString());
        params.putObject("position").put("line", line).put("character", character);
        return params;
    }

    private JsonNode request(String method, ObjectNode params) throws IOException {
        int id = ++requests;
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id);
        message.put("method", method).set("params", params);
        write(message);
        while (true) {
            JsonNode answer = read();
            if (!answer.has("method") && answer.path("id").asInt(-1) == id) {
                if (answer.has("error")) {
                    throw new IOException(answer.get("error").toString());
                }
                return answer.path("result");
            }
            notices.add(answer);
        }
    }

    private void notify(String method, ObjectNode params) throws IOException {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0");
        message.put("method", method).set("params", params);
        write(message);
    }

    /** The next message, after answering what the server asks. */
    private JsonNode read() throws IOException {
        int length = 0;
        for (String line = header(); !line.isEmpty(); line = header()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        JsonNode message = JSON.readTree(in.readNBytes(length));
        if (message.has("method") && message.has("id")) {
            answer(message);
        }
        return message;
    }

    private void answer(JsonNode request) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        if (request.get("method").asString().equals("workspace/configuration")) {
            var sections = answer.putArray("result");
            request.at("/params/items").forEach(item -> {
                boolean yaml = item.path("section").asString("").equals("yaml");
                sections.add(yaml ? settings() : JSON.createObjectNode());
            });
        } else {
            answer.putNull("result");
        }
        write(answer);
    }

    /** Everything on, but for the catalogue of schemas on the network. */
    private static ObjectNode settings() {
        ObjectNode yaml = JSON.createObjectNode().put("validate", true).put("hover", true);
        yaml.put("completion", true).putObject("schemaStore").put("enable", false);
        return yaml;
    }

    private String header() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The language server ended.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private void write(ObjectNode message) throws IOException {
        byte[] body = JSON.writeValueAsBytes(message);
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
