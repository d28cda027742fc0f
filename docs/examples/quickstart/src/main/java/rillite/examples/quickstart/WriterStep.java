package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ConnectionFactory;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many subscribers insert single rows at once, each in autocommit, into a scratch file. */
final class WriterStep implements Step {

    private static final int WRITERS = 500;
    private static final int EACH = 40;
    private static final String TABLE =
            "CREATE TABLE visit(id INTEGER PRIMARY KEY, writer INTEGER NOT NULL, page TEXT NOT NULL)";

    @Override
    public String title() {
        return "4. 500 writers at once, and nobody sees \"database is locked\"";
    }

    @Override
    public void run(Tour tour) {
        ConnectionFactory factory = Sql.open(tour.scratch().file("writers.db"), "");
        try {
            Sql.on(factory, connection -> Sql.update(connection, TABLE)).blockLast();
            write(tour.screen(), factory);
        } finally {
            Sql.close(factory).block();
        }
    }

    private static void write(Screen screen, ConnectionFactory factory) {
        screen.say(
                "%d subscribers each insert %d rows one by one, every row its own commit, durable when it is"
                        + " acknowledged (synchronous=FULL), into a scratch file.",
                WRITERS, EACH);
        LongAdder failed = new LongAdder();
        long start = System.nanoTime();
        long commits = requireNonNull(Flux.range(0, WRITERS)
                .flatMap(writer -> writer(factory, writer, failed), WRITERS)
                .reduce(0L, Long::sum)
                .block());
        double seconds = (System.nanoTime() - start) / 1e9;
        long rows = requireNonNull(Sql.on(
                        factory,
                        connection -> Sql.query(
                                connection,
                                "SELECT count(*) FROM visit",
                                (row, metadata) -> requireNonNull(row.get(0, Long.class))))
                .blockLast());
        OptionalLong groups = Groups.formed(factory);
        screen.say(
                "%,d commits in %.0f ms: %,.0f commits per second%s; %,d rows in the file, %,d failed.",
                commits,
                seconds * 1e3,
                commits / seconds,
                groups.isPresent()
                        ? String.format(
                                Locale.ROOT,
                                " in %,d groups of %.0f on average",
                                groups.getAsLong(),
                                commits / (double) Math.max(1, groups.getAsLong()))
                        : "",
                rows,
                failed.sum());
        if (rows != WRITERS * (long) EACH || commits != rows) {
            throw new IllegalStateException(
                    "Expected " + WRITERS * EACH + " rows, " + commits + " were acknowledged and " + rows + " found.");
        }
    }

    private static Mono<Long> writer(ConnectionFactory factory, int writer, LongAdder failed) {
        return Sql.on(
                        factory,
                        connection -> Flux.range(0, EACH)
                                .concatMap(i -> Sql.update(
                                                connection,
                                                "INSERT INTO visit(writer, page) VALUES (?, ?)",
                                                writer,
                                                "/books/" + i)
                                        .onErrorResume(error -> {
                                            failed.increment();
                                            return Mono.just(0L);
                                        })))
                .reduce(0L, Long::sum);
    }
}
