package rillite.r2dbc;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The prepared statements of one physical connection, least recently used first out. Confined like the connection. */
final class StatementCache {
    private final SQLiteConnection connection;
    private final int capacity;
    private final EngineCounters counters;
    private final Map<String, NativeStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private @Nullable NativeStatement latest;

    StatementCache(SQLiteConnection connection, int capacity, EngineCounters counters) {
        this.connection = connection;
        this.capacity = capacity;
        this.counters = counters;
    }

    /** Returns an idle statement for the text: a kept one, or a new one while the kept one is in use. */
    NativeStatement take(String sql) throws SQLException {
        NativeStatement known = latest;
        if (known == null || known.sql != sql) {
            known = statements.get(sql);
        }
        if (known != null && !known.inUse) {
            counters.hit();
            latest = known;
            known.inUse = true;
            return known;
        }
        counters.miss();
        NativeStatement prepared = new NativeStatement(sql, connection.prepareStatement(sql));
        prepared.inUse = true;
        if (known == null && capacity > 0 && !isPlan(sql)) {
            prepared.kept = true;
            statements.put(sql, prepared);
            latest = prepared;
            evict();
        }
        return prepared;
    }

    /** A prepared EXPLAIN does not look whether the schema has changed, so that a kept one tells an old plan. */
    private static boolean isPlan(String sql) {
        return sql.regionMatches(true, 0, "EXPLAIN ", 0, 8);
    }

    private void evict() throws SQLException {
        Iterator<NativeStatement> oldest = statements.values().iterator();
        while (statements.size() > capacity && oldest.hasNext()) {
            NativeStatement candidate = oldest.next();
            if (!candidate.inUse) {
                oldest.remove();
                forget(candidate);
                candidate.close();
            }
        }
    }

    /** Takes an idle, reset statement back; one that is spoiled or not kept is closed. */
    void giveBack(NativeStatement statement, boolean spoiled) throws SQLException {
        statement.inUse = false;
        if (statement.kept && !spoiled && !statement.isClosed()) {
            return;
        }
        if (statement.kept) {
            statements.remove(statement.sql);
            forget(statement);
        }
        statement.close();
    }

    private void forget(NativeStatement statement) {
        statement.kept = false;
        if (latest == statement) {
            latest = null;
        }
    }

    int size() {
        return statements.size();
    }

    void clear() throws SQLException {
        latest = null;
        for (NativeStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
