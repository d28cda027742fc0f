package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;

/** Aggregates over all rows of a query: one row of results. */
final class AggregateQuery {

    private final QueryState state;
    private final List<Output> outputs;
    private final List<@Nullable Object> ofNothing;

    private AggregateQuery(QueryState state, List<Output> outputs, List<@Nullable Object> ofNothing) {
        this.state = state;
        this.outputs = outputs;
        this.ofNothing = ofNothing;
    }

    static AggregateQuery of(QueryState state, String name, Expr<?, ?> value, Object... more) {
        Map<String, ExprNode> nodes = new LinkedHashMap<>();
        for (Pair pair : Pair.of(name, value, more)) {
            if (!(pair.value() instanceof Expr<?, ?> expr)) {
                throw Errors.invalidQuery("aggregate takes names and aggregates in turn; \"" + pair.key()
                        + "\" is not followed by one, for example Agg.count().");
            }
            if (nodes.put(pair.key(), expr.node()) != null) {
                throw Errors.invalidQuery("The name \"" + pair.key() + "\" is given twice.");
            }
        }
        return of(state, nodes);
    }

    static AggregateQuery of(QueryState state, Map<String, ExprNode> nodes) {
        QueryState rows = state.isCountedOutside() || state.multiplies() ? Wrapping.of(state.unordered()) : state;
        Names names = rows.names().grouping();
        List<Output> outputs = new ArrayList<>();
        List<@Nullable Object> ofNothing = new ArrayList<>();
        nodes.forEach((key, node) -> {
            if (!(node instanceof ExprNode.Aggregate aggregate)) {
                throw Errors.invalidQuery("\"" + key + "\" is not an aggregate of \"" + state.table()
                        + "\"; aggregate(..) takes Agg.count, sum, avg, min, max or groupConcat.");
            }
            outputs.add(new Output(key, names.operand(node), null));
            ofNothing.add(ofNothing(aggregate));
        });
        return new AggregateQuery(rows, outputs, ofNothing);
    }

    private static @Nullable Object ofNothing(ExprNode.Aggregate aggregate) {
        if (aggregate.function() == Expression.Total.COUNT) {
            return 0L;
        }
        return aggregate.otherwise() instanceof ExprNode.Value value
                ? value.value() instanceof Integer number ? (Object) number.longValue() : value.value()
                : null;
    }

    Mono<Row> row() {
        RowShape shape = RowShape.of(state.model(), outputs);
        if (state.isEmpty()) {
            return Mono.fromSupplier(() -> new Row(shape, ofNothing.toArray()));
        }
        Select select = state.member(outputs.stream().map(Output::expression).toList());
        return state.database()
                .runner()
                .rows(() -> state.text(select), 0, row -> new Row(shape, CellReader.read(row, shape)))
                .single();
    }
}
