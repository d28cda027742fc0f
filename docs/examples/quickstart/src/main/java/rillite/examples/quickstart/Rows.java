package rillite.examples.quickstart;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Rows as JSON, one line each. */
final class Rows {

    private Rows() {}

    static String json(Map<String, @Nullable Object> row) {
        StringJoiner object = new StringJoiner(",", "{", "}");
        row.forEach((name, value) -> object.add(quoted(name) + ":" + json(value)));
        return object.toString();
    }

    private static String json(@Nullable Object value) {
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            return "null";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof ByteBuffer bytes) {
            return quoted(bytes.remaining() + " bytes");
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\') {
                json.append('\\').append(unit);
            } else if (unit < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                json.append(unit);
            }
        }
        return json.append('"').toString();
    }
}
