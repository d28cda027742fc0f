package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;

/**
 * A query: which rows of a table, in which order, read as what. Immutable, so it may be kept in a static field and shared
 * by threads; every verb gives a new one and touches no database.
 *
 * <p>It is a publisher of its rows. Each subscription sends one statement, in the transaction of the subscriber's Context
 * or on a connection of its own, which it releases at the end, on error and on cancel; rows are read as they are requested. A query that cannot match anything sends none.
 * Signals arrive on the thread on which the driver emits.
 *
 * <p>Keys such as {@code "email__endswith"} name a column, optionally a transform, and a lookup; without a lookup they
 * mean equality. A wrong name or value throws a {@link QueryException} from the verb that contains it.
 *
 * @param <T> what a row is read as
 */
public final class QuerySet<T> implements Publisher<T> {

    private final QueryState state;
    private final Function<Row, T> mapper;

    private QuerySet(QueryState state, Function<Row, T> mapper) {
        this.state = state;
        this.mapper = mapper;
    }

    static QuerySet<Row> of(Database database, TableModel model) {
        return new QuerySet<>(QueryState.all(database, model), Function.identity());
    }

    private QuerySet<T> with(QueryState newState) {
        return new QuerySet<>(newState, mapper);
    }

    /** Keeps rows that fulfil all key and value pairs: {@code filter("email__endswith", "@x.org", "age__gte", 18)}. */
    public QuerySet<T> filter(String key, @Nullable Object value, @Nullable Object... more) {
        return filter(Q.ofPairs(Pair.of(key, value, more)));
    }

    /** Keeps rows that fulfil all conditions. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> filter(Q<? super T>... conditions) {
        return with(state.unsliced("filter").filter(Condition.all(resolved(conditions))));
    }

    /** Keeps rows that fulfil all entries. */
    public QuerySet<T> filter(Map<String, ? extends @Nullable Object> conditions) {
        return filter(Q.ofPairs(Pair.of(conditions)));
    }

    /** Keeps rows that fulfil the pair; does nothing when the value is null. */
    public QuerySet<T> filterPresent(String key, @Nullable Object value) {
        return value == null ? this : filter(key, value);
    }

    /** Removes rows that fulfil all pairs; a row for which that is NULL stays. */
    public QuerySet<T> exclude(String key, @Nullable Object value, @Nullable Object... more) {
        return exclude(Q.ofPairs(Pair.of(key, value, more)));
    }

    /** Removes rows that fulfil all conditions; a row for which that is NULL stays. Without conditions nothing changes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> exclude(Q<? super T>... conditions) {
        state.unsliced("exclude");
        Condition excluded = Condition.all(resolved(conditions));
        boolean says = Arrays.stream(conditions).anyMatch(condition -> !condition.isEmpty());
        return says ? with(state.filter(Condition.not(excluded))) : this;
    }

    /** Removes rows that fulfil all entries. */
    public QuerySet<T> exclude(Map<String, ? extends @Nullable Object> conditions) {
        return exclude(Q.ofPairs(Pair.of(conditions)));
    }

    private List<Condition> resolved(Q<?>[] conditions) {
        KeyResolver resolver = state.resolver();
        return Arrays.stream(conditions)
                .map(condition -> condition.resolve(resolver))
                .toList();
    }

    /** The rows of both queries. */
    public QuerySet<T> and(QuerySet<?> other) {
        return combined(other, "and", Condition::all);
    }

    /** The rows of one query or the other. */
    public QuerySet<T> or(QuerySet<?> other) {
        return combined(other, "or", Condition::any);
    }

    /** The rows of exactly one of the queries. */
    public QuerySet<T> xor(QuerySet<?> other) {
        return combined(other, "xor", Condition::odd);
    }

    private QuerySet<T> combined(QuerySet<?> other, String verb, Function<List<Condition>, Condition> how) {
        if (other.state.model() != state.model()) {
            throw Errors.invalidQuery("Cannot combine \"" + state.table() + "\" with \"" + other.state.table()
                    + "\" by " + verb + ": both must be queries of one table of one database.");
        }
        Condition both = how.apply(List.of(state.asCondition(), other.state.asCondition()));
        Select select = state.select().withWindow(-1, 0).withWhere(both);
        return with(new QueryState(
                state.database(), state.model(), select, state.shape(), state.projected(), state.fetchSize()));
    }

