package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;

/** Writes lists of stored values as JSON arrays, so that a list of any length travels as one bind. */
final class JsonList {

    /** Elements per bind; longer lists travel as several. */
    static final int CHUNK = 100_000;

    private JsonList() {}

    static List<Expression> binds(List<Object> values) {
        List<Expression> binds = new ArrayList<>();
        for (int from = 0; from < values.size(); from += CHUNK) {
            binds.add(new Bind(array(values.subList(from, Math.min(from + CHUNK, values.size())))));
        }
        return binds;
    }

    static String array(List<?> values) {
        StringBuilder json = new StringBuilder(16 * values.size() + 2);
        write(values, json);
        return json.toString();
    }

    private static void write(List<?> values, StringBuilder json) {
        char separator = '[';
        for (Object value : values) {
            json.append(separator);
            separator = ',';
            if (value instanceof Number) {
                json.append(value);
            } else if (value instanceof ByteBuffer blob) {
                json.append('"').append(hex(blob)).append('"');
            } else if (value instanceof List<?> inner) {
                write(inner, json);
            } else {
                string(value.toString(), json);
            }
        }
        json.append(values.isEmpty() ? "[]" : "]");
    }

    private static String hex(ByteBuffer blob) {
        byte[] bytes = new byte[blob.remaining()];
        blob.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void string(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
