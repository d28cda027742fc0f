package rillite.querysets;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;

/** A query whose rows are some chosen values. */
record Chosen(QueryState state, List<Reading> types) {

    Chosen {
        types = List.copyOf(types);
    }

    static Chosen of(QueryState state, Expr<?, ?>... values) {
        QueryState rows = state;
        if (rows.select().isSliced() && anyWindow(rows, values)) {
            // SQL computes windows before it slices.
            rows = Wrapping.of(rows);
        }
        Expressions expressions = null;
        Output[] outputs = new Output[values.length];
        Reading[] types = new Reading[values.length];
        for (int i = 0; i < values.length; i++) {
            Output output = ownColumn(rows, values[i].node());
            if (output == null) {
                if (expressions == null) {
                    expressions = new Expressions(rows.names());
                }
                output = output(rows, expressions, values[i].node());
            }
            outputs[i] = output;
            types[i] = values[i].type();
        }
        return new Chosen(rows.with(draft -> draft.values = List.of(outputs)), List.of(types));
    }

    /** The chosen values as those that the rows of a group have in common. */
    QueryState grouped() {
        List<Expression> groups =
                state.outputs().stream().map(Output::expression).toList();
        return state.with(draft -> {
            draft.groups = groups;
            draft.values = null;
        });
    }

    private static boolean anyWindow(QueryState state, Expr<?, ?>[] values) {
        Expressions expressions = new Expressions(state.names());
        for (Expr<?, ?> value : values) {
            if (!(value.node() instanceof ExprNode.Key)
                    && Traits.hasWindow(expressions.of(value.node()).expression())) {
                return true;
            }
        }
        return false;
    }

    /** A column of the table itself; null for anything else. */
    static @Nullable Output ownColumn(QueryState state, ExprNode node) {
        return node instanceof ExprNode.Key key && !state.isGrouped() ? state.ownColumn(key.path()) : null;
    }

    private static Output output(QueryState state, Expressions expressions, ExprNode node) {
        if (node instanceof ExprNode.Key key) {
            Operand operand = expressions.joined(key.path(), "read");
            Column column = operand.expression() instanceof Expression.ColumnRef ref ? ref.column() : null;
            return new Output(
                    key.path().text(), common(state, operand, key.path().text()), column);
        }
        Operand operand = expressions.of(node);
        String name = node instanceof ExprNode.Named named ? named.name() : operand.label();
        if (!state.isGrouped() && Traits.hasAggregate(operand.expression())) {
            throw Errors.invalidQuery("Cannot read the aggregate \"" + name + "\" of each row of \"" + state.table()
                    + "\": it is over all rows. Call groupBy(..) before select, or aggregate(..).");
        }
        return new Output(name, common(state, operand, name), null);
    }

    /** What a group has in common, or an aggregate of it. */
    private static Operand common(QueryState state, Operand operand, String name) {
        if (!state.isCommon(operand.expression())) {
            throw Errors.invalidQuery("Cannot read \"" + name
                    + "\" of a group: it differs within the group. Name it in groupBy(..), or use an aggregate of it.");
        }
        return operand;
    }

    /** The value at a position; null only where SQL may give NULL. */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"})
    <V> V at(Cells row, int position) {
        return row.orNull(position, types.get(position));
    }

    /** Makes something of the values, saying which NULL it does not take. */
    <T> T made(Cells row, Supplier<T> maker) {
        T made;
        try {
            made = maker.get();
        } catch (NullPointerException e) {
            for (int i = 0; i < types.size(); i++) {
                if (row.orNull(i, types.get(i)) == null) {
                    throw row.cells().unexpectedNull(i);
                }
            }
            throw e;
        }
        return made;
    }
}
