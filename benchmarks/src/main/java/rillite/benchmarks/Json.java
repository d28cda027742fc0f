package rillite.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes JSON, indented, in the order of the calls. */
final class Json {

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean first = true;

    void object(Runnable content) {
        comma();
        nest('{', content, '}');
    }

    <T> void array(String name, List<T> elements, Consumer<T> writer) {
        key(name);
        nest('[', () -> elements.forEach(writer), ']');
    }

    void field(String name, Object value) {
        key(name);
        text.append(render(value));
        first = false;
    }

    void value(Object value) {
        comma();
        text.append(render(value));
        first = false;
    }

    @Override
    public String toString() {
        return text + "\n";
    }

    private void key(String name) {
        comma();
        text.append(render(name)).append(": ");
    }

    private void nest(char open, Runnable content, char close) {
        text.append(open);
        depth++;
        first = true;
        content.run();
        depth--;
        if (!first) {
            line();
        }
        text.append(close);
        first = false;
    }

    private void comma() {
        if (!first) {
            text.append(',');
        }
        if (depth > 0) {
            line();
        }
    }

    private void line() {
        text.append('\n').append("  ".repeat(depth));
    }

    private static String render(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "null";
        }
        return value instanceof Number ? value.toString() : quoted(value.toString());
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (unit < 0x20) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }
}
