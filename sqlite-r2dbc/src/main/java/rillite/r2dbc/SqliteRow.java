package rillite.r2dbc;

import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One row of a chunk: an index into memory, nothing more. Values are decoded at each get, on the calling thread.
 *
 * <p>Byte arrays and byte buffers are handed out without a copy.
 */
final class SqliteRow implements Row {
    private final RowChunk chunk;
    private final int index;
    private final Codecs codecs;

    SqliteRow(RowChunk chunk, int index, Codecs codecs) {
        this.chunk = chunk;
        this.index = index;
        this.codecs = codecs;
    }

    RowChunk chunk() {
        return chunk;
    }

    int index() {
        return index;
    }

    @Override
    public RowMetadata getMetadata() {
        return chunk.columns().metadata(codecs);
    }

    @Override
    public @Nullable Object get(int column) {
        return codecs.decode(chunk, index, chunk.columns().check(column));
    }

    @Override
    public <T> @Nullable T get(int column, Class<T> type) {
        return codecs.decode(chunk, index, chunk.columns().check(column), type);
    }

    @Override
    public @Nullable Object get(String name) {
        return codecs.decode(chunk, index, chunk.columns().indexOf(name));
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        return codecs.decode(chunk, index, chunk.columns().indexOf(name), type);
    }

    @Override
    public String toString() {
        return "SqliteRow[" + index + " of " + chunk.size() + "]";
    }
}
