package rillite.auth.spring.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/** Saves sessions. A row is created once and only ever updated after that: what has been deleted stays so. */
final class SessionWrites {

    private final Database database;
    private final SessionOptions options;
    private final SessionSql sql;
    private final Attributes attributes;
    private final SessionInserts inserts;
    private final Set<String> touching = ConcurrentHashMap.newKeySet();

    SessionWrites(Database database, SessionOptions options, SessionSql sql, Attributes attributes) {
        this.database = database;
        this.options = options;
        this.sql = sql;
        this.attributes = attributes;
        inserts = new SessionInserts(database, sql);
    }

    Mono<Void> save(SqliteSession session) {
        SqliteSession.Delta delta = session.delta();
        long every = options.touchMillis(delta.seconds());
        long age = delta.visited() - delta.before().visited();
        boolean due = age != 0 && Math.abs(age) >= every;
        if (delta.isVisit() && !due) {
            return checked(delta);
        }
        if (delta.isVisit() && age > 0) {
            return touched(session, delta, every);
        }
        return written(delta, due && age < 0).doOnSuccess(done -> session.saved(delta));
    }

    /** A visit that is not written: whether the session is still there is asked all the same. */
    private Mono<Void> checked(SqliteSession.Delta delta) {
        return Mono.defer(() -> {
                    SessionSql.Bound query = sql.isLive(delta.before().primaryId(), options.now());
                    return database.sql(query.sql(), query.values())
                            .values()
                            .flux()
                            .next();
                })
                .switchIfEmpty(Mono.error(SessionWrites::gone))
                .then();
    }

    /** One write for all who note a visit of a session at once. It never fails the request. */
    private Mono<Void> touched(SqliteSession session, SqliteSession.Delta delta, long every) {
        String primaryId = delta.before().primaryId();
        if (!touching.add(primaryId)) {
            return checked(delta);
        }
        return change(sql.touch(primaryId, delta.visited(), options.now(), every))
                .doOnError(error -> Log.debug("A visit was not noted", error))
                .onErrorReturn(0L)
                .doOnTerminate(() -> touching.remove(primaryId)) // before anybody is told, who may visit again at once
                .doOnCancel(() -> touching.remove(primaryId))
                .flatMap(rows -> {
                    if (rows == 0) {
                        return checked(delta); // gone, or noted by somebody else
                    }
                    session.saved(delta);
                    return Mono.empty();
                });
    }

    private Mono<Void> written(SqliteSession.Delta delta, boolean back) {
        List<Object> put = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        delta.attributes().forEach((name, change) -> {
            Object value = change.value();
            if (value == null) {
                removed.add(name);
            } else {
                put.add(name);
                put.add(attributes.written(name, value));
            }
        });
        if (delta.isNew() && !put.isEmpty() && bytes(put) <= SessionInserts.SMALL) {
            return Mono.deferContextual(context -> database.isInTransaction(context) || inserts.isFull()
                    ? apart(delta, back, put, removed)
                    : inserts.add(delta, put));
        }
        return apart(delta, back, put, removed);
    }

    private static long bytes(List<Object> namesAndBytes) {
        return namesAndBytes.stream()
                .mapToLong(one -> one instanceof byte[] bytes
                        ? bytes.length
                        : one.toString().length())
                .sum();
    }

    private Mono<Void> apart(SqliteSession.Delta delta, boolean back, List<Object> put, List<String> removed) {
        String primaryId = delta.before().primaryId();
        Mono<Long> row = delta.isNew()
                ? change(sql.insert(delta))
                : change(sql.update(delta, back, options.now()))
                        .filter(rows -> rows > 0)
                        .switchIfEmpty(Mono.error(SessionWrites::gone));
        if (put.isEmpty() && (removed.isEmpty() || delta.isNew())) {
            return row.then();
        }
        Mono<Void> values = Mono.empty();
        if (!put.isEmpty()) {
            values = change(sql.put(primaryId, put)).then();
        }
        if (!removed.isEmpty()) {
            values = values.then(change(sql.remove(primaryId, removed))).then();
        }
        Mono<Void> all = row.then(values);
        return database.inTransaction(transaction -> all).then();
    }

    private Mono<Long> change(SessionSql.Bound statement) {
        return Mono.defer(
                () -> database.sql(statement.sql(), statement.values()).execute());
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("Session was invalidated");
    }
}
