package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import rillite.querysets.ast.Expression;

/**
 * A query over the rows of a table, with the verbs that change them. Immutable.
 *
 * @param <T> what a row is read as
 */
public final class QuerySet<T> extends WritableQuery<T> {

    private static final Function<Row, Row> ROWS = row -> row;

    QuerySet(QueryState state, Function<Row, T> mapper) {
        super(state, mapper);
    }

    static QuerySet<Row> of(Database database, TableModel model) {
        return model.rows(database, ROWS, null);
    }

    static QuerySet<Row> of(QueryState state) {
        return new QuerySet<>(state, ROWS);
    }

    static <T> QuerySet<T> of(Database database, Table<T, T> table) {
        return database.model(table.name()).rows(database, table.reader(), table);
    }

    /** The same rows, as a table class reads them. */
    <U> QuerySet<U> read(Table<U, U> table) {
        return new QuerySet<>(state, table.reader());
    }

    /** The same rows, as rows of any table. */
    QuerySet<Row> untyped() {
        return new QuerySet<>(state, row -> row);
    }

    @Override
    QuerySet<T> with(QueryState newState) {
        return new QuerySet<>(newState, mapper);
    }

    /** Applies a function, so that own verbs can stand in a chain. */
    public <U> U apply(Function<QuerySet<T>, U> verb) {
        return verb.apply(this);
    }

    /** Reads only the named columns, all of them when none is named; rows answer to the names as given here. */
    public QuerySet<Row> values(String... names) {
        return new QuerySet<>(state.values(List.of(names)), row -> row);
    }

    /**
     * The single chosen column as plain values.
     *
     * @throws InvalidQueryException not exactly one column was chosen, or it may be NULL and is not filtered by
     *     {@code isnull}: a publisher carries no null, so use {@link #flatOptional}
     */
    public <V> QuerySet<V> flat(Class<V> type) {
        Output output = single("flat");
        boolean column = output.expression() instanceof Expression.ColumnRef;
        if (column && state.canBeNull(output)) {
            throw Errors.invalidQuery("flat over " + output.operand().label() + " would meet NULL. Filter with \""
                    + output.name() + "__isnull\", false, or use flatOptional.");
        }
        String name = output.name();
        return new QuerySet<>(state, row -> {
            V value = row.at(0, type);
            if (value == null) {
                throw new InvalidValueException(
                        "flat met NULL in \"" + name + "\" of " + state.table() + ". Use flatOptional.", null);
            }
            return value;
        });
    }

    /** The single chosen column as values that are empty for NULL. */
    public <V> QuerySet<Optional<V>> flatOptional(Class<V> type) {
        single("flatOptional");
        return new QuerySet<>(state, row -> Optional.ofNullable(row.at(0, type)));
    }

    /**
     * Reads each row as a record, whose components name what is read: {@code record Card(String title, String authorName)}
     * reads {@code title} and {@code author__name}. After {@link #values} the components must name exactly what it chose.
     * Values are converted without loss; what does not convert, and NULL for a primitive component, is an
     * {@link InvalidValueException} through onError.
     *
     * @throws UnknownFieldException a component names no column, annotation or column of a to-one relation
     * @throws InvalidQueryException the query reads something that has no component, or the class is no record that can be
     *     made
     */
    public <V> Projection<T, V> into(Class<V> type) {
        QueryState reading = RecordColumns.read(state, type);
        return new Projection<>(
                reading,
                RecordBinding.of(
                        type, reading.outputs().stream().map(Output::name).toList()));
    }

    private Output single(String verb) {
        List<Output> outputs = state.outputs();
        if (!state.isProjected() || outputs.size() != 1) {
            throw Errors.invalidQuery(verb + " needs exactly one column: call values(\"column\") before it.");
        }
        return outputs.get(0);
    }

    /**
     * Reads only these columns of whole rows, and the key: {@code only("title", "author__name")}. The last call of {@code
     * only} or {@code defer} holds. A path over to-one relations chooses columns of rows that {@link #selectRelated} joins;
     * joined rows of which no column is named are read whole.
     *
     * @throws InvalidQueryException after {@link #values}, over a relation to several rows, or without a foreign key that
     *     {@link #selectRelated} needs
     */
    public QuerySet<T> only(String... names) {
        requireRows("only");
        return with(state.choosing(ColumnChoice.ONLY, List.of(names)));
    }

    /** Leaves these columns out of whole rows; otherwise as {@link #only}. The key is always read. */
    public QuerySet<T> defer(String... names) {
        requireRows("defer");
        return with(state.choosing(ColumnChoice.DEFER, List.of(names)));
    }

    /** A record needs all its columns. */
    private void requireRows(String verb) {
        if (mapper instanceof RecordReader<T>) {
            throw Errors.invalidQuery("Cannot " + verb + " columns of \"" + state.table()
                    + "\" by name: its rows are read as records. Name columns of the table class, or use select(..).");
        }
    }

