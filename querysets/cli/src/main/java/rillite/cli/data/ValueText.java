package rillite.cli.data;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Json;
import rillite.cli.Output;

/** Values as text. */
final class ValueText {

    private ValueText() {}

    /** All of a value, so that it can be read back. */
    static String exact(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return Json.line(value);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    /** A value in a cell of a screen. */
    static String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof ByteBuffer bytes ? "(" + Output.count(bytes.remaining(), "byte") + ")" : exact(value);
    }
}
