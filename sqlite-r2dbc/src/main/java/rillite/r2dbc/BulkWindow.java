package rillite.r2dbc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.core.WriteWork;

/** One window of an import: one statement, bound again for every row, all or nothing. */
record BulkWindow(String sql, List<@Nullable Object[]> rows, long bytes) implements WriteWork<SqlitePhysical, Integer> {

    @Override
    public Integer run(SqlitePhysical connection) {
        return connection.guarded(() -> insert(connection));
    }

    private int insert(SqlitePhysical connection) {
        NativeStatement statement = connection.prepare(sql);
        for (@Nullable Object[] row : rows) {
            if (connection.execute(statement, row)) {
                connection.reset(statement);
                throw new IllegalArgumentException("A bulk statement must not return rows: " + sql);
            }
        }
        connection.done(statement);
        connection.wrote(bytes);
        return rows.size();
    }

    @Override
    public Atomicity atomicity() {
        return Atomicity.ALONE;
    }

    @Override
    public String label() {
        return sql;
    }
}
