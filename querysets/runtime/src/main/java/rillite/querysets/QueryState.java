package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Select;
import rillite.querysets.schema.Column;

/**
 * Everything a query is, apart from the Java type of its rows. Each verb checks itself and gives a new state.
 *
 * @param projected whether {@code values} chose the columns
 * @param fetchSize rows per round to the driver, 0 to let it decide
 */
record QueryState(
        Database database, TableModel model, Select select, RowShape shape, boolean projected, int fetchSize) {

    static QueryState all(Database database, TableModel model) {
        RowShape shape = model.shape();
        Select select = Select.of(model.source(), model.expressions(shape.columns()));
        return new QueryState(database, model, select, shape, false, 0);
    }

    String table() {
        return model.name();
    }

    KeyResolver resolver() {
        return new KeyResolver(model, database);
    }

    /** Whether no row can ever match, so that no statement is needed. */
    boolean isEmpty() {
        return select.where().equals(Condition.NEVER);
    }

    private QueryState with(Select newSelect) {
        return new QueryState(database, model, newSelect, shape, projected, fetchSize);
    }

    QueryState withFetchSize(int rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("fetchSize must be 0 (the driver decides) or more, got " + rows + ".");
        }
        return new QueryState(database, model, select, shape, projected, rows);
    }

    QueryState unsliced(String verb) {
        if (select.isSliced()) {
            throw Errors.afterSlice(verb, table());
        }
        return this;
    }

    QueryState filter(Condition condition) {
        return with(select.withWhere(Condition.all(List.of(select.where(), condition))));
    }

    QueryState none() {
        return with(select.withWhere(Condition.NEVER));
    }

    QueryState filterKey(Object key, String verb) {
        List<Column> columns = model.keyFor(verb);
        Object value = key instanceof Row row ? row.keyIn(model) : key;
        if (columns.size() > 1) {
            Pair pair = new Pair("pk", value);
            return filter(CompositeKey.condition(model, columns, List.of(), pair));
        }
        Operand operand = Operand.of(model, columns.get(0), "pk");
        return filter(new Lookups(resolver(), operand, Lookup.EXACT).build(null, value));
    }

    QueryState order(List<Ordering> order) {
        return with(select.withOrder(order));
    }

    /** Orders by the key where no order was asked for, if there is a key. */
    QueryState orderedSomehow() {
        if (!select.order().isEmpty()) {
            return this;
        }
        return order(model.expressions(model.key()).stream()
                .<Ordering>map(expression -> new Ordering.By(expression, false, null))
                .toList());
    }

    QueryState reversed(String verb) {
        QueryState ordered = orderedSomehow();
        if (ordered.select.order().isEmpty()) {
            throw Errors.noKey(verb, table());
        }
        return order(ordered.select.order().stream().map(Ordering::reversed).toList());
    }

    /** The rows from one position up to, not including, another one of the present window; -1 for its end. */
    QueryState slice(long from, long to) {
        if (from < 0 || to < -1) {
            throw Errors.invalidQuery("Cannot slice \"" + table() + "\" from " + from + (to < 0 ? "" : " to " + to)
                    + ": positions count from 0. For the last rows use reverse().");
        }
        long rest = limit() < 0 ? Long.MAX_VALUE : limit() - from;
        long wanted = to < 0 ? Long.MAX_VALUE : to - from;
        long size = Math.min(rest, wanted);
        return window(size == Long.MAX_VALUE ? -1 : Math.max(size, 0), saturated(offset(), from));
    }

    QueryState limit(long rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("limit must be 0 or more, got " + rows + ".");
        }
        return window(limit() < 0 ? rows : Math.min(limit(), rows), offset());
    }

    QueryState offset(long rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("offset must be 0 or more, got " + rows + ".");
        }
        return window(limit(), saturated(offset(), rows));
    }

    private QueryState window(long limit, long offset) {
        QueryState windowed = with(select.withWindow(limit, offset));
        return limit == 0 ? windowed.none() : windowed;
    }

    private long limit() {
        return select.limit() == null ? -1 : number(select.limit().value());
    }

    private long offset() {
        return select.offset() == null ? 0 : number(select.offset().value());
    }

    private static long number(@Nullable Object value) {
        return (Long) Objects.requireNonNull(value);
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    QueryState values(List<String> keys) {
        KeyResolver resolver = resolver();
        List<Column> columns = keys.isEmpty()
                ? model.shape().columns()
                : keys.stream().map(key -> resolver.column(key, key)).toList();
        RowShape newShape = keys.isEmpty() ? RowShape.of(model, columns) : RowShape.of(model, columns, keys);
        return new QueryState(
                database, model, select.withColumns(model.expressions(columns)), newShape, true, fetchSize);
    }

    QueryState distinct() {
        return with(select.withDistinct(true));
    }

    /** Rows of a table differ by their key; only chosen columns can repeat. */
    private boolean mayRepeat() {
        return select.distinct() && (projected || model.key().isEmpty());
    }

    /** The SELECT for the rows themselves. */
    Select rows() {
        if (!mayRepeat()) {
            return select.withDistinct(false);
        }
        // SQLite sorts distinct rows only by what they contain.
        List<Expression> columns = new ArrayList<>(select.columns());
        for (Ordering term : select.order()) {
            if (term instanceof Ordering.By by && !columns.contains(by.expression())) {
                columns.add(by.expression());
            }
        }
        return select.withColumns(columns);
    }

    /** The SELECT that yields as many rows as the query, for counting and for EXISTS. */
    Select bare() {
        if (mayRepeat()) {
            return select.isSliced() ? rows() : rows().withOrder(List.of()).withColumns(select.columns());
        }
        return select.withDistinct(false)
                .withColumns(List.of(new Expression.Number(1)))
                .withOrder(List.of());
    }

    /** The rows as a sub-select of some columns; an order without a window is dropped. */
    Select member(List<Expression> columns) {
        Select member = select.withDistinct(false).withColumns(columns);
        return member.isSliced() ? member : member.withOrder(List.of());
    }

    /** This query as a condition on rows of its table, whatever its window. */
    Condition asCondition() {
        if (!select.isSliced() || isEmpty()) {
            return select.where();
        }
        List<Expression> key = model.expressions(model.keyFor("combine a sliced query of"));
        return new Condition.InSelect(key, member(key));
    }
}