    /** Sorts by keys, {@code "-age"} for descending and {@code "?"} for random; replaces the former order. */
    public QuerySet<T> orderBy(String... keys) {
        KeyResolver resolver = state.resolver();
        List<Ordering> order = new ArrayList<>();
        for (String key : keys) {
            order.addAll(resolver.ordering(key));
        }
        return with(state.unsliced("orderBy").order(order));
    }

    /** Sorts by expressions; replaces the former order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> orderBy(Sort<? super T>... terms) {
        KeyResolver resolver = state.resolver();
        return with(state.unsliced("orderBy")
                .order(Arrays.stream(terms).map(resolver::ordering).toList()));
    }

    /** Sorts in an order that differs each time. */
    public QuerySet<T> orderRandom() {
        return orderBy("?");
    }

    /** Removes the order. */
    public QuerySet<T> unordered() {
        return with(state.unsliced("unordered").order(List.of()));
    }

    /** Turns the order round, NULLs included; the order of the key when there is none. */
    public QuerySet<T> reverse() {
        return with(state.unsliced("reverse").reversed("reverse"));
    }

    /** Rows at the positions from (included) to (not included), counted from 0 within the present slice. */
    public QuerySet<T> slice(long from, long to) {
        if (to < 0) {
            throw Errors.invalidQuery("Cannot slice \"" + state.table() + "\" up to " + to
                    + ": positions count from 0. For the last rows use reverse().");
        }
        return with(state.slice(from, to));
    }

    /** All rows of the present slice but the first ones. */
    public QuerySet<T> slice(long from) {
        return with(state.slice(from, -1));
    }

    /** At most so many rows of the present slice. */
    public QuerySet<T> limit(long rows) {
        return with(state.limit(rows));
    }

    /** Skips so many rows more; a limit keeps its size, whether it was set before or comes after. */
    public QuerySet<T> offset(long rows) {
        return with(state.offset(rows));
    }

    /** No rows, without asking the database. */
    public QuerySet<T> none() {
        return with(state.none());
    }

    /** Drops repeated rows; makes a difference only after {@link #values}. */
    public QuerySet<T> distinct() {
        return with(state.unsliced("distinct").distinct());
    }

    /** Reads only the named columns, all of them when none is named; rows answer to the names as given here. */
    public QuerySet<Row> values(String... names) {
        return new QuerySet<>(state.values(List.of(names)), Function.identity());
    }

    /**
     * The single chosen column as plain values.
     *
     * @throws InvalidQueryException not exactly one column was chosen, or it may be NULL and is not filtered by
     *     {@code isnull}: a publisher carries no null, so use {@link #flatOptional}
     */
    public <V> QuerySet<V> flat(Class<V> type) {
        Column column = single("flat");
        Condition notNull = new Condition.IsNull(state.model().expression(column), true);
        Condition where = state.select().where();
        boolean filtered = where.equals(notNull)
                || where instanceof Condition.And and && and.parts().contains(notNull);
        if (!column.notNull() && !filtered) {
            throw Errors.invalidQuery("flat over " + column.qualifiedName() + " would meet NULL. Filter with \""
                    + column.name() + "__isnull\", false, or use flatOptional.");
        }
        String name = state.shape().names().get(0);
        return new QuerySet<>(state, row -> Objects.requireNonNull(row.get(name, type)));
    }

    /** The single chosen column as values that are empty for NULL. */
    public <V> QuerySet<Optional<V>> flatOptional(Class<V> type) {
        single("flatOptional");
        String name = state.shape().names().get(0);
        return new QuerySet<>(state, row -> Optional.ofNullable(row.get(name, type)));
    }

    private Column single(String verb) {
        if (!state.projected() || state.shape().size() != 1) {
            throw Errors.invalidQuery(verb + " needs exactly one column: call values(\"column\") before it.");
        }
        return state.shape().columns().get(0);
    }

    /** Asks the driver for so many rows at a time; 0 leaves it to the driver. */
    public QuerySet<T> fetchSize(int rows) {
        return with(state.withFetchSize(rows));
    }

    /** Applies a function, so that own verbs can stand in a chain. */
    public <U> QuerySet<U> apply(Function<QuerySet<T>, QuerySet<U>> verb) {
        return verb.apply(this);
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        flux().subscribe(subscriber);
    }

    /** The rows as a Flux: one statement per subscription, rows read on demand. */
    public Flux<T> flux() {
        return rows().map(mapper);
    }