    /** As {@link #only(String...)}: {@code only(BOOK.title, BOOK.author().name)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Projection<T, Partial<T>> only(Col<T, ?> column, Col<T, ?>... more) {
        return partial(ColumnChoice.ONLY, column, more);
    }

    /** As {@link #defer(String...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Projection<T, Partial<T>> defer(Col<T, ?> column, Col<T, ?>... more) {
        return partial(ColumnChoice.DEFER, column, more);
    }

    private Projection<T, Partial<T>> partial(String verb, Col<T, ?> column, Col<T, ?>[] more) {
        List<String> keys = new ArrayList<>(List.of(Place.of(column).path().text()));
        Arrays.stream(more).map(one -> Place.of(one).path().text()).forEach(keys::add);
        return new Projection<>(state.choosing(verb, keys), Partial::new);
    }

    /** As {@link #selectRelated(String...)}: {@code selectRelated(BOOK.author().mentor())}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> selectRelated(Related<T> relation, Related<T>... more) {
        List<String> paths = new ArrayList<>(List.of(Fetch.path(relation).text()));
        Arrays.stream(more).map(one -> Fetch.path(one).text()).forEach(paths::add);
        return with(state.joining(paths));
    }

    /**
     * As {@link #prefetchRelated(String...)}: {@code prefetchRelated(AUTHOR.books().then(b -> b.tags()))}, {@code
     * prefetchRelated(AUTHOR.books().with(q -> q.orderBy(BOOK.pages.desc()).limit(3)))}.
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> prefetchRelated(Related<T> relation, Related<T>... more) {
        return with(state.prefetching(Fetch.prefetches(relation, more)));
    }

    /**
     * Reads to-one relations in the same statement, by JOIN: {@code selectRelated("author__mentor")}. The related row is
     * {@code row.one("author")}, null where there is none. Adds to what was selected before; {@link #values}, aggregates
     * and {@link #count} do without.
     *
     * @throws UnknownRelationException no such relation
     * @throws InvalidQueryException the relation leads to several rows: use {@link #prefetchRelated}
     */
    public QuerySet<T> selectRelated(String... paths) {
        return with(state.joining(List.of(paths)));
    }

    /**
     * Reads relations of any kind, one statement for each level: {@code prefetchRelated("books__tags")} sends one for the
     * books of all rows, and one for the tags of all those books. They are {@code row.list("books")}, or {@code
     * row.one("publisher")} where the relation leads to one row. Adds to what was prefetched before; {@link #values} does
     * without.
     *
     * <p>All statements see one state of the database: they run in a read-only transaction, or in the open one. {@link
     * #list} reads all rows first, then their relations; {@link #flux} does so for each chunk of {@link #fetchSize} rows,
     * 500 unless set. Over a connection that cannot run a statement beside an open result all rows are read first. More
     * than {@link DatabaseOptions#maxPrefetchRows} related rows at a time are an error.
     *
     * @throws UnknownRelationException no such relation
     */
    public QuerySet<T> prefetchRelated(String... paths) {
        return with(state.prefetching(Arrays.stream(paths).map(Prefetch::of).toList()));
    }

    /**
     * As {@link #prefetchRelated(String...)}, with a say in which related rows are read.
     *
     * @throws InvalidQueryException one place would get the rows of two different queries: give one a name of its own
     */
    public QuerySet<T> prefetchRelated(Prefetch... prefetches) {
        return with(state.prefetching(List.of(prefetches)));
    }

    /** Reads no related rows, whatever was said before. */
    public QuerySet<T> withoutRelated() {
        return with(state.with(draft -> draft.loading = state.loading().alone()));
    }

    /**
     * Adds computed values under names, which later verbs know: {@code annotate("n", Agg.count("books"))}. A value is an
     * expression, a {@link FilteredRelation} or a constant.
     *
     * @throws InvalidQueryException a name is taken by a column, a relation or another annotation
     */
    public QuerySet<T> annotate(String name, Object value, Object... more) {
        return annotated(true, name, value, more);
    }

    /** As {@link #annotate}, but rows do not carry the values. */
    public QuerySet<T> alias(String name, Object value, Object... more) {
        return annotated(false, name, value, more);
    }

    /**
     * Adds computed values, named by {@code as}: {@code var n = AUTHOR.books().count().as("n"); authors.annotate(n)}. Later
     * verbs take the same objects.
     *
     * @throws InvalidQueryException a value has no name, or one that is taken
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Projection<T, Annotated<T>> annotate(Expr<? super T, ?>... values) {
        return Annotated.query(state, mapper, values);
    }

    /** As {@link #annotate(Expr[])}, but rows do not carry the values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final QuerySet<T> alias(Expr<? super T, ?>... values) {
        return with(Annotated.add(state, values, false));
    }

    /** Makes a narrowed relation known: {@code var big = AUTHOR.books().on(b -> b.pages.gt(100)).as("big")}. */
    public QuerySet<T> alias(ToMany<T, ?, ?> narrowed) {
        FilteredRelation filter = narrowed.filter();
        if (filter == null) {
            throw Errors.invalidQuery(
                    "The relation \"" + narrowed + "\" is not narrowed: call on(..).as(\"name\") on it.");
        }
        return with(state.annotate(narrowed.path().text(), filter));
    }

    private QuerySet<T> annotated(boolean selected, String name, Object value, Object... more) {
        QueryState next = state;
        for (Pair pair : Pair.of(name, value, more)) {
            next = pair.value() instanceof FilteredRelation relation
                    ? next.annotate(pair.key(), relation)
                    : next.annotate(pair.key(), ExprNode.ofValue(pair.value()), selected);
        }
        return with(next);
    }
}
