package rillite.querysets;

import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An open transaction, given to the function that {@link Database#inTransaction} and {@link Database#readOnly} run.
 *
 * <p>Queries that are part of the publisher which that function returns find the transaction in the Reactor Context; nothing
 * has to be passed on. The verbs here name it explicitly, for places where the Context is lost. Once the transaction has
 * ended they fail with a {@link TransactionException}.
 *
 * <p>Statements of one transaction run one after the other, in the order in which they are subscribed.
 */
public final class Transaction {

    private final Database database;
    private final Scope scope;

    Transaction(Database free, Scope scope) {
        this.scope = scope;
        database = free.in(scope);
    }

    /**
     * For tools that write on connections of their own, and would wait for the write transaction that waits for them:
     * completes, or is a {@link TransactionException} where one of a Database on the same file is around the subscriber.
     */
    public static Mono<Void> requireNone(ConnectionFactory connections) {
        return Mono.deferContextual(context -> {
            Writers.refuse(context, Database.store(connections));
            return Mono.empty();
        });
    }

    /** The name in errors and logs: that of the definition, else a running number. */
    public String name() {
        return scope.name();
    }

    /** Whether writes are refused. */
    public boolean isReadOnly() {
        return scope.isReadOnly();
    }

    /** The database, with all its verbs in this transaction; equal to the one that began it. */
    public Database database() {
        return database;
    }

    /** As {@link Database#objects(String)}, in this transaction. */
    public QuerySet<Row> objects(String table) {
        return database.objects(table);
    }

    /** As {@link Database#objects(Table)}, in this transaction. */
    public <T> QuerySet<T> objects(Table<T, T> table) {
        return database.objects(table);
    }

    /** As {@link Database#link(String, String, Object)}, in this transaction. */
    public Link link(String table, String relation, Object owner) {
        return database.link(table, relation, owner);
    }

    /** As {@link Database#link(ToMany, Object)}, in this transaction. */
    public <R, T> TypedLink<T> link(ToMany<R, T, ?> relation, R owner) {
        return database.link(relation, owner);
    }

    /** As {@link Database#link(ToMany, Ref)}, in this transaction. */
    public <R, T> TypedLink<T> link(ToMany<R, T, ?> relation, Ref<R> owner) {
        return database.link(relation, owner);
    }

    /** As {@link Database#sql}, in this transaction. */
    public RawSql sql(String text, @Nullable Object... values) {
        return database.sql(text, values);
    }

    /** A part of this transaction that is taken back alone when it fails: a savepoint. */
    public <T> Flux<T> inTransaction(Function<Transaction, ? extends Publisher<T>> work) {
        return database.inTransaction(work);
    }

    /**
     * Runs work once the transaction is committed, before its publisher completes, without its lock and connection. An error
     * is logged; the commit stays. Never runs when the outcome of the commit is unknown.
     */
    public Transaction afterCommit(Publisher<?> work) {
        scope.hooks().afterCommit(work);
        return this;
    }

    /**
     * Runs work once the transaction, or the part of one that this is, is rolled back, without its lock and connection. An
     * error is logged.
     */
    public Transaction afterRollback(Publisher<?> work) {
        scope.hooks().afterRollback(work);
        return this;
    }

    @Override
    public String toString() {
        return "Transaction[" + name() + (isReadOnly() ? ", read-only]" : "]");
    }
}
