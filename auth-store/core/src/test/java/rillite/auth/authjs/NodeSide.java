package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application in Node on the other side of the file: its adapter, its handler, its own look at the rows. */
final class NodeSide implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private NodeSide(Process process) {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    static NodeSide start(Path packages, String layout, Path file) {
        String node = NodePackages.program("node").orElseThrow().toString();
        try {
            NodeSide side = new NodeSide(new ProcessBuilder(node, "side.mjs", layout, file.toString())
                    .directory(packages.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            assertThat(side.answer().asString()).isEqualTo("ready");
            return side;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> date(Instant date) {
        return Map.of("$date", date.toString());
    }

    static Instant date(JsonNode value) {
        return Instant.parse(value.get("$date").asString());
    }

    /** Fields of an argument, in pairs; null stays null, an instant becomes a Date. */
    static Map<String, @Nullable Object> fields(@Nullable Object... pairs) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            fields.put(String.valueOf(pairs[i]), value instanceof Instant date ? date(date) : value);
        }
        return fields;
    }

    /** Calls a method of the real adapter. */
    JsonNode call(String method, Object... arguments) {
        return ask(fields("do", "call", "method", method, "args", List.of(arguments)));
    }

    JsonNode sql(String sql) {
        return ask(fields("do", "sql", "sql", sql));
    }

    /** A request to the real handler. */
    JsonNode get(String path, @Nullable String cookie) {
        return ask(fields("do", "http", "path", path, "cookie", cookie));
    }

    JsonNode session(String token) {
        return get("/auth/session", "authjs.session-token=" + token);
    }

    JsonNode ask(Map<String, @Nullable Object> command) {
        say(command);
        return answer();
    }

    void say(Map<String, @Nullable Object> command) {
        try {
            in.write(JSON.writeValueAsString(command));
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode answer() {
        try {
            String line = out.readLine();
            assertThat(line).as("the Node side ended").isNotNull();
            JsonNode answer = JSON.readTree(line);
            assertThat(answer.has("error")).as(line).isFalse();
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
