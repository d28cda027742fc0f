package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import rillite.querysets.ast.SqlText;
import rillite.querysets.insights.InsightOptions;
import rillite.querysets.insights.StatementRecorder;
import rillite.r2dbc.SqliteReads;

/**
 * Sends the statements of one database: in the transaction it is bound to, else in the one of the subscriber's Context,
 * else each on a connection of its own. Connections and transactions are given back at the end, on error and on cancel.
 */
final class SqlRunner {

    private final ConnectionSource source;
    private final @Nullable SqliteReads reads;
    private final Statements statements;
    private final SchemaWatch schema;
    private final Hints hints;
    private final Object store;
    private final Object key;
    private final AtomicLong names;
    private final Transactions transactions;
    private final RawShape.Plan allColumns;
    private final @Nullable Scope bound;

    /**
     * @param store what has one writer: equal for two databases over the same file
     */
    SqlRunner(ConnectionSource source, Object store, SchemaWatch schema, DatabaseOptions options) {
        this.source = source;
        reads = source instanceof OwnConnections own ? own.reads() : null;
        this.store = store;
        this.schema = schema;
        InsightOptions insights = options.insightOptions();
        StatementRecorder recorder = insights == null ? null : new StatementRecorder(insights);
        statements = new Statements(options.statementListeners(), schema::failed, recorder);
        statements.add(schema::sent);
        hints = new Hints(options.isDevelopment());
        key = new Object();
        names = new AtomicLong();
        Watch watch = new Watch(options.transactionWarnAfter());
        transactions = new Transactions(source, statements, key, store, watch, hints);
        allColumns = RawShape.remembering();
        bound = null;
    }

    private SqlRunner(SqlRunner free, Statements statements, @Nullable Scope bound) {
        source = free.source;
        reads = free.reads;
        store = free.store;
        schema = free.schema;
        this.statements = statements;
        hints = free.hints;
        key = free.key;
        names = free.names;
        transactions = free.transactions;
        allColumns = free.allColumns;
        this.bound = bound;
    }

    /** The same, for statements in this transaction even where the Context is lost. */
    SqlRunner in(Scope scope) {
        return new SqlRunner(this, statements, scope);
    }

    /** The same, whose statements are not measured. */
    SqlRunner unrecorded() {
        return new SqlRunner(this, statements.unrecorded(), bound);
    }

    boolean isBound() {
        return bound != null;
    }

    /** Reads all columns of statements of one's own. */
    RawShape.Plan allColumns() {
        return allColumns;
    }

    SchemaWatch schema() {
        return schema;
    }

    Statements statements() {
        return statements;
    }

    /** Rows, requested from the driver as the subscriber requests them; a fetch size of 0 leaves it to the driver. */
    <T> Flux<T> rows(Supplier<SqlText> sql, int fetchSize, Function<Row, T> mapper) {
        return rows(sql, fetchSize, mapper, statements.asking());
    }

    /** The same, where the program asked for them earlier. */
    <T> Flux<T> rows(Supplier<SqlText> sql, int fetchSize, Function<Row, T> mapper, @Nullable Asking asking) {
        return reads == null
                ? connectedRows(sql, fetchSize, mapper, asking)
                : new DirectRows<>(this, reads, sql, fetchSize, mapper, asking);
    }

    /** The same on a connection: that of the open transaction, else one of their own. */
    <T> Flux<T> connectedRows(Supplier<SqlText> sql, int fetchSize, Function<Row, T> mapper, @Nullable Asking asking) {
        return alone(false, sql, asking, session -> session.rows(sql.get(), fetchSize, mapper));
    }

    /** Rows that one write returns. */
    <T> Flux<T> returning(Supplier<SqlText> sql, Function<Row, T> mapper) {
        return alone(true, sql, statements.asking(), session -> session.returning(sql.get(), mapper));
    }

    /** The number of rows that one write matched. */
    Mono<Long> count(Supplier<SqlText> sql) {
        return alone(
                        true,
                        sql,
                        statements.asking(),
                        session -> session.count(sql.get()).flux())
                .single();
    }

    /**
     * One write transaction for several statements, or a part of the one that is open: an error takes back this work only.
     * What a Mono gives is passed on after the commit, what others give at once.
     */
    <T> Flux<T> inWrite(Function<Session, ? extends Publisher<T>> work) {
        return transacted(TransactionTerms.write(nextName()), scope -> work.apply(scope.session()));
    }

    /**
     * One snapshot for several statements: a read-only transaction, or the one that is open. What the work gives is passed
     * on while it is open, except for what a Mono gives.
     */
    <T> Flux<T> inSnapshot(Function<Session, ? extends Publisher<T>> work) {
        Asking asking = statements.asking();
        return transacted(
                TransactionTerms.read(nextName()),
                scope -> work.apply(scope.session().asked(asking == null ? null : asking.once())));
    }

    /** A name for a transaction that was given none. */
    String nextName() {
        return "transaction " + names.incrementAndGet();
    }

    /** Joins the open transaction or begins one. */
    <T> Flux<T> transacted(TransactionTerms terms, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.deferContextual(context -> {
            Scope open = open(context);
            if (open == null) {
                if (!terms.readOnly()) {
                    refuseToWait(context);
                }
                return schema.watching(transactions.whole(terms, true, work));
            }
            open.check(!terms.readOnly());
            return terms.readOnly()
                    ? transactions.reading(open, work)
                    : transactions.part(open, isOrdered(context), work);
        });
    }

    /** Begins a write transaction even inside of another one that only reads. */
    <T> Flux<T> separate(TransactionTerms terms, Function<Scope, ? extends Publisher<T>> work) {
        return Flux.deferContextual(context -> {
            Scope open = open(context);
            if (open != null && open.isWithinWrite()) {
                throw Transactions.separate();
            }
            refuseToWait(context);
            return schema.watching(transactions.whole(terms, false, work));
        });
    }

    /** One statement, in the open transaction or in auto-commit. */
    private <T> Flux<T> alone(
            boolean write, Supplier<SqlText> sql, @Nullable Asking asking, Function<Session, Flux<T>> work) {
        return Flux.deferContextual(context -> {
            Scope open = open(context);
            if (open != null) {
                Flux<T> signals = hints.during(open, work.apply(open.session().asked(asking)));
                // A part that is taken back must not take back what is written beside it.
                return write && isOrdered(context) ? open.turns().free().thenMany(signals) : signals;
            }
            if (write) {
                refuseToWait(context);
            }
            return schema.watching(
                    Flux.usingWhen(
                            source.acquire(),
                            connection -> work.apply(new Session(connection, statements, null, asking)),
                            source::release),
                    error -> sql.get().sql());
        });
    }

    /** Whether to wait for parts beside this: where the Context is lost, who waits may be who is waited for. */
    private boolean isOrdered(ContextView context) {
        return context.hasKey(key);
    }

    private void refuseToWait(ContextView context) {
        Writers.refuse(context, store);
        hints.outside();
    }

    /** Whether statements belong to a transaction. */
    boolean isOpen(ContextView context) {
        return open(context) != null;
    }

    /** Whether statements belong to a transaction, or may: one of who lends the connections, or another one on the same file. */
    boolean mayBeOpen(ContextView context) {
        return !(source instanceof OwnConnections) || Writers.isHeld(context) || isOpen(context);
    }

    /** The innermost open part of the transaction that statements belong to. */
    private @Nullable Scope open(ContextView context) {
        Scope inContext = context.getOrDefault(key, null);
        return bound == null || (inContext != null && inContext.isWithin(bound)) ? inContext : bound;
    }
}
