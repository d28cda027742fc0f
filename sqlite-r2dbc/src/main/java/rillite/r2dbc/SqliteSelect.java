package rillite.r2dbc;

import org.jspecify.annotations.Nullable;
import rillite.core.PreparedCursor;

/** One query with its values: opened as a cursor for every subscription. */
final class SqliteSelect implements PreparedCursor.Source<SqlitePhysical, RowChunk> {
    private final String sql;
    private final @Nullable Object[] values;
    private final int fetchSize;
    private final boolean attaches;

    SqliteSelect(String sql, @Nullable Object[] values, int fetchSize) {
        this(sql, values, fetchSize, false);
    }

    private SqliteSelect(String sql, @Nullable Object[] values, int fetchSize, boolean attaches) {
        this.sql = sql;
        this.values = values;
        this.fetchSize = fetchSize;
        this.attaches = attaches;
    }

    /** A statement that attaches a file while it runs, as VACUUM INTO does, and is done with its first step. */
    static SqliteSelect attaching(String sql, @Nullable Object[] values) {
        return new SqliteSelect(sql, values, 0, true);
    }

    @Override
    public PreparedCursor<RowChunk> open(SqlitePhysical connection) {
        if (!attaches) {
            return start(connection);
        }
        connection.allowAttach(true);
        try {
            return start(connection);
        } finally {
            connection.allowAttach(false);
        }
    }

    private PreparedCursor<RowChunk> start(SqlitePhysical connection) {
        int epoch = connection.schemaEpoch();
        NativeStatement statement = connection.prepare(sql);
        boolean row = connection.execute(statement, values);
        if (!row) {
            connection.done(statement);
            return Empty.CURSOR;
        }
        return new Cursor(connection, statement, connection.columns(statement, epoch));
    }

    @Override
    public int fetchSize() {
        return fetchSize;
    }

    @Override
    public String label() {
        return sql;
    }

    /** A result without rows: its statement is reset already. */
    private enum Empty implements PreparedCursor<RowChunk> {
        CURSOR;

        private static final Columns NO_COLUMNS = new Columns(new String[0], new String[0], new String[0]);

        @Override
        public RowChunk pull(int maxRows, int maxBytes) {
            RowChunk chunk = new RowChunk(NO_COLUMNS, 1);
            chunk.markLast();
            return chunk;
        }

        @Override
        public void close() {}
    }

    private static final class Cursor implements PreparedCursor<RowChunk> {
        private final SqlitePhysical connection;
        private final NativeStatement statement;
        private final Columns columns;
        private boolean closed;

        Cursor(SqlitePhysical connection, NativeStatement statement, Columns columns) {
            this.connection = connection;
            this.statement = statement;
            this.columns = columns;
        }

        @Override
        public RowChunk pull(int maxRows, int maxBytes) {
            RowChunk chunk = new RowChunk(columns, maxRows);
            if (!connection.pull(statement, chunk, maxRows, maxBytes)) {
                chunk.markLast();
            }
            return chunk;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                connection.reset(statement);
            }
        }
    }
}
