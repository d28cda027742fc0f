package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Traits;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** Builds the statements that change a table, after checking that the query can be written to. */
final class Writer {

    private final QueryState state;
    private final TableModel model;
    private final ColumnValues values;

    Writer(QueryState state) {
        this.state = state;
        model = state.model();
        values = new ColumnValues(state);
    }

    ColumnValues values() {
        return values;
    }

    /** One row. */
    Write.Insert insert(Fields fields) {
        Map<Column, Expression> row = newRow(fields);
        return new Write.Insert(
                model.table(), List.copyOf(row.keySet()), List.copyOf(row.values()), null, null, returning());
    }

    /** One row, unless there are rows that fulfil a condition. */
    Write.Insert insertUnless(Condition found, Fields fields) {
        Map<Column, Expression> row = newRow(fields);
        Select none =
                Select.of(model.source(), List.of(new Expression.Number(1))).withWhere(found);
        Select one = Select.of(Source.NOTHING, List.copyOf(row.values()))
                .withWhere(Condition.not(new Condition.Exists(none)));
        return new Write.Insert(model.table(), List.copyOf(row.keySet()), List.of(), one, null, returning());
    }

    /** The values of a new row; a key that is null is left to SQLite. */
    Map<Column, Expression> newRow(Fields fields) {
        checkInsert();
        Map<Column, Expression> row = values.of(fields, false);
        row.entrySet().removeIf(one -> one.getKey().kind() == Column.Kind.ROWID && isNull(one.getValue()));
        checkComplete(row.keySet());
        return row;
    }

    static boolean isNull(Expression expression) {
        return expression instanceof Expression.Bind bind && bind.value() == null;
    }

    /** Refuses a table that takes no rows this way. */
    void checkInsert() {
        checkTarget("create a row in");
        if (model.table().kind() == Table.Kind.VIRTUAL) {
            throw Errors.invalidQuery("Cannot create a row in \"" + model.name()
                    + "\": SQLite does not tell what it inserted into a virtual table. Use a statement of your own.");
        }
    }

    /** Refuses a row without a value that it must have. */
    void checkComplete(java.util.Set<Column> given) {
        for (Column column : model.table().columns()) {
            if (!column.isOptionalOnInsert() && !given.contains(column)) {
                throw Errors.invalidValue(
                        column.qualifiedName(), null, "a value: the column is NOT NULL and has no default");
            }
        }
    }

    /** New values in the rows of the query; the condition may be {@link Condition#NEVER}. */
    Write.Update update(Fields fields, List<Expression> returning) {
        checkTarget("update");
        if (fields.asMap().isEmpty()) {
            throw Errors.invalidQuery("update of \"" + model.name() + "\" needs at least one column.");
        }
        return update(values.of(fields, true), returning);
    }

    /** New values of columns in the rows of the query. */
    Write.Update update(Map<Column, Expression> changes, List<Expression> returning) {
        List<Write.Assignment> assignments = new ArrayList<>();
        changes.forEach((column, value) -> assignments.add(new Write.Assignment(column, value)));
        return new Write.Update(model.table(), assignments, rows("update"), returning);
    }

    /** The DELETE, whose condition may be {@link Condition#NEVER}. */
    Write.Delete delete(List<Expression> returning) {
        checkTarget("delete from");
        return new Write.Delete(model.table(), rows("delete from"), returning);
    }

    /** What a write gives back: whole rows. */
    List<Expression> returning() {
        return model.expressions(model.visible());
    }

    void checkTarget(String verb) {
        String what = "Cannot " + verb + " \"" + model.name() + "\"";
        if (state.isProjected()) {
            throw Errors.invalidQuery(what + " after values(..): chosen columns are no rows. Leave values out.");
        }
        @Nullable String combined = state.combinedBy();
        if (combined != null) {
            throw Errors.invalidQuery(what + " after " + combined + "(..): its rows are the result of a computation."
                    + " Use them as a condition: filter(\"pk__in\", query).");
        }
        if (model.table().kind() == Table.Kind.VIEW) {
            throw Errors.invalidQuery(what + ": it is a view.");
        }
    }

    /** The rows of the query as a condition on the table. */
    Condition rows(String verb) {
        if (state.isEmpty()) {
            return Condition.NEVER;
        }
        boolean plain = state.select().source().equals(model.source());
        if (plain
                && !state.select().isSliced()
                && !Traits.usesJoins(state.select().where())) {
            return state.select().where();
        }
        if (state.select().isSliced() && state.select().order().isEmpty()) {
            throw Errors.invalidQuery("Cannot " + verb + " a slice of \"" + model.name()
                    + "\" without an order: which rows are meant is left to chance. Add orderBy before the slice.");
        }
        List<Expression> key = model.expressions(model.keyFor(verb));
        return new Condition.InSelect(key, state.selects().member(key));
    }
}
