package rillite.auth.spring.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean warned = new AtomicBoolean();

    SessionRows(Database database, SessionOptions options, Attributes attributes) {
        this.database = database;
        this.options = options;
        this.attributes = attributes;
    }

    /**
     * The live sessions of a statement.
     *
     * @param id of which they are looked for; null for others, and then also those with attributes that cannot be read
     */
    Flux<SqliteSession> read(SessionSql.Bound query, @Nullable String id) {
        return database.sql(query.sql(), query.values())
                .values()
                .flux()
                .bufferUntilChanged(row -> String.valueOf(row.get("PRIMARY_ID")))
                .mapNotNull(rows -> session(rows, id))
                .filter(session -> !session.isExpired());
    }

    private @Nullable SqliteSession session(List<Row> rows, @Nullable String id) {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Row row : rows) {
                String name = row.get("ATTRIBUTE_NAME", String.class);
                Object value = name == null ? null : attributes.read(name, row.get("ATTRIBUTE_BYTES", byte[].class));
                if (value != null && name != null) {
                    values.put(name, value);
                } else if (name != null && id != null) {
                    return null;
                }
            }
            SqliteSession.Stored stored = stored(rows.get(0), id);
            if (stored != null) {
                return SqliteSession.read(options, stored, values);
            }
        } catch (QueryException e) {
            Log.debug("A value of " + options.table() + " has another type", e);
        }
        if (warned.compareAndSet(false, true)) {
            Log.warn("A row of " + options.table()
                    + " is not as it should be, and is treated as no session. This is logged once.");
        }
        return null;
    }

    private SqliteSession.@Nullable Stored stored(Row row, @Nullable String id) {
        String primaryId = row.get("PRIMARY_ID", String.class);
        String column = row.get("SESSION_ID", String.class);
        Long created = row.get("CREATION_TIME", Long.class);
        Long visited = row.get("LAST_ACCESS_TIME", Long.class);
        Long seconds = row.get("MAX_INACTIVE_INTERVAL", Long.class);
        if (primaryId == null || column == null || created == null || visited == null || seconds == null) {
            return null;
        }
        return new SqliteSession.Stored(
                primaryId, id == null ? options.columns().known(column) : id, column, created, visited, seconds);
    }
}
