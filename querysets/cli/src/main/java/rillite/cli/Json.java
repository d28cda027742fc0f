package rillite.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON. Bytes are an object {@code {"$base64": ".."}}; dates, times and UUIDs are text; infinite numbers are {@code
 * 9e999}, which every reader takes for infinity.
 */
public final class Json {

    private final Appendable target;
    private final boolean pretty;

    private Json(Appendable target, boolean pretty) {
        this.target = target;
        this.pretty = pretty;
    }

    /** One value in one line. */
    public static String line(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, false);
        return text.toString();
    }

    /** One value for people: members and elements on lines of their own. */
    public static String pretty(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, true);
        return text.toString();
    }

    private static void write(Appendable target, @Nullable Object value, boolean pretty) {
        try {
            new Json(target, pretty).value(value, 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void value(@Nullable Object value, int level) throws IOException {
        if (value == null) {
            target.append("null");
        } else if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            target.append(value.toString());
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            target.append(value.toString());
        } else if (value instanceof Number number) {
            target.append(number(number.doubleValue()));
        } else if (value instanceof Map<?, ?> map) {
            members(map, level);
        } else if (value instanceof List<?> list) {
            elements(list, level);
        } else if (value instanceof ByteBuffer bytes) {
            members(Map.of("$base64", base64(bytes)), level);
        } else {
            text(value.toString());
        }
    }

    static String base64(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String number(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "9e999" : "-9e999";
        }
        return Double.isNaN(number) ? "null" : Double.toString(number);
    }

    private void members(Map<?, ?> map, int level) throws IOException {
        if (map.isEmpty()) {
            target.append("{}");
            return;
        }
        target.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            line(level + 1);
            text(String.valueOf(entry.getKey()));
            target.append(pretty ? ": " : ":");
            value(entry.getValue(), level + 1);
            target.append(entries.hasNext() ? "," : "");
        }
        line(level);
        target.append('}');
    }

    private void elements(List<?> list, int level) throws IOException {
        if (list.isEmpty()) {
            target.append("[]");
            return;
        }
        target.append('[');
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            line(level + 1);
            value(elements.next(), level + 1);
            target.append(elements.hasNext() ? "," : "");
        }
        line(level);
        target.append(']');
    }

    private void line(int level) throws IOException {
        if (pretty) {
            target.append('\n').append("  ".repeat(level));
        }
    }

    private void text(String text) throws IOException {
        target.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> target.append("\\\"");
                case '\\' -> target.append("\\\\");
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                case '\t' -> target.append("\\t");
                default -> {
                    if (c < ' '
                            || Character.isSurrogate(c) && !isPaired(text, i)
                            || Character.getType(c) == Character.CONTROL) {
                        target.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        target.append(c);
                    }
                }
            }
        }
        target.append('"');
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
