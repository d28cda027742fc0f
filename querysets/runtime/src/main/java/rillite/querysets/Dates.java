package rillite.querysets;

import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Ordering;

/** The periods in which the moments of a query lie. */
final class Dates {

    private Dates() {}

    /** The begin of each period, once and in order; NULL and what is no date are left out. */
    static <V> Flux<V> of(QueryState state, String key, DatePart part, Class<V> type) {
        Operand start = state.names().operand(Fn.trunc(key, part).node());
        Output output = new Output(part.name().toLowerCase(java.util.Locale.ROOT), start, null);
        QueryState periods = state.with(draft -> {
                    draft.values = List.of(output);
                    draft.loading = Loading.NONE;
                })
                .filter(new Condition.IsNull(start.expression(), true))
                .order(List.of(new Ordering.By(start.expression(), false, null)))
                .distinct();
        if (periods.isEmpty()) {
            return Flux.empty();
        }
        RowShape shape = periods.shape();
        return periods.database()
                .runner()
                .rows(
                        () -> periods.text(periods.selects().rows()),
                        periods.fetchSize(),
                        row -> Objects.requireNonNull(new Row(shape, CellReader.read(row, shape)).at(0, type)));
    }
}
