package rillite.querysets;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import rillite.querysets.Scope.Outcome;

/**
 * Begins and ends the transactions of one database. Each subscription is a transaction of its own; the work runs with it in
 * the Context.
 */
final class Transactions {

    private final ConnectionSource source;
    private final Statements statements;
    private final Object key;
    private final Object store;
    private final Watch watch;
    private final Hints hints;

    Transactions(ConnectionSource source, Statements statements, Object key, Object store, Watch watch, Hints hints) {
        this.source = source;
        this.statements = statements;
        this.key = key;
        this.store = store;
        this.watch = watch;
        this.hints = hints;
    }

    /**
     * A transaction on a connection of its own.
     *
     * @param join whether it may be a part of the transaction that the connection comes with
     */
    <T> Flux<T> whole(TransactionTerms terms, boolean join, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.usingWhen(
                Mono.from(source.acquire()).map(connection -> Scope.on(connection, terms, statements)),
                scope -> inside(scope, join || !scope.isLent() ? scope.begin() : Mono.error(separate()), work),
                this::leave,
                (scope, error) -> leave(scope),
                this::leave);
    }

    static TransactionException separate() {
        return new TransactionException(
                "A transaction that requires a new one cannot begin inside of a write transaction:"
                        + " a file has one writer, and it would wait for itself. Use inTransaction(..) for a part that is taken back"
                        + " alone, or begin it after the other.");
    }

    private Mono<Void> leave(Scope scope) {
        return scope.end(false)
                .onErrorComplete()
                .then(Mono.defer(() -> Mono.from(source.release(scope.connection()))))
                .onErrorResume(Transactions::notReleased)
                .then(Mono.defer(() -> after(scope)));
    }

    /** The outcome is known and told; this must not hide it. */
    private static Mono<Void> notReleased(Throwable error) {
        Log.of(Transaction.class)
                .log(System.Logger.Level.WARNING, "A connection could not be given back after its transaction", error);
        return Mono.empty();
    }

    private Mono<Void> after(Scope scope) {
        Hooks hooks = scope.hooks();
        Outcome outcome = scope.outcome();
        if (hooks.isEmpty() || outcome == Outcome.UNKNOWN) {
            return Mono.empty();
        }
        if (!scope.isLent()) {
            return hooks.run(outcome == Outcome.COMMITTED);
        }
        Hooks later = new Hooks();
        hooks.handTo(later, outcome == Outcome.COMMITTED);
        return Mono.from(source.atEnd(later::run));
    }

    /**
     * A part of an open transaction.
     *
     * @param ordered whether parts that are subscribed side by side run one after the other
     */
    <T> Flux<T> part(Scope whole, boolean ordered, Function<Scope, ? extends Publisher<T>> work) {
        return nested(whole::part, whole, ordered, work);
    }

    /** Reads in an open transaction. */
    <T> Flux<T> reading(Scope whole, Function<Scope, ? extends Publisher<T>> work) {
        return nested(whole::reading, whole, false, work);
    }

    private <T> Flux<T> nested(
            Supplier<Scope> made, Scope whole, boolean ordered, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.usingWhen(
                Mono.fromSupplier(
                        () -> new Part(made.get(), whole, whole.turns().next())),
                part -> inside(part.scope(), part.begin(ordered), work),
                Part::leave,
                (part, error) -> part.leave(),
                Part::leave);
    }

    private record Part(Scope scope, Scope whole, Turns.Turn turn) {
        Mono<Void> begin(boolean ordered) {
            return ordered ? turn.come().then(scope.begin()) : scope.begin();
        }

        Mono<Void> leave() {
            return scope.end(false).onErrorComplete().then(Mono.fromRunnable(() -> {
                scope.hooks().handTo(whole.hooks(), scope.outcome() == Outcome.COMMITTED);
                turn.leave();
            }));
        }
    }

    private <T> Flux<T> inside(Scope scope, Mono<Void> begin, Function<Scope, ? extends Publisher<T>> work) {
        Disposable.Swap warning = Disposables.swap();
        Flux<T> begun = begin.thenMany(Flux.defer(() -> {
            if (scope.holdsWriter()) {
                warning.replace(watch.over(scope));
            }
            return hints.during(scope, result(scope, hints.during(scope, () -> work.apply(scope))));
        }));
        return scope.holdsWriter() ? begun.doFinally(signal -> warning.dispose()) : begun;
    }

    /** What a Mono gives waits for the commit: it is the answer. The elements of others are passed on as they come. */
    private <T> Flux<T> result(Scope scope, Publisher<T> result) {
        if (result instanceof Mono<T> one) {
            return one.map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .contextWrite(context -> with(scope, context))
                    .delayUntil(value -> scope.end(true))
                    .flatMapMany(Mono::justOrEmpty);
        }
        return Flux.from(result)
                .contextWrite(context -> with(scope, context))
                .concatWith(scope.end(true).then(Mono.empty()));
    }

    private Context with(Scope scope, Context context) {
        Context inside = context.put(key, scope);
        return scope.holdsWriter() ? Writers.with(inside, scope, store) : inside;
    }
}
