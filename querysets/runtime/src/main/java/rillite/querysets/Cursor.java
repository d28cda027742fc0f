package rillite.querysets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order as a text for URLs: the values of a row as SQLite's literals, with a mark of the order to which they
 * belong and a checksum. It is not encrypted and not signed; its values are bound, so that a forged one only leads elsewhere.
 */
final class Cursor {

    private static final int HEAD = 2 * Integer.BYTES;

    private final String text;
    private int at;

    private Cursor(String text) {
        this.text = text;
    }

    /**
     * Writes a place.
     *
     * @param order what tells this order from others
     * @param literals the values of the row, as {@code quote} gives them
     */
    static String of(String order, List<String> literals) {
        byte[] values = String.join(",", literals).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + values.length)
                .putInt(sum(order.getBytes(StandardCharsets.UTF_8)))
                .putInt(sum(values))
                .put(values);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads a place: Long, Double, String, read-only ByteBuffer or null for each value.
     *
     * @throws InvalidValueException the text is no cursor, is damaged, or is one of another order
     */
    static List<@Nullable Object> read(String cursor, String order, int size, String table) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            throw refused(table, "it is no cursor");
        }
        if (bytes.remaining() < HEAD) {
            throw refused(table, "it is no cursor");
        }
        int mark = bytes.getInt();
        int sum = bytes.getInt();
        byte[] values = new byte[bytes.remaining()];
        bytes.get(values);
        if (sum != sum(values)) {
            throw refused(table, "it is damaged");
        }
        if (mark != sum(order.getBytes(StandardCharsets.UTF_8))) {
            throw refused(table, "it belongs to a query with another order");
        }
        List<@Nullable Object> read;
        try {
            read = new Cursor(new String(values, StandardCharsets.UTF_8)).values();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw refused(table, "it is damaged");
        }
        if (read.size() != size) {
            throw refused(table, "it is damaged");
        }
        return read;
    }

    private static InvalidValueException refused(String table, String why) {
        return new InvalidValueException(
                "Invalid cursor for pageAfter of \"" + table + "\": " + why
                        + ". Take it from next() of a page of the same query, or pass null for the first page.",
                null);
    }

    private static int sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(value());
        while (at < text.length()) {
            if (text.charAt(at++) != ',') {
                throw new IllegalArgumentException();
            }
            values.add(value());
        }
        return values;
    }

    private @Nullable Object value() {
        char first = text.charAt(at);
        if (first == '\'') {
            return quoted();
        }
        if (first == 'X') {
            at++;
            return ByteBuffer.wrap(HexFormat.of().parseHex(quoted())).asReadOnlyBuffer();
        }
        int end = text.indexOf(',', at);
        String word = text.substring(at, end < 0 ? text.length() : end);
        at += word.length();
        if (word.equals("NULL")) {
            return null;
        }
        return word.matches("-?\\d+") ? (Object) Long.valueOf(word) : Double.valueOf(word);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; ; at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                at++;
                if (at == text.length() || text.charAt(at) != '\'') {
                    return value.toString();
                }
            }
            value.append(c);
        }
    }
}
