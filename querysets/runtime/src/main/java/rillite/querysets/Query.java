package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
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
public abstract sealed class Query<R, T, S extends Query<R, T, S>> extends Composition<R, S> implements Publisher<T>
        permits WritableQuery, Projection {

    final Function<Row, T> mapper;

    Query(QueryState state, Function<Row, T> mapper) {
        super(state);
        this.mapper = mapper;
    }

    /** The named aggregates over all rows of the query, in one row: {@code aggregate("total", Agg.sum("pages"))}. */
    public Mono<Row> aggregate(String name, Expr<?, ?> value, Object... more) {
        return AggregateQuery.of(state, name, value, more).row();
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        // The line that subscribes is not one of the program, as a rule.
        flux(state.asking()).subscribe(subscriber);
    }

    /** The rows as a Flux: one statement per subscription, rows read on demand. */
    public Flux<T> flux() {
        return flux(state.database().asking());
    }

    private Flux<T> flux(@Nullable Asking by) {
        if (mapper instanceof RecordReader<T> records && !state.isEmpty() && state.isAlone()) {
            return state.database().runner().rows(this::text, state.fetchSize(), records.direct(state.shape()), by);
        }
        return rows(mapper, by);
    }

    private <U> Flux<U> rows(Function<Row, U> reading, @Nullable Asking by) {
        if (state.isEmpty()) {
            return Flux.empty();
        }
        RowPlan plan = state.plan();
        if (!plan.levels().isEmpty()) {
            return new RelatedRows(state.database()).stream(state).map(reading);
        }
        RowReader reader = plan.reader();
        return state.database()
                .runner()
                .rows(this::text, state.fetchSize(), cells -> reading.apply(reader.read(cells)), by);
    }

    SqlText text() {
        return state.text();
    }

    /** All rows in one list; one statement, and one for each level of relations that are prefetched. */
    public Mono<List<T>> list() {
        if (mapper instanceof RecordReader<T> && (state.isEmpty() || state.isAlone())) {
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
        return related
                ? new RelatedRows(state.database()).all(state)
                : rows(row -> row, state.database().asking()).collectList();
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
        Select bare = state.selects().bare();
        Select select = state.selects().isCountedOutside()
                ? Select.of(new Source.Derived(bare, List.of()), counted)
                : bare.withColumns(counted);
        return scalar(select).single();
    }

    /** Whether there is a row. */
    public Mono<Boolean> exists() {
        if (state.isEmpty()) {
            return Mono.just(false);
        }
        Condition exists = new Condition.Exists(state.selects().bare());
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
                .rows(() -> state.explained(state.selects().rows()), 0, Plan.Line::of)
                .collectList()
                .map(Plan::of);
    }

    /** This query inside another one. */
    InnerQuery inside() {
        return new InnerQuery(state);
    }

    /** The SQL without values. */
    @Override
    public String toString() {
        return text().sql();
    }
}
