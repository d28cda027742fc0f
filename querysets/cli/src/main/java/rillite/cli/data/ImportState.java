package rillite.cli.data;

import io.r2dbc.spi.Connection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.cli.Failure;
import rillite.cli.OpenDatabase;

/**
 * How far an import has come, kept in the database file: written in the transaction of the rows, so that it is true at any
 * moment, also after a kill.
 *
 * @param records records taken from the input, rejected ones included
 * @param rejected records that were left out
 * @param ignored records that the table dropped without an error
 * @param rejectedBytes length of the file of rejected records
 * @param fingerprint a number for the content of the records so far
 * @param finished whether that was all
 */
record ImportState(long records, long rejected, long ignored, long rejectedBytes, long fingerprint, boolean finished) {

    static final ImportState NOTHING = new ImportState(0, 0, 0, 0, 0, false);

    private static final String TABLE = "rillite_import";
    private static final String CREATE = "CREATE TABLE IF NOT EXISTS " + TABLE
            + " (source TEXT NOT NULL, target TEXT NOT NULL, call TEXT NOT NULL, records INTEGER NOT NULL,"
            + " rejected INTEGER NOT NULL, ignored INTEGER NOT NULL, rejected_bytes INTEGER NOT NULL, fingerprint INTEGER NOT NULL,"
            + " finished INTEGER NOT NULL, PRIMARY KEY (source, target)) STRICT, WITHOUT ROWID";
    private static final String SAVE = "INSERT INTO " + TABLE
            + " (source, target, call, records, rejected, ignored, rejected_bytes, fingerprint, finished)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, target) DO UPDATE SET"
            + " call = excluded.call, records = excluded.records, rejected = excluded.rejected, ignored = excluded.ignored,"
            + " rejected_bytes = excluded.rejected_bytes, fingerprint = excluded.fingerprint,"
            + " finished = excluded.finished WHERE rillite_import.records = ";
    private static final long CHANGED_BY_ANOTHER = 0;

    /**
     * Which import it is.
     *
     * @param source path of the input
     * @param target name of the table
     * @param call all that decides what becomes of a record
     */
    record Key(String source, String target, String call) {}

    /** A state with the call that it belongs to. */
    record Kept(String call, ImportState state) {}

    /** The same after one more record. */
    ImportState after(Entry entry) {
        long mixed = (fingerprint ^ entry.fingerprint()) * 0x9E3779B97F4A7C15L + 1;
        return new ImportState(records + 1, rejected, ignored, rejectedBytes, mixed, false);
    }

    ImportState with(long moreRejected, long bytes, long moreIgnored) {
        return new ImportState(records, rejected + moreRejected, ignored + moreIgnored, bytes, fingerprint, finished);
    }

    /** Records that are rows of the table. */
    long rows() {
        return records - rejected - ignored;
    }

    ImportState asFinished() {
        return new ImportState(records, rejected, ignored, rejectedBytes, fingerprint, true);
    }

    /** Whether all that was read is the same; how it was rejected does not matter. */
    boolean hasRead(ImportState other) {
        return records == other.records && fingerprint == other.fingerprint;
    }

    /** What an earlier run has left; null when there is nothing. */
    static @Nullable Kept find(OpenDatabase open, Key key) {
        if (!exists(open)) {
            return null;
        }
        List<Kept> kept = open.list(
                "SELECT call, records, rejected, ignored, rejected_bytes, fingerprint, finished FROM " + TABLE
                        + " WHERE source = ? AND target = ?",
                row -> new Kept(
                        Objects.requireNonNull(row.get(0, String.class)),
                        new ImportState(
                                number(row, 1),
                                number(row, 2),
                                number(row, 3),
                                number(row, 4),
                                number(row, 5),
                                number(row, 6) != 0)),
                key.source(),
                key.target());
        return kept.isEmpty() ? null : kept.get(0);
    }

    private static long number(io.r2dbc.spi.Row row, int position) {
        return Objects.requireNonNull(row.get(position, Long.class));
    }

    private static boolean exists(OpenDatabase open) {
        return open.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + TABLE + "'") > 0;
    }

    /** Forgets what an earlier run has left. */
    static void forget(OpenDatabase open, Key key) {
        Mono.usingWhen(
                        open.connections().create(),
                        connection -> Mono.from(connection.beginTransaction())
                                .then(remove(connection, key))
                                .then(Mono.from(connection.commitTransaction())),
                        Connection::close)
                .block();
    }

    /**
     * Stores this state in the open transaction. A second process with the same import finds that it is not the first one.
     *
     * @param before the state that was stored before, {@link #NOTHING} for the first one
     */
    Mono<Void> save(Connection connection, Key key, ImportState before) {
        Mono<Long> saved = OpenDatabase.changed(
                connection,
                SAVE + before.records,
                key.source(),
                key.target(),
                key.call(),
                records,
                rejected,
                ignored,
                rejectedBytes,
                fingerprint,
                finished ? 1L : 0L);
        Mono<Long> created = before.records == 0 ? OpenDatabase.changed(connection, CREATE) : Mono.empty();
        return created.then(saved)
                .filter(changed -> changed != CHANGED_BY_ANOTHER)
                .switchIfEmpty(Mono.error(() -> new Failure("Another process imports " + key.source() + " into \""
                        + key.target() + "\" at the same time.")))
                .then();
    }

    /** Removes the state in the open transaction, and its table with the last one. */
    static Mono<Void> remove(Connection connection, Key key) {
        return OpenDatabase.changed(
                        connection,
                        "DELETE FROM " + TABLE + " WHERE source = ? AND target = ?",
                        key.source(),
                        key.target())
                .then(OpenDatabase.rows(connection, "SELECT count(*) FROM " + TABLE, row -> number(row, 0))
                        .single())
                .filter(left -> left == 0)
                .flatMap(none -> OpenDatabase.changed(connection, "DROP TABLE " + TABLE))
                .then();
    }
}
