package rillite.querysets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Select;
import rillite.querysets.schema.Column;

/**
 * What is the same for all queries of one table: where its row stands, what its columns are called, how a whole row is
 * read. Queries are often built anew for each statement; they take these objects instead of making them again.
 */
final class RootRow {

    private static final List<Expression> ONE = List.of(new Expression.Number(1));

    private final Position position;
    private final Map<Column, Output> byColumn = new HashMap<>();
    private final List<Output> outputs;
    private final List<Expression> expressions;
    private final Select select;
    private final RowShape shape;
    private final RowPlan plan;
    private final Reached.@Nullable Keys key;

    RootRow(TableModel model) {
        position = new Position(model, Path.ROOT, null);
        model.table().columns().forEach(column -> byColumn.put(column, made(column)));
        model.key().forEach(column -> byColumn.computeIfAbsent(column, this::made));
        outputs = model.visible().stream().map(this::output).toList();
        expressions = outputs.stream().map(Output::expression).toList();
        select = Select.of(model.source(), ONE);
        shape = RowShape.of(model, outputs);
        plan = RowPlan.alone(shape);
        key = model.key().isEmpty() ? null : new Reached.Keys(position.columns(model.key()), model.key(), position, 1);
    }

    private Output made(Column column) {
        return new Output(column.name(), Operand.made(position, column), column);
    }

    Position position() {
        return position;
    }

    /** A column under its own name. */
    Output output(Column column) {
        Output known = byColumn.get(column);
        return known == null ? made(column) : known;
    }

    /** All visible columns. */
    List<Output> outputs() {
        return outputs;
    }

    /** References to all visible columns. */
    List<Expression> expressions() {
        return expressions;
    }

    /** All rows, without columns. */
    Select select() {
        return select;
    }

    /** The shape of a row with all visible columns. */
    RowShape shape() {
        return shape;
    }

    /** How such rows are read when nothing is read beside them. */
    RowPlan plan() {
        return plan;
    }

    /** The row as the value of its key; null when nothing identifies it. */
    Reached.@Nullable Keys key() {
        return key;
    }
}
