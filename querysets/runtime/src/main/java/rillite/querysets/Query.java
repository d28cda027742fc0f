package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Rewriter;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.SqlText;
import rillite.querysets.schema.Column;

/**
 * A query: which rows, in which order, read as what. Immutable, so it may be kept in a static field and shared by
 * threads; every verb gives a new one and touches no database.
 *
 * <p>It is a publisher of its rows. Each subscription sends one statement (and one for each level of relations that are
 * prefetched) on a connection of its own or that of the transaction in the Reactor Context, and releases what it took at
 * the end, on error and on cancel; rows are read as they are requested. A query that cannot match anything sends none.
 * Signals arrive on the thread on which the driver emits.
 *
 * <p>Keys such as {@code "author__email__endswith"} follow relations to a column, optionally a transform, and a lookup;
 * without a lookup they mean equality. A wrong name or value throws a {@link QueryException} from the verb that contains
 * it.
 *
 * @param <R> root of the query: the type of whole rows of its table
 * @param <T> what a row is read as
 * @param <S> the type of this query
 */
public abstract sealed class Query<R, T, S extends Query<R, T, S>> extends Aggregation<R> implements Publisher<T>
        permits WritableQuery, Projection {

    final Function<Row, T> mapper;

    Query(QueryState state, Function<Row, T> mapper) {
        super(state);
        this.mapper = mapper;
    }

    abstract S with(QueryState newState);

    /** Keeps rows that fulfil all key and value pairs: {@code filter("email__endswith", "@x.org", "age__gte", 18)}. */
    public S filter(String key, @Nullable Object value, @Nullable Object... more) {
        return filter(Q.ofPairs(Pair.of(key, value, more)));
    }

    /** Keeps rows that fulfil all conditions. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final S filter(Q<? super R>... conditions) {
        return with(state.unsliced("filter").filter(all(conditions)));
    }

    /** Keeps rows that fulfil all entries. */
    public S filter(Map<String, ? extends @Nullable Object> conditions) {
        return filter(Q.ofPairs(Pair.of(conditions)));
    }

    /** Keeps rows that fulfil the pair; does nothing when the value is null. */
    public S filterPresent(String key, @Nullable Object value) {
        return value == null ? with(state) : filter(key, value);
    }

    /** Removes rows that fulfil all pairs; a row for which that is NULL stays. */
    public S exclude(String key, @Nullable Object value, @Nullable Object... more) {
        return exclude(Q.ofPairs(Pair.of(key, value, more)));
    }

    /** Removes rows that fulfil all conditions; a row for which that is NULL stays. Without conditions nothing changes. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final S exclude(Q<? super R>... conditions) {
        state.unsliced("exclude");
        boolean says = Arrays.stream(conditions).anyMatch(condition -> !condition.isEmpty());
        return with(says ? state.filter(new Q.Negation(all(conditions))) : state);
    }

    /** Removes rows that fulfil all entries. */
    public S exclude(Map<String, ? extends @Nullable Object> conditions) {
        return exclude(Q.ofPairs(Pair.of(conditions)));
    }

    private static Q.Node all(Q<?>[] conditions) {
        return new Q.All(Arrays.stream(conditions).<Q.Node>map(Q::node).toList());
    }

    /** The rows of both queries. */
    public S and(Query<?, ?, ?> other) {
        return with(state.combined(other.state, "and", Condition::all));
    }

    /** The rows of one query or the other. */
    public S or(Query<?, ?, ?> other) {
        return with(state.combined(other.state, "or", Condition::any));
    }

    /** The rows of exactly one of the queries. */
    public S xor(Query<?, ?, ?> other) {
        return with(state.combined(other.state, "xor", Condition::odd));
    }

    /** Sorts by keys, {@code "-age"} for descending and {@code "?"} for random; replaces the former order. */
    public S orderBy(String... keys) {
        Orderings orderings = new Orderings(state.unsliced("orderBy").names(), state::repeatsFor);
        List<Ordering> order = new ArrayList<>();
        for (String key : keys) {
            order.addAll(orderings.of(key));
        }
        return with(state.order(order));
    }

    /** Sorts by expressions; replaces the former order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final S orderBy(Sort<? super R>... terms) {
        Names names = state.names();
        return with(state.unsliced("orderBy")
                .order(Arrays.stream(terms).map(names::ordering).toList()));
    }

    /** Sorts in an order that differs each time. */
    public S orderRandom() {
        return orderBy("?");
    }

    /** Removes the order. */
    public S unordered() {
        return with(state.unsliced("unordered").order(List.of()));
    }

    /** Turns the order round, NULLs included; the order of the key when there is none. */
    public S reverse() {
        return with(state.unsliced("reverse").reversed("reverse"));
    }

    /** Rows at the positions from (included) to (not included), counted from 0 within the present slice. */
    public S slice(long from, long to) {
        if (to < 0) {
            throw Errors.invalidQuery("Cannot slice \"" + state.table() + "\" up to " + to
                    + ": positions count from 0. For the last rows use reverse().");
        }
        return with(Slices.slice(state, from, to));
    }

    /** All rows of the present slice but the first ones. */
    public S slice(long from) {
        return with(Slices.slice(state, from, -1));
    }

    /** At most so many rows of the present slice. */
    public S limit(long rows) {
        return with(Slices.limit(state, rows));
    }

    /** Skips so many rows more; a limit keeps its size, whether it was set before or comes after. */
    public S offset(long rows) {
        return with(Slices.offset(state, rows));
    }

    /** No rows, without asking the database. */
    public S none() {
        return with(state.none());
    }

    /** Drops repeated rows; makes a difference only after {@link #values}. */
    public S distinct() {
        return with(state.unsliced("distinct").distinct());
    }

    /** Keeps one row for each combination of values of these keys: the first in the order of the query, else of the key. */
    public S distinctOn(String... keys) {
        return with(state.unsliced("distinctOn").distinctOnKeys(List.of(keys)).combinedBy("distinctOn"));
    }

    /** Keeps one row for each combination of values, as {@link #distinctOn(String...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final S distinctOn(Expr<? super R, ?> value, Expr<? super R, ?>... more) {
        return with(state.unsliced("distinctOn")
                .distinctOn(nodes(value, more).stream()
                        .map(state.names()::expression)
                        .toList())
                .combinedBy("distinctOn"));
    }

    private static List<ExprNode> nodes(Expr<?, ?> value, Expr<?, ?>[] more) {
        List<ExprNode> nodes = new ArrayList<>(List.of(value.node()));
        Arrays.stream(more).map(Expr::node).forEach(nodes::add);
        return nodes;
    }

    /** Keeps one row for each related row, as {@link #distinctOn(String...)}. */
    public S distinctOn(Table<R, ?> related) {
        return distinctOn(related.toString());
    }

    /** The rows of these queries, each once; the result can be filtered, ordered and sliced. */
    public S union(Query<?, ?, ?>... others) {
        return combined(Source.Operation.UNION, others);
    }

    /** The rows of these queries one after the other. */
    public S unionAll(Query<?, ?, ?>... others) {
        return combined(Source.Operation.UNION_ALL, others);
    }

    /** The rows that all queries have in common. */
    public S intersect(Query<?, ?, ?>... others) {
        return combined(Source.Operation.INTERSECT, others);
    }

    /** The rows of this query that none of the others has. */
    public S except(Query<?, ?, ?>... others) {
        return combined(Source.Operation.EXCEPT, others);
    }

    private S combined(Source.Operation operation, Query<?, ?, ?>[] others) {
        List<QueryState> states =
                Arrays.stream(others).map(other -> other.state).toList();
        return with(SetOperations.combine(operation, state, states).combinedBy(SetOperations.verb(operation)));
    }

    /** Asks the driver for so many rows at a time; 0 leaves it to the driver. */
    public S fetchSize(int rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("fetchSize must be 0 (the driver decides) or more, got " + rows + ".");
        }
        return with(state.with(draft -> draft.fetchSize = rows));
    }

    /** Puts a comment before the statement, so that it can be recognised in logs; it is no part of the cached text. */
    public S comment(String text) {
        return with(state.with(draft -> draft.comment = Comments.safe(text)));
    }

    /** The named aggregates over all rows of the query, in one row: {@code aggregate("total", Agg.sum("pages"))}. */
    public Mono<Row> aggregate(String name, Expr<?, ?> value, Object... more) {
        return AggregateQuery.of(state, name, value, more).row();
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        flux().subscribe(subscriber);
    }

    /** The rows as a Flux: one statement per subscription, rows read on demand. */
    public Flux<T> flux() {
        if (mapper instanceof RecordReader<T> records
                && !state.isEmpty()
                && state.plan().isAlone()) {
            return state.database().runner().rows(this::text, state.fetchSize(), records.direct(state.shape()));
        }
        return rows().map(mapper);
    }

    Flux<Row> rows() {
        if (state.isEmpty()) {
            return Flux.empty();
        }
        RowPlan plan = state.plan();
        if (!plan.levels().isEmpty()) {
            return new RelatedRows(state.database()).stream(state);
        }
        return state.database().runner().rows(this::text, state.fetchSize(), plan.reader()::read);
    }

    SqlText text() {
        return state.text(state.rows());
    }

    /** All rows in one list; one statement, and one for each level of relations that are prefetched. */
    public Mono<List<T>> list() {
        if (mapper instanceof RecordReader<T>
                && (state.isEmpty() || state.plan().isAlone())) {
            return flux().collectList();
        }
        return all().map(rows -> {
            List<T> list = new ArrayList<>(rows.size());
            rows.forEach(row -> list.add(mapper.apply(row)));
            return list;
        });
    }

    private Mono<List<Row>> all() {
        boolean related = !state.isEmpty() && !state.plan().levels().isEmpty();
        return related ? new RelatedRows(state.database()).all(state) : rows().collectList();
    }

    /**
     * The only row.
     *
     * @return the row; {@link NotFoundException} and {@link MultipleObjectsException} arrive through onError
     */
    public Mono<T> get() {
        S some = with(Slices.limit(state.unsliced("get").order(List.of()), MultipleObjectsException.LIMIT));
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
    public Mono<T> get(Q<? super R> condition) {
        state.unsliced("get");
        return filter(condition).get();
    }

    /** The row with this key, or empty. The key of several columns is a list in key order. */
    public Mono<T> find(Object key) {
        return byId(key).flux().singleOrEmpty();
    }

    /** This query with only the row of this key. */
    public S byId(Object key) {
        return with(state.unsliced("byId").filterKey(keyOf(key), "find a row of"));
    }

    /** The first row in the order of the query, else of the key; empty when there is none. */
    public Mono<T> first() {
        QueryState ordered = state.select().isSliced() ? state : state.orderedSomehow();
        return with(Slices.limit(ordered, 1)).flux().singleOrEmpty();
    }

    /** The last row in the order of the query, else of the key; empty when there is none. */
    public Mono<T> last() {
        QueryState reversed = state.unsliced("last").reversed("take the last row of");
        return with(Slices.limit(reversed, 1)).flux().singleOrEmpty();
    }

    /** The first row in the order of these keys. */
    public Mono<T> earliest(String... keys) {
        return orderBy(keys).first();
    }

    /** The last row in the order of these keys. */
    public Mono<T> latest(String... keys) {
        return orderBy(keys).last();
    }

    /** The first row in the order of these values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> earliest(Expr<? super R, ?> value, Expr<? super R, ?>... more) {
        return with(state.unsliced("earliest").order(ascending(value, more))).first();
    }

    /** The last row in the order of these values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Mono<T> latest(Expr<? super R, ?> value, Expr<? super R, ?>... more) {
        return with(state.unsliced("latest").order(ascending(value, more))).last();
    }

    private List<Ordering> ascending(Expr<?, ?> value, Expr<?, ?>[] more) {
        Names names = state.names();
        return nodes(value, more).stream()
                .map(node -> names.ordering(new Sort<>(node, false, null)))
                .toList();
    }

    /** The number of rows. */
    public Mono<Long> count() {
        if (state.isEmpty()) {
            return Mono.just(0L);
        }
        List<Expression> counted = List.of(Expression.Aggregate.rows());
        Select bare = state.bare();
        Select select = state.isCountedOutside()
                ? Select.of(new Source.Derived(bare, List.of()), counted)
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
                .rows(() -> state.text(select), 0, row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** Whether the row, given by its key or itself, is among the rows. */
    public Mono<Boolean> contains(Object keyOrRow) {
        return with(state.unsliced("contains").filterKey(keyOf(keyOrRow), "look for a row of"))
                .exists();
    }

    private Object keyOf(Object keyOrRow) {
        return mapper instanceof RecordReader<T> records ? records.key(keyOrRow) : keyOrRow;
    }

    /** The rows with these keys, by key, in one statement; none for no keys. Unknown keys are left out. */
    public Mono<Map<Object, T>> inBulk(Collection<?> keys) {
        List<Column> key = state.model().keyFor("read in bulk from");
        return bulk("pk__in", keys, key, Row::pk);
    }

    /**
     * The rows with these values of a unique column, by value, in one statement.
     *
     * @throws InvalidQueryException the column is not unique
     */
    public Mono<Map<Object, T>> inBulk(String field, Collection<?> values) {
        Column column = state.names().column(field, field);
        if (!state.model().table().isUnique(List.of(column))) {
            throw Errors.invalidQuery("inBulk needs a unique column, " + column.qualifiedName() + " is not.");
        }
        return bulk(field + "__in", values, List.of(column), row -> Objects.requireNonNull(row.get(column.name())));
    }

    /** As {@link #inBulk(String, Collection)}. */
    @SuppressWarnings("unchecked")
    public <V> Mono<Map<V, T>> inBulk(Col<R, V> column, Collection<? extends V> values) {
        String key = Place.of(column).path().text();
        return (Mono<Map<V, T>>) (Mono<?>) inBulk(key, ((Expr<?, ?>) column).storedAll(values));
    }

    private Mono<Map<Object, T>> bulk(
            String lookup, Collection<?> values, List<Column> needed, Function<Row, Object> keyOf) {
        state.unsliced("inBulk");
        List<Column> read = state.outputs().stream().map(Output::column).toList();
        if (!read.containsAll(needed)) {
            throw Errors.invalidQuery("inBulk of \"" + state.table() + "\" needs its key among the values.");
        }
        Query<R, T, S> some = with(state.filter(new Q.Leaf(new Pair(lookup, new LinkedHashSet<>(values)))));
        return some.all().map(rows -> {
            Map<Object, T> byKey = new LinkedHashMap<>();
            rows.forEach(row -> byKey.put(keyOf.apply(row), mapper.apply(row)));
            return byKey;
        });
    }

    /**
     * The days on which the years, months .. begin in which the rows have dates, each once and in order, in one statement.
     * NULL is left out.
     *
     * @throws InvalidQueryException the part is one of the time of day: that is {@link #datetimes(String, DatePart)}
     */
    public Flux<LocalDate> dates(String key, DatePart part) {
        if (part.isTime()) {
            throw Errors.invalidQuery("dates(\"" + key + "\", " + part + ") would not give dates. Use datetimes(..).");
        }
        return Dates.of(state.unsliced("dates"), key, part, LocalDate.class);
    }

    /** As {@link #dates(String, DatePart)}: {@code dates(BOOK.published, DatePart.YEAR)}. */
    public Flux<LocalDate> dates(Col<R, ?> column, DatePart part) {
        return dates(Place.of(column).path().text(), part);
    }

    /** As {@link #datetimes(String, DatePart)}. */
    public Flux<LocalDateTime> datetimes(Col<R, ?> column, DatePart part) {
        return datetimes(Place.of(column).path().text(), part);
    }

    /** As {@link #dates(String, DatePart)}, as dates with time, also of hours, minutes and seconds. */
    public Flux<LocalDateTime> datetimes(String key, DatePart part) {
        return Dates.of(state.unsliced("datetimes"), key, part, LocalDateTime.class);
    }

    /**
     * A page by its number and the number of all rows, in two statements that see one state of the database; none behind the
     * last page. The key decides between rows that the order leaves side by side. Far pages cost more than near ones: SQLite
     * reads all rows before them; {@link #pageAfter} does not.
     *
     * @param number from 1
     * @param size how many rows a page has, at least 1
     */
    public Mono<Page<T>> page(long number, int size) {
        if (number < 1 || size < 1 || number > Long.MAX_VALUE / size) {
            throw Errors.invalidQuery(
                    "Pages are numbered from 1 and have at least 1 row, got page " + number + " of " + size + " rows.");
        }
        long offset = (number - 1) * size;
        S rows = with(Slices.slice(TotalOrder.of(state.unsliced("page")), offset, offset + size));
        return state.database()
                .runner()
                .inSnapshot(session -> count().flatMap(total -> total <= offset
                        ? Mono.just(new Page<T>(List.of(), total, number, size))
                        : rows.list().map(items -> new Page<>(items, total, number, size))))
                .single();
    }

    /**
     * The rows behind a cursor, in one statement, however far they are: sorted columns with an index lead there. The key
     * decides between rows that the order leaves side by side. Rows that come or go between two calls move nothing else.
     *
     * @param cursor what {@link CursorPage#next} gave for a query of the same order; null for the first page. It is checked
     *     for damage and its values are bound, but it is no secret and not signed
     * @param size how many rows a page has, at least 1
     * @throws InvalidValueException the cursor is damaged, or belongs to another order
     * @throws InvalidQueryException the order is random, or nothing tells the rows apart: those of a view without key, of
     *     {@code unionAll}, or repeated for each of several related rows
     */
    public Mono<CursorPage<T>> pageAfter(@Nullable String cursor, int size) {
        if (size < 1) {
            throw Errors.invalidQuery("A page has at least 1 row, got " + size + ".");
        }
        if (!TotalOrder.isPossible(state.unsliced("pageAfter"))) {
            throw Errors.invalidQuery("Cannot take pages of \"" + state.table()
                    + "\" behind a cursor: Nothing tells the rows apart, so that equal ones at the end of a page would be"
                    + " lost. Use page(number, size), or values(..).distinct().");
        }
        return Keyset.page(state, cursor, size, mapper);
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
                .rows(() -> state.explained(state.rows()), 0, Plan.Line::of)
                .collectList()
                .map(Plan::of);
    }

    /** Membership of a value in this query, for the lookup {@code in}. */
    Condition memberCondition(
            Names names, List<Expression> left, @Nullable TableModel target, List<Column> wanted, String key) {
        if (!state.database().equals(names.database())) {
            throw Errors.invalidQuery("The query in \"" + key + "\" belongs to another database.");
        }
        List<Expression> columns;
        if (state.isProjected()) {
            columns = state.outputs().stream().map(Output::expression).toList();
        } else if (target != null && state.model() != target) {
            throw Errors.invalidQuery("The query in \"" + key + "\" yields rows of " + state.table()
                    + ", expected rows of " + target.name() + ". Choose a column with values(..).");
        } else {
            columns = state.model()
                    .expressions(target == null ? state.model().keyFor("look up (\"" + key + "\") in") : wanted);
        }
        if (columns.size() != left.size()) {
            String number = left.size() == 1 ? "one column" : left.size() + " columns";
            throw Errors.invalidQuery("The query in \"" + key + "\" must yield " + number + ", it yields "
                    + columns.size() + ". Choose " + (left.size() == 1 ? "one" : "them") + " with values(..).");
        }
        if (state.isEmpty()) {
            return Condition.NEVER;
        }
        Select member = state.withoutNull(columns);
        return new Condition.InSelect(left, Rewriter.resolving(names::outer).apply(member));
    }

    /** Whether this query, inside another one, has rows. */
    Condition foundIn(Names names) {
        return state.isEmpty()
                ? Condition.NEVER
                : new Condition.Exists(Rewriter.resolving(names::outer).apply(state.bare()));
    }

    /** The value of this query inside another one. */
    Operand scalarIn(Names names) {
        List<Output> outputs = state.outputs();
        if (!state.isProjected() || outputs.size() != 1) {
            throw Errors.invalidQuery("A query that is used as a value must yield one column, it yields "
                    + outputs.size() + ". Choose one with values(..).");
        }
        Output output = outputs.get(0);
        Select select = Rewriter.resolving(names::outer).apply(state.rows());
        return Operand.of(new Expression.Scalar(select, true), output.type(), "subquery");
    }

    /** The SQL without values. */
    @Override
    public String toString() {
        return text().sql();
    }
}
