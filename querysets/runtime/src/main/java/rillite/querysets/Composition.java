package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Source;

/**
 * Making a query of others: which rows, in which order, how many of them.
 *
 * @param <R> root of the query
 * @param <S> the type of the query
 */
abstract sealed class Composition<R, S> extends Aggregation<R> permits Query {

    Composition(QueryState state) {
        super(state);
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
        return with(Combination.of(state, other.state, "and", Condition::all));
    }

    /** The rows of one query or the other. */
    public S or(Query<?, ?, ?> other) {
        return with(Combination.of(state, other.state, "or", Condition::any));
    }

    /** The rows of exactly one of the queries. */
    public S xor(Query<?, ?, ?> other) {
        return with(Combination.of(state, other.state, "xor", Condition::odd));
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

    /** Drops repeated rows; makes a difference only after {@link QuerySet#values}. */
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

    static List<ExprNode> nodes(Expr<?, ?> value, Expr<?, ?>[] more) {
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
}
