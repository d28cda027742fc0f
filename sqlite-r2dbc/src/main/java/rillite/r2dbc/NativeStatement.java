package rillite.r2dbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/** A prepared statement of one physical connection. Confined to the thread that owns the connection. */
final class NativeStatement {
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    final String sql;
    final CoreStatement core;
    private final PreparedStatement jdbc;
    private final boolean everyColumn;
    private @Nullable Columns columns;
    private int schemaEpoch;
    private long checkedAt;
    boolean inUse;
    /** Whether large values are bound; they are let go after the use. */
    boolean heavy;
    /** Whether the cache has it; one that is not kept is closed after its use. */
    boolean kept;

    NativeStatement(String sql, PreparedStatement jdbc) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.core = (CoreStatement) jdbc;
        this.everyColumn = sql.indexOf('*') >= 0;
    }

    /**
     * Returns the shape of the running execution. SQLite prepares a statement again by itself when the schema changed, so
     * the number of columns is read every time, and the names whenever they could have changed under the same text. A
     * change by this engine moves the epoch; one by another process is looked for when the last look is long ago, which
     * costs a busy statement next to nothing.
     */
    Columns columns(DB db, long pointer, int epoch) throws SQLException {
        Columns known = columns;
        int count = db.column_count(pointer);
        long now = System.nanoTime();
        boolean recent = now - checkedAt < LOOK_AGAIN_NANOS;
        if (known != null && known.size() == count && schemaEpoch == epoch && same(known, db, pointer, recent)) {
            checkedAt = recent ? checkedAt : now;
            return known;
        }
        String[] names = new String[count];
        @Nullable String[] types = new String[count];
        @Nullable String[] tables = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = db.column_name(pointer, i);
            types[i] = db.column_decltype(pointer, i);
            tables[i] = db.column_table_name(pointer, i);
        }
        Columns described = new Columns(names, types, tables);
        columns = described;
        schemaEpoch = epoch;
        checkedAt = now;
        return described;
    }

    private boolean same(Columns known, DB db, long pointer, boolean recent) throws SQLException {
        for (int i = 0; i < known.size() && (everyColumn || !recent); i++) {
            if (!known.name(i).equals(db.column_name(pointer, i))
                    || !recent && !known.type(i).isWritten(db.column_decltype(pointer, i))) {
                return false;
            }
        }
        return true;
    }

    boolean isClosed() {
        return core.pointer == null || core.pointer.isClosed();
    }

    void close() throws SQLException {
        jdbc.close();
    }
}
