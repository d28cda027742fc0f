package rillite.auth.spring.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import rillite.querysets.Database;
import rillite.querysets.QueryException;
import rillite.querysets.Row;

/** Reads sessions, each from the rows of its attributes. What is not as it should be is no session. */
final class SessionRows {

    private final Database database;
    private final SessionOptions options;
    private final Attributes attributes;

    SessionRows(Database database, SessionOptions options, Attributes attributes) {
        this.database = database;
        this.options = options;
        this.attributes = attributes;
    }

    /** The live sessions of a statement; one with an attribute that cannot be read only when that is tolerated. */
    Flux<SqliteSession> read(SessionSql.Bound query, boolean tolerant) {
        return database.sql(query.sql(), query.values())
                .values()
                .flux()
                .bufferUntilChanged(row -> String.valueOf(row.get("PRIMARY_ID")))
                .mapNotNull(rows -> session(rows, tolerant))
                .filter(session -> !session.isExpired());
    }

    private @Nullable SqliteSession session(List<Row> rows, boolean tolerant) {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Row row : rows) {
                String name = row.get("ATTRIBUTE_NAME", String.class);
                Object value = name == null ? null : attributes.read(name, row.get("ATTRIBUTE_BYTES", byte[].class));
                if (value != null && name != null) {
                    values.put(name, value);
                } else if (name != null && !tolerant) {
                    return null;
                }
            }
            SqliteSession.Stored stored = stored(rows.get(0));
            if (stored != null) {
                return SqliteSession.read(options, stored, values);
            }
        } catch (QueryException e) {
            Log.debug("A value of " + options.table() + " has another type", e);
        }
        Log.warn("A row of " + options.table() + " is not as it should be, and is treated as no session.");
        return null;
    }

    private static SqliteSession.@Nullable Stored stored(Row row) {
        String primaryId = row.get("PRIMARY_ID", String.class);
        String id = row.get("SESSION_ID", String.class);
        Long created = row.get("CREATION_TIME", Long.class);
        Long visited = row.get("LAST_ACCESS_TIME", Long.class);
        Long seconds = row.get("MAX_INACTIVE_INTERVAL", Long.class);
        if (primaryId == null || id == null || created == null || visited == null || seconds == null) {
            return null;
        }
        return new SqliteSession.Stored(primaryId, id, created, visited, seconds);
    }
}
