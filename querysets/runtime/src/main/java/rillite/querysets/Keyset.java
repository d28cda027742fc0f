package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Condition.Comparison;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Ordering.Nulls;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Traits;

/**
 * The rows behind a place in the order of a query, without counting or skipping those before it: an index over the order
 * leads there.
 */
final class Keyset {

    private record Positioned(Row row, List<String> place) {}

    private final QueryState state;
    private final List<Ordering.By> order;
    private final String mark;

    private Keyset(QueryState state) {
        this.state = state;
        order = state.select().order().stream().map(term -> (Ordering.By) term).toList();
        mark = mark();
    }

    /**
     * The rows of one page, in one statement.
     *
     * @param cursor null for the first page
     */
    static <T> Mono<CursorPage<T>> page(QueryState query, @Nullable String cursor, int size, Function<Row, T> mapper) {
        QueryState total = TotalOrder.of(query);
        if (total.select().order().stream()
                .anyMatch(term -> term instanceof Ordering.By by && Traits.hasWindow(by.expression()))) {
            total = Wrapping.of(total);
        }
        return new Keyset(total).page(cursor, size, mapper);
    }

    private <T> Mono<CursorPage<T>> page(@Nullable String cursor, int size, Function<Row, T> mapper) {
        QueryState behind =
                cursor == null ? state : state.filter(after(0, Cursor.read(cursor, mark, order.size(), state.table())));
        if (behind.isEmpty()) {
            return Mono.just(new CursorPage<>(List.of(), Optional.empty()));
        }
        QueryState limited = Slices.limit(behind, size + 1L);
        Select rows = limited.selects().rows();
        List<Expression> columns = new ArrayList<>(rows.columns());
        order.forEach(term -> columns.add(new Call(Expression.Function.QUOTE, term.expression())));
        RowPlan plan = limited.plan();
        SqlRunner runner = limited.database().runner();
        Supplier<SqlText> text = () -> limited.text(rows.withColumns(columns));
        Function<io.r2dbc.spi.Row, Positioned> reading = row -> new Positioned(
                plan.reader().read(row), place(row, rows.columns().size()));
        // Only a page with related rows takes several statements, which then see one state of the database.
        Mono<CursorPage<Row>> page = plan.levels().isEmpty()
                ? runner.rows(text, limited.fetchSize(), reading).collectList().map(found -> page(found, size))
                : runner.inSnapshot(session -> session.rows(text.get(), limited.fetchSize(), reading)
                                .collectList()
                                .map(found -> page(found, size))
                                .flatMap(read -> new RelatedRows(limited.database())
                                        .completed(session, read.items(), plan)
                                        .thenReturn(read)))
                        .single();
        return page.map(read -> read.map(mapper));
    }

    private List<String> place(io.r2dbc.spi.Row row, int from) {
        List<String> place = new ArrayList<>(order.size());
        for (int i = 0; i < order.size(); i++) {
            place.add(Objects.requireNonNull(row.get(from + i, String.class)));
        }
        return place;
    }

    private CursorPage<Row> page(List<Positioned> found, int size) {
        List<Row> items = found.stream().limit(size).map(Positioned::row).toList();
        return new CursorPage<>(
                items,
                found.size() > size
                        ? Optional.of(Cursor.of(mark, found.get(size - 1).place()))
                        : Optional.empty());
    }

    /** What tells this order from others: its terms as SQL, without values. */
    private String mark() {
        List<Expression> terms = order.stream().map(Ordering.By::expression).toList();
        StringBuilder text = new StringBuilder(state.database()
                .compiler()
                .compile(Select.of(state.select().source(), terms))
                .sql());
        order.forEach(term -> text.append(term.descending() ? '-' : '+').append(term.nulls()));
        return text.toString();
    }

    /** The rows that stand behind the place in the terms from one on, while they are equal in those before. */
    private Condition after(int i, List<@Nullable Object> place) {
        Ordering.By term = order.get(i);
        Expression left = term.expression();
        Object value = place.get(i);
        boolean nullable = Traits.canBeNull(left);
        boolean nullsFirst = term.nulls() == null ? !term.descending() : term.nulls() == Nulls.FIRST;
        Comparison beyond = term.descending() ? Comparison.LESS : Comparison.GREATER;
        Condition later = i + 1 == order.size() ? Condition.NEVER : after(i + 1, place);
        if (value == null) {
            Condition other = nullsFirst ? new Condition.IsNull(left, true) : Condition.NEVER;
            return Condition.any(List.of(other, Condition.all(List.of(new Condition.IsNull(left, false), later))));
        }
        Condition behind = compare(beyond, left, value);
        if (later.equals(Condition.NEVER) || nullable && !nullsFirst) {
            Condition same = Condition.all(List.of(compare(Comparison.EQUAL, left, value), later));
            Condition nulls = nullable && !nullsFirst ? new Condition.IsNull(left, false) : Condition.NEVER;
            return Condition.any(List.of(behind, same, nulls));
        }
        // The outer comparison is what an index can serve.
        Comparison from = term.descending() ? Comparison.LESS_OR_EQUAL : Comparison.GREATER_OR_EQUAL;
        return Condition.all(List.of(compare(from, left, value), Condition.any(List.of(behind, later))));
    }

    private static Condition compare(Comparison comparison, Expression left, Object value) {
        return new Condition.Compare(comparison, left, new Bind(value));
    }
}
