package rillite.r2dbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Chunks written by hand: Long, Integer, Double, String and byte[] become cells as SQLite would give them. */
final class TestChunks {
    private TestChunks() {}

    /** One row of one column "c" of table "t". */
    static RowChunk cell(@Nullable String declared, @Nullable Object value) {
        return row(new Columns(new String[] {"c"}, new String[] {declared}, new String[] {"t"}), value);
    }

    static RowChunk row(Columns columns, @Nullable Object... values) {
        RowChunk chunk = new RowChunk(columns, 1);
        for (Object value : values) {
            put(chunk, value);
        }
        chunk.endRow();
        return chunk;
    }

    static Columns untyped(String... names) {
        return new Columns(names, new String[names.length], new String[names.length]);
    }

    static void put(RowChunk chunk, @Nullable Object value) {
        if (value == null) {
            chunk.putNull();
        } else if (value instanceof Double real) {
            chunk.putDouble(real);
        } else if (value instanceof String text) {
            chunk.putText(text.getBytes(UTF_8));
        } else if (value instanceof byte[] bytes) {
            chunk.putBlob(bytes);
        } else {
            chunk.putLong(((Number) value).longValue());
        }
    }
}
