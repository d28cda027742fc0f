package rillite.auth.vertx;

import java.util.Objects;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.Row;
import rillite.querysets.migrate.Migrations;

/** The statements on {@code auth_web_session}. What ends at this millisecond has ended. */
final class SessionTable {

    private static final int BATCH = 500;

    private final Mono<Database> database;

    /** Makes the table when it is used first, and again when that failed. */
    SessionTable(Mono<Database> database) {
        this.database =
                database.flatMap(open -> migrated(open).thenReturn(open)).cacheInvalidateIf(open -> false);
    }

    private static Mono<?> migrated(Database database) {
        return Migrations.ofResources(SessionTable.class.getClassLoader(), "rillite/auth/vertx/migrations")
                .set("rillite-auth-vertx")
                .migrate(database);
    }

    /** The database, open and with the table. */
    Mono<Database> ready() {
        return database;
    }

    Mono<StoredSession> find(byte[] hash, long now) {
        return database.flatMap(db -> db.sql(
                                "SELECT payload, timeout_ms, last_accessed, version FROM auth_web_session"
                                        + " WHERE id_hash = ?1 AND expires_at > ?2 AND typeof(expires_at) = 'integer'",
                                hash,
                                now)
                        .values()
                        .flux()
                        .singleOrEmpty())
                .map(row -> new StoredSession(
                        hash,
                        present(row, "payload", byte[].class),
                        present(row, "timeout_ms", Long.class),
                        present(row, "last_accessed", Long.class),
                        Math.toIntExact(present(row, "version", Long.class))));
    }

    private static <T> T present(Row row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    Mono<Long> insert(StoredSession row) {
        return change(
                "INSERT INTO auth_web_session (id_hash, payload, timeout_ms, last_accessed, expires_at, version)"
                        + " VALUES (?1, ?2, ?3, ?4, ?4 + ?3, ?5) ON CONFLICT DO NOTHING",
                row.hash(),
                row.payload(),
                row.timeout(),
                row.lastAccessed(),
                row.version());
    }

    /** Changes a row that is as it was read, its id too. */
    Mono<Long> update(StoredSession read, StoredSession row) {
        return change(
                "UPDATE auth_web_session SET id_hash = ?1, payload = ?2, timeout_ms = ?3, last_accessed = ?4,"
                        + " expires_at = ?4 + ?3, version = ?5 WHERE id_hash = ?6 AND version = ?7 AND expires_at > ?4",
                row.hash(),
                row.payload(),
                row.timeout(),
                row.lastAccessed(),
                row.version(),
                read.hash(),
                read.version());
    }

    /** Notes a visit, unless a later one has been noted. */
    Mono<Long> touch(byte[] hash, long seen, long now) {
        return change(
                "UPDATE auth_web_session SET last_accessed = ?3, expires_at = ?3 + timeout_ms"
                        + " WHERE id_hash = ?1 AND last_accessed <= ?2 AND expires_at > ?3",
                hash,
                seen,
                now);
    }

    Mono<Long> delete(byte[] hash) {
        return change("DELETE FROM auth_web_session WHERE id_hash = ?1", (Object) hash);
    }

    Mono<Long> clear() {
        return change("DELETE FROM auth_web_session");
    }

    Mono<Integer> size(long now) {
        return database.flatMap(db -> db.sql("SELECT count(*) FROM auth_web_session WHERE expires_at > ?1", now)
                .values()
                .flat(Integer.class)
                .get());
    }

    /** Deletes what has expired, in batches between which others write. */
    Mono<Long> sweep(long now) {
        Mono<Long> batch = change(
                "DELETE FROM auth_web_session WHERE id_hash IN"
                        + " (SELECT id_hash FROM auth_web_session WHERE expires_at <= ?1 LIMIT " + BATCH + ")",
                now);
        return batch.expand(rows -> rows < BATCH ? Mono.empty() : batch).reduce(0L, Long::sum);
    }

    private Mono<Long> change(String sql, Object... values) {
        return database.flatMap(db -> db.sql(sql, values).execute());
    }
}
