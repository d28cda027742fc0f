package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement with its values, as it runs on the writer. Rows it returns are kept on the heap, up to a bound. */
final class SqliteStep {
    private static final int CHUNK_ROWS = 256;
    /** What a changed row adds to the log at least, however small it is. */
    private static final int ROW_BYTES = 256;

    final String sql;
    private final StatementKind kind;
    private final @Nullable Object[] values;
    private final long maxRowBytes;
    private final Codecs codecs;

    SqliteStep(String sql, StatementKind kind, @Nullable Object[] values, long maxRowBytes, Codecs codecs) {
        this.sql = sql;
        this.kind = kind;
        this.values = values;
        this.maxRowBytes = maxRowBytes;
        this.codecs = codecs;
    }

    SqliteResult run(SqlitePhysical connection) {
        if (kind != StatementKind.DML && kind != StatementKind.SELECT && kind != StatementKind.PRAGMA_READ) {
            return runOther(connection);
        }
        int epoch = connection.schemaEpoch();
        NativeStatement statement = connection.prepare(sql);
        List<RowChunk> rows = List.of();
        if (connection.execute(statement, values)) {
            rows = collect(connection, statement, epoch);
        } else {
            connection.done(statement);
        }
        if (kind != StatementKind.DML) {
            return SqliteResult.rows(rows, codecs);
        }
        long changes = connection.changes();
        connection.wrote(bytes() + changes * ROW_BYTES);
        return SqliteResult.written(changes, rows, codecs);
    }

    private SqliteResult runOther(SqlitePhysical connection) {
        boolean vacuum = kind == StatementKind.BARRIER;
        if (kind == StatementKind.DDL || vacuum) {
            connection.schemaTouched();
            connection.wrote(Checkpoints.WORTH_A_LOOK);
        }
        if (vacuum) {
            connection.allowAttach(true);
        }
        try {
            int epoch = connection.schemaEpoch();
            NativeStatement statement = connection.prepare(sql);
            if (connection.execute(statement, values)) {
                return SqliteResult.rows(collect(connection, statement, epoch), codecs);
            }
            connection.done(statement);
            return SqliteResult.done(codecs);
        } finally {
            if (vacuum) {
                connection.allowAttach(false);
            }
            connection.schemaSettledIfIdle();
        }
    }

    private List<RowChunk> collect(SqlitePhysical connection, NativeStatement statement, int epoch) {
        List<RowChunk> chunks = new ArrayList<>(1);
        long size = 0;
        try {
            Columns columns = connection.columns(statement, epoch);
            boolean more = true;
            while (more) {
                RowChunk chunk = new RowChunk(columns, CHUNK_ROWS);
                more = connection.pull(statement, chunk, CHUNK_ROWS, maxRowBytes);
                chunks.add(chunk);
                size += chunk.bytes();
                if (size > maxRowBytes) {
                    throw Errors.engine(
                            EngineFault.RESULT_TOO_LARGE,
                            "The rows that a write returned exceed maxMaterializeBytes (" + maxRowBytes + ")",
                            sql,
                            null);
                }
            }
        } finally {
            connection.reset(statement);
        }
        return chunks;
    }

    long bytes() {
        long bytes = 64 + 16L * values.length;
        for (Object value : values) {
            if (value instanceof String text) {
                bytes += 2L * text.length();
            } else if (value instanceof byte[] blob) {
                bytes += blob.length;
            }
        }
        return bytes;
    }
}
