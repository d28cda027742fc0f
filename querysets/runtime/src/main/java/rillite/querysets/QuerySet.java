package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Write;

/**
 * A query over the rows of a table, and the verbs that change them. Immutable.
 *
 * @param <T> what a row is read as
 */
public final class QuerySet<T> extends Query<T, T, QuerySet<T>> {

    private QuerySet(QueryState state, Function<Row, T> mapper) {
        super(state, mapper);
    }

    static QuerySet<Row> of(Database database, TableModel model) {
        return new QuerySet<>(QueryState.all(database, model), row -> row);
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
            V value = row.get(name, type);
            if (value == null) {
                throw new InvalidValueException(
                        "flat met NULL in \"" + name + "\" of " + state.table() + ". Use flatOptional.", null);
            }
            return value;
        });
    }

    /** The single chosen column as values that are empty for NULL. */
    public <V> QuerySet<Optional<V>> flatOptional(Class<V> type) {
        String name = single("flatOptional").name();
        return new QuerySet<>(state, row -> Optional.ofNullable(row.get(name, type)));
    }

    private Output single(String verb) {
        List<Output> outputs = state.outputs();
        if (!state.isProjected() || outputs.size() != 1) {
            throw Errors.invalidQuery(verb + " needs exactly one column: call values(\"column\") before it.");
        }
        return outputs.get(0);
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

    private QuerySet<T> annotated(boolean selected, String name, Object value, Object... more) {
        QueryState next = state;
        for (Pair pair : Pair.of(name, value, more)) {
            next = pair.value() instanceof FilteredRelation relation
                    ? next.annotate(pair.key(), relation)
                    : next.annotate(pair.key(), ExprNode.ofValue(pair.value()), selected);
        }
        return with(next);
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
}
