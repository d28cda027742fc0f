package rillite.auth.spring.session;

import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import rillite.querysets.Database;

/**
 * New sessions with attributes, which take two statements: those that come while a transaction is under way share the next one,
 * so that many wait for the disk once. When it fails each is tried alone, and only the guilty one gets the error.
 */
final class SessionInserts {

    /** Bytes of attributes up to which a session shares a transaction. */
    static final int SMALL = 64 << 10;

    private static final int MOST = 64;
    private static final int LONGEST_QUEUE = 4_096;
    private static final long MOMENT_MICROS = 200;
    private static final String UNKNOWN_OUTCOME = "08007";

    private final Database database;
    private final SessionSql sql;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicBoolean underWay = new AtomicBoolean();

    SessionInserts(Database database, SessionSql sql) {
        this.database = database;
        this.sql = sql;
    }

    /** One session as JSON: an array of its columns, and one of each attribute. */
    private static final class Waiting {
        private final String session;
        private final List<String> attributes;
        private final MonoSink<Void> sink;
        private volatile boolean cancelled;

        Waiting(String session, List<String> attributes, MonoSink<Void> sink) {
            this.session = session;
            this.attributes = attributes;
            this.sink = sink;
        }

        void cancel() {
            cancelled = true;
        }
    }

    /** Whether so many wait that the next one had better ask the database itself, which refuses when it has too much to do. */
    boolean isFull() {
        return length.get() >= LONGEST_QUEUE;
    }

    /**
     * Stores a session that must not belong to a transaction of the subscriber.
     *
     * @param namesAndBytes attributes as name and bytes in turn
     */
    Mono<Void> add(SqliteSession.Delta delta, List<Object> namesAndBytes) {
        return Mono.create(sink -> {
            Waiting waiting = new Waiting(columns(delta), attributes(delta, namesAndBytes), sink);
            sink.onCancel(waiting::cancel);
            length.incrementAndGet();
            queue.add(waiting);
            next();
        });
    }

    private void next() {
        while (!queue.isEmpty() && underWay.compareAndSet(false, true)) {
            List<Waiting> batch = new ArrayList<>();
            for (Waiting one = queue.poll(); one != null; one = batch.size() < MOST ? queue.poll() : null) {
                length.decrementAndGet();
                if (!one.cancelled) {
                    batch.add(one);
                }
            }
            if (!batch.isEmpty()) {
                inserted(batch).subscribe(null, error -> failed(batch, error), () -> ended(batch));
                return;
            }
            underWay.set(false);
        }
    }

    private void ended(List<Waiting> batch) {
        released(batch);
        batch.forEach(one -> one.sink.success());
    }

    /** Where many came at once many come again: a moment later they share the next transaction. */
    private void released(List<Waiting> batch) {
        Runnable next = () -> {
            underWay.set(false);
            next();
        };
        if (batch.size() > 1) {
            Schedulers.parallel().schedule(next, MOMENT_MICROS, TimeUnit.MICROSECONDS);
        } else {
            next.run(); // before the other goes on with whatever it does on this thread
        }
    }

    private void failed(List<Waiting> batch, Throwable error) {
        boolean isUnknown = error instanceof R2dbcException driver && UNKNOWN_OUTCOME.equals(driver.getSqlState());
        if (batch.size() == 1 || isUnknown) {
            released(List.of());
            batch.forEach(one -> one.sink.error(error));
            return;
        }
        Flux.fromIterable(batch)
                .concatMap(one -> inserted(List.of(one))
                        .doOnSuccess(done -> one.sink.success())
                        .onErrorResume(own -> {
                            one.sink.error(own);
                            return Mono.empty();
                        }))
                .subscribe(null, unexpected -> ended(List.of()), () -> ended(List.of()));
    }

    private Mono<Void> inserted(List<Waiting> batch) {
        List<String> sessions = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        for (Waiting one : batch) {
            sessions.add(one.session);
            attributes.addAll(one.attributes);
        }
        return database.inTransaction(transaction -> database.sql(sql.insertSessions(), array(sessions))
                        .execute()
                        .then(database.sql(sql.insertAttributes(), array(attributes))
                                .execute()))
                .then();
    }

    private static String columns(SqliteSession.Delta delta) {
        SqliteSession.Stored row = delta.before();
        return array(List.of(
                text(row.primaryId()),
                text(delta.column()),
                String.valueOf(row.created()),
                String.valueOf(delta.visited()),
                String.valueOf(delta.seconds()),
                String.valueOf(Life.end(delta.visited(), delta.seconds())),
                text(delta.principal())));
    }

    private static List<String> attributes(SqliteSession.Delta delta, List<Object> namesAndBytes) {
        List<String> rows = new ArrayList<>();
        String primaryId = text(delta.before().primaryId());
        for (int i = 0; i < namesAndBytes.size(); i += 2) {
            String name = text((String) namesAndBytes.get(i));
            rows.add(array(List.of(primaryId, name, hex((byte[]) namesAndBytes.get(i + 1)))));
        }
        return rows;
    }

    private static String text(@Nullable String value) {
        return value == null ? "null" : hex(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return "\"" + HexFormat.of().formatHex(bytes) + "\"";
    }

    private static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }
}
