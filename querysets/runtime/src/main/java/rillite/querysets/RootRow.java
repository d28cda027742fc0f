package rillite.querysets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final TableModel model;
    private final Position position;
    private final Map<Column, KnownColumns> single = new HashMap<>();
    private final KnownColumns whole;
    private final Select select;
    private final RowPlan plan;
    private final Reached.@Nullable Keys key;
    private final @Nullable Operand keyOperand;

    RootRow(TableModel model) {
        this.model = model;
        position = new Position(model, Path.ROOT, null);
        model.table().columns().forEach(column -> single.put(column, made(column)));
        model.key().forEach(column -> single.computeIfAbsent(column, this::made));
        whole = new KnownColumns(
                model, model.visible().stream().map(this::output).toList());
        select = Select.of(model.source(), ONE);
        plan = RowPlan.alone(whole.shape());
        key = model.key().isEmpty() ? null : new Reached.Keys(position.columns(model.key()), model.key(), position, 1);
        keyOperand = key == null ? null : output(model.key().get(0)).operand().under(Names.PK);
    }

    private KnownColumns made(Column column) {
        return new KnownColumns(model, List.of(new Output(column.name(), Operand.made(position, column), column)));
    }

    Position position() {
        return position;
    }

    /** A column under its own name. */
    Output output(Column column) {
        return single(column).outputs().get(0);
    }

    /** A column alone. */
    KnownColumns single(Column column) {
        KnownColumns known = single.get(column);
        return known == null ? made(column) : known;
    }

    /** All visible columns. */
    KnownColumns whole() {
        return whole;
    }

    /** All rows, without columns. */
    Select select() {
        return select;
    }

    /** How whole rows are read when nothing is read beside them. */
    RowPlan plan() {
        return plan;
    }

    /** The row as the value of its key; null when nothing identifies it. */
    Reached.@Nullable Keys key() {
        return key;
    }

    /** The first key column, reached as {@code pk}; of tables with a key. */
    Operand keyOperand() {
        return Objects.requireNonNull(keyOperand);
    }
}
