package rillite.auth.spring.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of the statements, for the names of the tables. */
final class SessionSql {

    private static final String COLUMNS = "SELECT s.PRIMARY_ID, s.SESSION_ID, s.CREATION_TIME, s.LAST_ACCESS_TIME,"
            + " s.MAX_INACTIVE_INTERVAL, a.ATTRIBUTE_NAME,"
            + " iif(length(a.ATTRIBUTE_BYTES) <= ?2, a.ATTRIBUTE_BYTES, NULL) AS ATTRIBUTE_BYTES";
    /** Alive in the table, by the clock in that parameter. */
    private static final String LIVE =
            "(MAX_INACTIVE_INTERVAL < 0 OR LAST_ACCESS_TIME + MAX_INACTIVE_INTERVAL * 1000 > ?%d)";

    private final String sessions;
    private final String attributes;

    SessionSql(String table) {
        sessions = table;
        attributes = table + "_ATTRIBUTES";
    }

    /** A text with the values to bind. */
    record Bound(String sql, @Nullable Object[] values) {

        static Bound of(String sql, @Nullable Object... values) {
            return new Bound(sql, values);
        }
    }

    Bound findById(String column, int largest) {
        return Bound.of(select("s.SESSION_ID = ?1"), column, largest);
    }

    Bound findByPrincipal(String name, int largest) {
        return Bound.of(select("s.PRINCIPAL_NAME = ?1"), name, largest);
    }

    private String select(String condition) {
        return COLUMNS + " FROM " + sessions + " s LEFT JOIN " + attributes
                + " a ON a.SESSION_PRIMARY_ID = s.PRIMARY_ID WHERE " + condition + " ORDER BY s.PRIMARY_ID";
    }

    Bound isLive(String primaryId, long now) {
        return Bound.of(
                "SELECT 1 AS live FROM " + sessions + " WHERE PRIMARY_ID = ?1 AND " + LIVE.formatted(2),
                primaryId,
                now);
    }

    Bound insert(SqliteSession.Delta delta) {
        SqliteSession.Stored row = delta.before();
        return Bound.of(
                "INSERT INTO " + sessions + " (PRIMARY_ID, SESSION_ID, CREATION_TIME, LAST_ACCESS_TIME,"
                        + " MAX_INACTIVE_INTERVAL, EXPIRY_TIME, PRINCIPAL_NAME) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                row.primaryId(),
                delta.column(),
                row.created(),
                delta.visited(),
                delta.seconds(),
                Life.end(delta.visited(), delta.seconds()),
                delta.principal());
    }

    /** Sessions out of a JSON array of arrays, in which texts are hexadecimal. */
    String insertSessions() {
        return "INSERT INTO " + sessions + " (PRIMARY_ID, SESSION_ID, CREATION_TIME, LAST_ACCESS_TIME,"
                + " MAX_INACTIVE_INTERVAL, EXPIRY_TIME, PRINCIPAL_NAME) SELECT " + text(0) + ", " + text(1)
                + ", value ->> 2, value ->> 3, value ->> 4, value ->> 5, " + text(6) + " FROM json_each(?1)";
    }

    /** Attributes of new sessions out of such an array. */
    String insertAttributes() {
        return "INSERT INTO " + attributes + " (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) SELECT " + text(0)
                + ", " + text(1) + ", unhex(value ->> 2) FROM json_each(?1)";
    }

    private static String text(int index) {
        return "CAST(unhex(value ->> " + index + ") AS TEXT)";
    }

    /**
     * Changes a session that is alive. Who gives it another id, or says whose it is, must know the id that it has: signing in and
     * out change it. Visits only go back by much.
     */
    Bound update(SqliteSession.Delta delta, boolean back, long now) {
        SqliteSession.Stored row = delta.before();
        List<@Nullable Object> values = new ArrayList<>(List.of(row.primaryId(), delta.visited(), now));
        String visit = back ? "?2" : "max(LAST_ACCESS_TIME, ?2)";
        StringBuilder sql = new StringBuilder("UPDATE ").append(sessions).append(" SET LAST_ACCESS_TIME = " + visit);
        String life = "MAX_INACTIVE_INTERVAL";
        if (delta.nextSeconds() != null) {
            values.add(delta.nextSeconds());
            life = "?" + values.size();
            sql.append(", MAX_INACTIVE_INTERVAL = ").append(life);
        }
        sql.append(", EXPIRY_TIME = ").append(end(life, visit));
        if (delta.isPrincipalNew()) {
            values.add(delta.principal());
            sql.append(", PRINCIPAL_NAME = ?").append(values.size());
        }
        String condition = " WHERE PRIMARY_ID = ?1 AND " + LIVE.formatted(3);
        if (delta.nextId() != null) {
            values.add(delta.column());
            sql.append(", SESSION_ID = ?").append(values.size());
        }
        if (delta.nextId() != null || delta.isPrincipalNew()) {
            values.add(row.column());
            condition += " AND SESSION_ID = ?" + values.size();
        }
        return Bound.of(sql + condition, values.toArray());
    }

    /** Notes a visit where the noted one is that much older. */
    Bound touch(String primaryId, long visited, long now, long every) {
        return Bound.of(
                "UPDATE " + sessions + " SET LAST_ACCESS_TIME = ?2, EXPIRY_TIME = "
                        + end("MAX_INACTIVE_INTERVAL", "?2") + " WHERE PRIMARY_ID = ?1 AND " + LIVE.formatted(3)
                        + " AND LAST_ACCESS_TIME <= ?2 - ?4",
                primaryId,
                visited,
                now,
                every);
    }

    private static String end(String life, String visit) {
        return "iif(" + life + " < 0, " + Life.NEVER + ", " + visit + " + " + life + " * 1000)";
    }

    /** Writes attributes, given as name and bytes in turn. */
    Bound put(String primaryId, List<Object> namesAndBytes) {
        List<Object> values = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        values.add(primaryId);
        for (Object value : namesAndBytes) {
            values.add(value);
            if (values.size() % 2 == 1) {
                rows.add("(?1, ?" + (values.size() - 1) + ", ?" + values.size() + ")");
            }
        }
        return Bound.of(
                "INSERT INTO " + attributes + " (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) VALUES "
                        + String.join(", ", rows) + " ON CONFLICT (SESSION_PRIMARY_ID, ATTRIBUTE_NAME)"
                        + " DO UPDATE SET ATTRIBUTE_BYTES = excluded.ATTRIBUTE_BYTES",
                values.toArray());
    }

    Bound remove(String primaryId, List<String> names) {
        List<Object> values = new ArrayList<>();
        values.add(primaryId);
        values.addAll(names);
        return Bound.of(
                "DELETE FROM " + attributes + " WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME IN ("
                        + String.join(", ", Collections.nCopies(names.size(), "?")) + ")",
                values.toArray());
    }

    Bound delete(String column) {
        return Bound.of("DELETE FROM " + sessions + " WHERE SESSION_ID = ?1", column);
    }

    Bound purge(long now, int batch) {
        return Bound.of(
                "DELETE FROM " + sessions + " WHERE PRIMARY_ID IN (SELECT PRIMARY_ID FROM " + sessions
                        + " WHERE EXPIRY_TIME <= ?1 AND MAX_INACTIVE_INTERVAL >= 0 LIMIT ?2)",
                now,
                batch);
    }
}
