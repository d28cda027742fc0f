package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import rillite.querysets.ast.SqlText;

/**
 * Sends the statements of one database: in the transaction it is bound to, else in the one of the subscriber's Context,
 * else each on a connection of its own. Connections and transactions are given back at the end, on error and on cancel.
 */
final class SqlRunner {

    private final ConnectionSource source;
    private final Object key;
    private final AtomicLong names;
    private final @Nullable Scope bound;

    SqlRunner(ConnectionSource source) {
        this(source, new Object(), new AtomicLong(), null);
    }

    private SqlRunner(ConnectionSource source, Object key, AtomicLong names, @Nullable Scope bound) {
        this.source = source;
        this.key = key;
        this.names = names;
        this.bound = bound;
    }

    /** The same, for statements in this transaction even where the Context is lost. */
    SqlRunner in(Scope scope) {
        return new SqlRunner(source, key, names, scope);
    }

    /** Rows, requested from the driver as the subscriber requests them; a fetch size of 0 leaves it to the driver. */
    <T> Flux<T> rows(Supplier<SqlText> sql, int fetchSize, Function<Row, T> mapper) {
        return alone(false, session -> session.rows(sql.get(), fetchSize, mapper));
    }

    /** Rows that one write returns. */
    <T> Flux<T> returning(Supplier<SqlText> sql, Function<Row, T> mapper) {
        return alone(true, session -> session.returning(sql.get(), mapper));
    }

    /** The number of rows that one write matched. */
    Mono<Long> count(Supplier<SqlText> sql) {
        return alone(true, session -> session.count(sql.get())).single();
    }

    /**
     * One write transaction for several statements, or a part of the one that is open: an error takes back this work only.
     * What a Mono gives is passed on after the commit, what others give at once.
     */
    <T> Flux<T> inWrite(Function<Session, ? extends Publisher<T>> work) {
        return transacted(TransactionTerms.write(name()), scope -> work.apply(scope.session()));
    }

    /**
     * One snapshot for several statements: a read-only transaction, or the one that is open. What the work gives is passed
     * on while it is open, except for what a Mono gives.
     */
    <T> Flux<T> inSnapshot(Function<Session, ? extends Publisher<T>> work) {
        return transacted(TransactionTerms.read(name()), scope -> work.apply(scope.session()));
    }

    private String name() {
        return "transaction " + names.incrementAndGet();
    }

    <T> Flux<T> transacted(TransactionTerms terms, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.deferContextual(context -> {
            Scope open = open(context);
            if (open == null) {
                return own(terms, work);
            }
            open.check(!terms.readOnly());
            return nested(terms.readOnly() ? open.reading() : open.part(), work);
        });
    }

    private <T> Flux<T> own(TransactionTerms terms, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.usingWhen(
                Mono.from(source.acquire()).map(connection -> Scope.on(connection, terms)),
                scope -> inside(scope, work),
                this::leave,
                (scope, error) -> leave(scope),
                this::leave);
    }

    private Mono<Void> leave(Scope scope) {
        return scope.end(false).onErrorComplete().then(Mono.from(source.release(scope.connection())));
    }

    private <T> Flux<T> nested(Scope part, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.usingWhen(
                Mono.just(part),
                scope -> inside(scope, work),
                scope -> scope.end(false).onErrorComplete(),
                (scope, error) -> scope.end(false).onErrorComplete(),
                scope -> scope.end(false).onErrorComplete());
    }

    private <T> Flux<T> inside(Scope scope, Function<Scope, ? extends Publisher<T>> work) {
        return scope.begin().thenMany(Flux.defer(() -> {
            Publisher<T> result = work.apply(scope);
            if (result instanceof Mono<T> one) {
                return one.map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .contextWrite(context -> context.put(key, scope))
                        .delayUntil(value -> scope.end(true))
                        .flatMapMany(Mono::justOrEmpty);
            }
            return Flux.from(result)
                    .contextWrite(context -> context.put(key, scope))
                    .concatWith(scope.end(true).then(Mono.empty()));
        }));
    }

    /** One statement, in the open transaction or in auto-commit. */
    private <T> Flux<T> alone(boolean write, Function<Session, ? extends Publisher<T>> work) {
        return Flux.deferContextual(context -> {
            Scope open = open(context);
            if (open != null) {
                open.check(write);
                return work.apply(open.session());
            }
            return Flux.usingWhen(
                    source.acquire(), connection -> work.apply(new Session(connection, null)), source::release);
        });
    }

    /** The innermost open part of the transaction that statements belong to. */
    private @Nullable Scope open(ContextView context) {
        Scope inContext = context.getOrDefault(key, null);
        if (bound == null || (inContext != null && inContext.isWithin(bound))) {
            return inContext;
        }
        return bound;
    }
}
