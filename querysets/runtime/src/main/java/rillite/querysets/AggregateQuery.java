package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Traits;

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
        QueryState rows = state.selects().isCountedOutside() ? Wrapping.of(state.unordered()) : state;
        List<Output> outputs = outputs(rows, nodes);
        if (outputs.stream().anyMatch(output -> Traits.aggregatesWindows(output.expression()))) {
            rows = Wrapping.of(rows.unordered());
            outputs = outputs(rows, nodes);
        }
        List<@Nullable Object> ofNothing = new ArrayList<>();
        nodes.values().forEach(node -> ofNothing.add(Nothing.valueOf(node)));
        return new AggregateQuery(rows, outputs, ofNothing);
    }

    private static List<Output> outputs(QueryState rows, Map<String, ExprNode> nodes) {
        Names names = rows.names().grouping();
        List<Output> outputs = new ArrayList<>();
        nodes.forEach((key, node) -> {
            if (!ExprKeys.aggregates(node)) {
                throw Errors.invalidQuery("\"" + key + "\" is not an aggregate of \"" + rows.table()
                        + "\"; aggregate(..) takes Agg.count, sum, avg, min, max or groupConcat.");
            }
            Operand operand = names.operand(node);
            Expression expression = operand.expression();
            Fanout.check(List.of(), List.of(expression));
            boolean alone = nodes.size() == 1 || Traits.waysToMany(expression).isEmpty();
            // Distinct values of related rows are read in a SELECT of their own, where they disturb nobody.
            Operand own = alone
                    ? operand
                    : operand.as(new Expression.Scalar(rows.selects().member(List.of(expression)), true));
            outputs.add(new Output(key, own, null));
        });
        return outputs;
    }

    Mono<Row> row() {
        RowShape shape = RowShape.of(state.model(), outputs);
        if (state.isEmpty()) {
            return Mono.fromSupplier(() -> new Row(shape, ofNothing.toArray()));
        }
        List<Expression> columns = outputs.stream().map(Output::expression).toList();
        boolean apart = columns.stream().allMatch(Expression.Scalar.class::isInstance);
        Select select =
                apart ? Select.of(Source.NOTHING, columns) : state.selects().member(columns);
        return state.database()
                .runner()
                .rows(() -> state.text(select), 0, row -> new Row(shape, CellReader.read(row, shape)))
                .single();
    }
}