    private Flux<Row> rows() {
        if (state.isEmpty()) {
            return Flux.empty();
        }
        RowShape shape = state.shape();
        return state.database()
                .runner()
                .rows(this::text, state.fetchSize(), row -> new Row(shape, CellReader.read(row, shape)));
    }

    private SqlText text() {
        return state.database().compiler().compile(state.rows());
    }

    /** All rows in one list. */
    public Mono<List<T>> list() {
        return flux().collectList();
    }

    /**
     * The only row.
     *
     * @return the row; {@link NotFoundException} and {@link MultipleObjectsException} arrive through onError
     */
    public Mono<T> get() {
        QuerySet<T> some = with(state.unsliced("get").order(List.of()).limit(MultipleObjectsException.LIMIT));
        return some.list().map(this::only);
    }

    private T only(List<T> found) {
        if (found.isEmpty()) {
            throw new NotFoundException(
                    "No row of " + state.table() + " matches. Use first() or find(key) where that is expected.");
        }
        if (found.size() > 1) {
            String many = (found.size() < MultipleObjectsException.LIMIT ? "" : "at least ") + found.size();
            throw new MultipleObjectsException(
                    "get() expects one row of " + state.table() + ", " + many + " match.", found.size());
        }
        return found.get(0);
    }

    /** As {@code filter(..).get()}. */
    public Mono<T> get(String key, @Nullable Object value, @Nullable Object... more) {
        state.unsliced("get");
        return filter(key, value, more).get();
    }

    /** As {@code filter(..).get()}. */
    public Mono<T> get(Q<? super T> condition) {
        state.unsliced("get");
        return filter(condition).get();
    }

    /** The row with this key, or empty. The key of several columns is a list in key order. */
    public Mono<T> find(Object key) {
        return byId(key).flux().singleOrEmpty();
    }

    /** This query with only the row of this key. */
    public QuerySet<T> byId(Object key) {
        return with(state.unsliced("byId").filterKey(key, "find a row of"));
    }

    /** The first row in the order of the query, else of the key; empty when there is none. */
    public Mono<T> first() {
        QueryState ordered = state.select().isSliced() ? state : state.orderedSomehow();
        return with(ordered.limit(1)).flux().singleOrEmpty();
    }

    /** The last row in the order of the query, else of the key; empty when there is none. */
    public Mono<T> last() {
        return with(state.unsliced("last").reversed("take the last row of").limit(1))
                .flux()
                .singleOrEmpty();
    }

    /** The first row in the order of these keys. */
    public Mono<T> earliest(String... keys) {
        return orderBy(keys).first();
    }

    /** The last row in the order of these keys. */
    public Mono<T> latest(String... keys) {
        return orderBy(keys).last();
    }

    /** The number of rows. */
    public Mono<Long> count() {
        if (state.isEmpty()) {
            return Mono.just(0L);
        }
        List<Expression> counted = List.of(new Expression.Call(Expression.Function.COUNT_ALL));
        Select bare = state.bare();
        Select select = bare.isSliced() || bare.distinct()
                ? Select.of(new Source.Derived(bare), counted)
                : bare.withColumns(counted);
        return scalar(select).single();
    }

    /** Whether there is a row. */
    public Mono<Boolean> exists() {
        if (state.isEmpty()) {
            return Mono.just(false);
        }
        Condition exists = new Condition.Exists(state.bare());
        return scalar(Select.of(Source.NOTHING, List.of(new Expression.Truth(exists))))
                .single()
                .map(one -> one != 0);
    }

