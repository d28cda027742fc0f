package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** The rows of one set in the table {@code rillite_migration}, which all sets of a database share. */
final class History {

    static final String TABLE = "rillite_migration";
    private static final String CREATE = "CREATE TABLE IF NOT EXISTS " + TABLE
            + " (set_name TEXT, version TEXT, name TEXT, checksum TEXT, applied_at INTEGER, duration_ms INTEGER,"
            + " rillite_version TEXT, PRIMARY KEY (set_name, version)) STRICT";
    private static final int MOST_ROWS = ReadLimits.MOST_FILES;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

    private final String set;
    private final Clock clock;

    History(String set, Clock clock) {
        this.set = set;
        this.clock = clock;
    }

    /** What is applied, by the text of the number; empty where the table does not exist yet. Writes nothing. */
    Mono<List<AppliedMigration>> read(Connection connection) {
        return StatementRun.rows(
                        connection,
                        "SELECT type FROM sqlite_schema WHERE name = ? COLLATE NOCASE",
                        row -> text(row, 0),
                        TABLE)
                .next()
                .defaultIfEmpty("")
                .flatMap(type -> switch (type) {
                    case "" -> Mono.just(List.of());
                    case "table" -> rows(connection);
                    default ->
                        Mono.error(MigrationErrors.history(
                                "The history cannot be read: " + TABLE + " is a " + type
                                        + ", not a table of this library.",
                                null));
                });
    }

    private Mono<List<AppliedMigration>> rows(Connection connection) {
        return StatementRun.rows(
                        connection,
                        "SELECT version, name, checksum, applied_at, duration_ms, rillite_version FROM " + TABLE
                                + " WHERE set_name = ? ORDER BY version LIMIT " + (MOST_ROWS + 1),
                        this::applied,
                        set)
                .collectList()
                .doOnNext(rows -> {
                    if (rows.size() > MOST_ROWS) {
                        throw MigrationErrors.history(
                                "The history has more than " + MOST_ROWS + " rows of the set \"" + set + "\".", null);
                    }
                })
                .onErrorMap(
                        R2dbcBadGrammarException.class,
                        error -> MigrationErrors.history(
                                "The history cannot be read: " + TABLE + " is not the table of this library. "
                                        + error.getMessage(),
                                error));
    }

    private AppliedMigration applied(Row row) {
        String version = text(row, 0);
        if (!VERSION.matcher(version).matches()) {
            throw MigrationErrors.history(
                    "The history of the set \"" + set + "\" holds the version \"" + MigrationErrors.shown(version)
                            + "\", which is no number.",
                    null);
        }
        return new AppliedMigration(
                version,
                MigrationErrors.shown(text(row, 1)),
                text(row, 2),
                Instant.ofEpochMilli(number(row, 3)),
                Duration.ofMillis(number(row, 4)),
                MigrationErrors.shown(text(row, 5)));
    }

    private static String text(Row row, int column) {
        return Objects.requireNonNullElse(row.get(column, String.class), "");
    }

    private static long number(Row row, int column) {
        return Objects.requireNonNullElse(row.get(column, Long.class), 0L);
    }

    Mono<Void> create(Connection connection) {
        return StatementRun.run(connection, CREATE);
    }

    Mono<Void> add(Connection connection, Migration migration, Duration duration) {
        return StatementRun.run(
                connection,
                "INSERT INTO " + TABLE
                        + " (set_name, version, name, checksum, applied_at, duration_ms, rillite_version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                set,
                migration.version(),
                migration.name(),
                migration.checksum(),
                clock.millis(),
                duration.toMillis(),
                libraryVersion());
    }

    private static String libraryVersion() {
        return Objects.requireNonNullElse(Migrations.class.getPackage().getImplementationVersion(), "unknown");
    }

    Mono<Void> accept(Connection connection, AppliedMigration applied, Migration migration) {
        return StatementRun.run(
                connection,
                "UPDATE " + TABLE + " SET version = ?, name = ?, checksum = ? WHERE set_name = ? AND version = ?",
                migration.version(),
                migration.name(),
                migration.checksum(),
                set,
                applied.version());
    }

    Mono<Void> remove(Connection connection, AppliedMigration applied) {
        return StatementRun.run(
                connection, "DELETE FROM " + TABLE + " WHERE set_name = ? AND version = ?", set, applied.version());
    }
}
