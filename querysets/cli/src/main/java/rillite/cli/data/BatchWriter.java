package rillite.cli.data;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.cli.OpenDatabase;
import rillite.cli.data.Rejects.Reject;
import rillite.r2dbc.BulkOptions;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteBulkException;
import rillite.r2dbc.SqliteCapabilities;

/** Writes batches of rows on one connection, each in one transaction with what must be true together with it. */
final class BatchWriter implements AutoCloseable {

    private static final int PARTS = 10;
    private static final int TOO_BIG = 18;
    private static final int MISMATCH = 20;

    private final Connection connection;
    private final String sql;
    private final boolean mayIgnore;

    /** A record with the values that are bound for it. */
    record Line(Entry entry, @Nullable Object[] values) {}

    /** What stands in the transaction of the rows, after them. */
    interface Ending {

        /** Takes what the table did not take, on the calling thread. */
        void end(Connection connection, Left left);
    }

    /** What the table did not take: records that it refused, and how many it dropped without a word. */
    static final class Left {

        private final List<Reject> rejects = new ArrayList<>();
        private long ignored;

        List<Reject> rejects() {
            return rejects;
        }

        long ignored() {
            return ignored;
        }
    }

    BatchWriter(OpenDatabase open, ImportTarget target) {
        connection =
                Objects.requireNonNull(Mono.from(open.connections().create()).block());
        sql = target.sql();
        mayIgnore = mayIgnore(open, target.table().name());
    }

    /** Only ON CONFLICT IGNORE of the table and RAISE(IGNORE) of its triggers drop a row without an error. */
    private static boolean mayIgnore(OpenDatabase open, String table) {
        return !open.list(
                        "SELECT 1 FROM sqlite_schema WHERE tbl_name = ? COLLATE NOCASE AND sql LIKE '%ignore%'",
                        row -> true, table)
                .isEmpty();
    }

    /** Writes the rows that the table takes, or nothing at all when anything else goes wrong. */
    void write(List<Line> lines, Ending ending) {
        run(connection.beginTransaction());
        try {
            Left left = new Left();
            if (mayIgnore) {
                lines.forEach(line -> insert(line, left));
            } else {
                insert(lines, left);
            }
            ending.end(connection, left);
            run(connection.commitTransaction());
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private static void run(Publisher<Void> work) {
        Mono.from(work).block();
    }

    private void rollback(RuntimeException because) {
        try {
            run(connection.rollbackTransaction());
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    /** One by one, so that each tells whether it is there. */
    private void insert(Line line, Left left) {
        try {
            Long changed = OpenDatabase.changed(connection, sql, line.values()).block();
            if (Objects.equals(changed, 0L)) {
                left.ignored++;
            }
        } catch (R2dbcException | IllegalArgumentException e) {
            if (!isFaultOfARow(e)) {
                throw e;
            }
            left.rejects.add(new Reject(line.entry(), reason(e)));
        }
    }

    /** All at once; where that is refused, in smaller and smaller parts, so that only the bad rows are left out. */
    private void insert(List<Line> lines, Left left) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            bulk(lines);
        } catch (SqliteBulkException e) {
            if (!isFaultOfARow(e.getCause())) {
                // of the rows it counts as committed, none is: they are in the transaction
                throw e.getCause() instanceof R2dbcException known ? known : e;
            }
            if (lines.size() == 1) {
                left.rejects.add(new Reject(lines.get(0).entry(), reason(e.getCause())));
                return;
            }
            int part = Math.max(1, (lines.size() + PARTS - 1) / PARTS);
            for (int from = 0; from < lines.size(); from += part) {
                insert(lines.subList(from, Math.min(from + part, lines.size())), left);
            }
        }
    }

    private void bulk(List<Line> lines) {
        SqliteCapabilities.require(connection, SqliteBulk.class)
                .insert(sql, Flux.fromIterable(lines).map(Line::values), new BulkOptions(lines.size(), Long.MAX_VALUE))
                .result()
                .block();
    }

    private static boolean isFaultOfARow(@Nullable Throwable error) {
        return error instanceof R2dbcDataIntegrityViolationException
                || error instanceof IllegalArgumentException
                || error instanceof R2dbcException known
                        && ((known.getErrorCode() & 0xFF) == TOO_BIG || (known.getErrorCode() & 0xFF) == MISMATCH);
    }

    /** What the driver says, without the statement. */
    private static String reason(@Nullable Throwable error) {
        String message = error == null ? "" : Objects.requireNonNullElse(error.getMessage(), error.toString());
        int statement = message.indexOf(" SQL: ");
        return statement < 0 ? message : message.substring(0, statement);
    }

    @Override
    public void close() {
        run(connection.close());
    }
}