    private Flux<Long> scalar(Select select) {
        return state.database()
                .runner()
                .rows(
                        () -> state.database().compiler().compile(select),
                        0,
                        row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** Whether the row, given by its key or itself, is among the rows. */
    public Mono<Boolean> contains(Object keyOrRow) {
        return with(state.unsliced("contains").filterKey(keyOrRow, "look for a row of"))
                .exists();
    }

    /** The rows with these keys, by key, in one statement; none for no keys. Unknown keys are left out. */
    public Mono<Map<Object, T>> inBulk(Collection<?> keys) {
        List<Column> key = state.model().keyFor("read in bulk from");
        return bulk(new Pair("pk__in", keys), key, Row::pk);
    }

    /**
     * The rows with these values of a unique column, by value, in one statement.
     *
     * @throws InvalidQueryException the column is not unique
     */
    public Mono<Map<Object, T>> inBulk(String field, Collection<?> values) {
        Column column = state.resolver().column(field, field);
        if (!state.model().table().isUnique(List.of(column))) {
            throw Errors.invalidQuery("inBulk needs a unique column, " + column.qualifiedName() + " is not.");
        }
        return bulk(
                new Pair(field + "__in", values),
                List.of(column),
                row -> Objects.requireNonNull(row.get(column.name())));
    }

    private Mono<Map<Object, T>> bulk(Pair wanted, List<Column> needed, Function<Row, Object> keyOf) {
        state.unsliced("inBulk");
        if (!state.shape().columns().containsAll(needed)) {
            throw Errors.invalidQuery("inBulk of \"" + state.table() + "\" needs its key among the values.");
        }
        QuerySet<T> some = with(state.filter(state.resolver().condition(wanted)));
        return some.rows().collect(LinkedHashMap::new, (map, row) -> map.put(keyOf.apply(row), mapper.apply(row)));
    }

    /**
     * Inserts one row when subscribed, again at each subscription, and gives it as stored, with generated key and
     * defaults. Columns left out take their default.
     */
    public Mono<T> create(Fields fields) {
        Write.Insert insert = new Writer(state).insert(fields);
        RowShape shape = state.model().shape();
        return state.database()
                .runner()
                .returning(
                        () -> state.database().compiler().compile(insert),
                        row -> mapper.apply(new Row(shape, CellReader.read(row, shape))))
                .singleOrEmpty();
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(String name, @Nullable Object value, @Nullable Object... more) {
        return create(Fields.of(name, value, more));
    }

    /** As {@link #create(Fields)}. */
    public Mono<T> create(Map<String, ? extends @Nullable Object> fields) {
        return create(Fields.of(fields));
    }

    /**
     * Sets columns of all rows of the query in one statement, when subscribed and again at each subscription, and gives
     * the number of rows. Values may be expressions such as {@code F.of("pages").plus(1)}. A slice needs an order.
     */
    public Mono<Long> update(Fields fields) {
        Write.Update update = new Writer(state).update(fields);
        return changed(update, update.where());
    }

    /** As {@link #update(Fields)}. */
    public Mono<Long> update(String name, @Nullable Object value, @Nullable Object... more) {
        return update(Fields.of(name, value, more));
    }

    /** As {@link #update(Fields)}. */
    public Mono<Long> update(Map<String, ? extends @Nullable Object> fields) {
        return update(Fields.of(fields));
    }

    /**
     * Deletes all rows of the query in one statement, when subscribed and again at each subscription, and gives their
     * number. Rows that the database deletes by ON DELETE CASCADE are not counted. A slice needs an order.
     */
    public Mono<Long> delete() {
        Write.Delete delete = new Writer(state).delete();
        return changed(delete, delete.where());
    }

    private Mono<Long> changed(Write write, Condition where) {
        return where.equals(Condition.NEVER)
                ? Mono.just(0L)
                : state.database()
                        .runner()
                        .count(() -> state.database().compiler().compile(write));
    }

    /** The statement that {@link #flux} would send; nothing is sent. */
    public CompiledSql toSql() {
        SqlText text = text();
        return new CompiledSql(text.sql(), text.binds());
    }

    /** How SQLite would run the query; an empty plan when no statement would be sent. */
    public Mono<Plan> explain() {
        if (state.isEmpty()) {
            return Mono.just(new Plan(List.of()));
        }
        return state.database()
                .runner()
                .rows(
                        () -> state.database().compiler().explain(state.rows()),
                        0,
                        row -> new Plan.Line(
                                Objects.requireNonNull(row.get(0, Long.class)),
                                Objects.requireNonNull(row.get(1, Long.class)),
                                Objects.requireNonNull(row.get(3, String.class))))
                .collectList()
                .map(Plan::of);
    }

    /** Membership of a value in this query, for the lookup {@code in}. */
    Condition memberCondition(Expression left, Object database, String key) {
        if (!state.database().equals(database)) {
            throw Errors.invalidQuery("The query in \"" + key + "\" belongs to another database.");
        }
        List<Expression> columns = state.projected()
                ? state.select().columns()
                : state.model().expressions(state.model().keyFor("look up (\"" + key + "\") in"));
        if (columns.size() != 1) {
            throw Errors.invalidQuery("The query in \"" + key + "\" must yield one column, it yields " + columns.size()
                    + ". Choose one with values(..).");
        }
        return state.isEmpty() ? Condition.NEVER : new Condition.InSelect(List.of(left), state.member(columns));
    }

    /** The SQL without values. */
    @Override
    public String toString() {
        return text().sql();
    }
}
