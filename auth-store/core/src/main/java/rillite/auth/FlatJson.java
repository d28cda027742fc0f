package rillite.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts by name as a JSON object, so that SQL can look into them. Reads what it writes, and nothing else. */
final class FlatJson {

    private final String text;
    private int place;

    private FlatJson(String text) {
        this.text = text;
    }

    static String write(Map<String, String> values) {
        StringBuilder json = new StringBuilder("{");
        values.forEach((name, value) -> {
            json.append(json.length() > 1 ? "," : "");
            quote(json, name);
            quote(json.append(':'), value);
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            if (one == '"' || one == '\\') {
                json.append('\\').append(one);
            } else if (one < ' ' || Character.isSurrogate(one)) {
                json.append(String.format("\\u%04x", (int) one));
            } else {
                json.append(one);
            }
        }
        json.append('"');
    }

    /**
     * @throws InvalidAuthValueException somebody else wrote it
     */
    static Map<String, String> read(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        return new FlatJson(json).object();
    }

    private Map<String, String> object() {
        Map<String, String> values = new LinkedHashMap<>();
        expect('{');
        if (next() == '}') {
            return end(values);
        }
        place--;
        while (true) {
            String name = string();
            expect(':');
            values.put(name, string());
            char after = next();
            if (after == '}') {
                return end(values);
            }
            require(after == ',');
        }
    }

    private Map<String, String> end(Map<String, String> values) {
        require(place == text.length());
        return values;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char one = next(); one != '"'; one = next()) {
            value.append(one == '\\' ? escaped() : one);
        }
        return value.toString();
    }

    private char escaped() {
        char kind = next();
        if (kind != 'u') {
            require(kind == '"' || kind == '\\');
            return kind;
        }
        require(place + 4 <= text.length());
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            require(digit >= 0);
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private void expect(char wanted) {
        require(next() == wanted);
    }

    private char next() {
        require(place < text.length());
        return text.charAt(place++);
    }

    private void require(boolean met) {
        if (!met) {
            throw new InvalidAuthValueException(
                    "The claims of a token are not as the store writes them, at " + place + ".");
        }
    }
}
