package rillite.querysets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Traits;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** Builds the statements that change a table, checking names, types and NULL first. */
final class Writer {

    private final QueryState state;
    private final TableModel model;

    Writer(QueryState state) {
        this.state = state;
        model = state.model();
    }

    Write.Insert insert(Fields fields) {
        checkTarget("create a row in");
        if (model.table().kind() == Table.Kind.VIRTUAL) {
            throw Errors.invalidQuery("Cannot create a row in \"" + model.name()
                    + "\": SQLite does not tell what it inserted into a virtual table. Use a statement of your own.");
        }
        List<Write.Assignment> assignments = new ArrayList<>();
        Set<Column> named = new HashSet<>();
        for (Map.Entry<String, @Nullable Object> field : fields.asMap().entrySet()) {
            Column column = target(field.getKey(), named);
            Object value = field.getValue();
            if (value instanceof Expr<?, ?>) {
                throw Errors.invalidQuery("Cannot create a row in \"" + model.name() + "\" with an expression for \""
                        + column.name() + "\": there is no row yet to compute it from.");
            }
            if (value != null || column.kind() != Column.Kind.ROWID) {
                assignments.add(new Write.Assignment(column, value(column, value)));
            }
        }
        for (Column column : model.table().columns()) {
            if (!column.isOptionalOnInsert() && !named.contains(column)) {
                throw Errors.invalidValue(
                        column.qualifiedName(), null, "a value: the column is NOT NULL and has no default");
            }
        }
        return new Write.Insert(
                model.table(),
                assignments.stream().map(Write.Assignment::column).toList(),
                assignments.stream().map(Write.Assignment::value).toList(),
                null,
                null,
                model.expressions(model.visible()));
    }

    /** The UPDATE, whose condition may be {@link Condition#NEVER}. */
    Write.Update update(Fields fields) {
        checkTarget("update");
        if (fields.asMap().isEmpty()) {
            throw Errors.invalidQuery("update of \"" + model.name() + "\" needs at least one column.");
        }
        List<Write.Assignment> assignments = new ArrayList<>();
        Set<Column> named = new HashSet<>();
        fields.asMap().forEach((key, value) -> {
            Column column = target(key, named);
            assignments.add(new Write.Assignment(column, value(column, value)));
        });
        return new Write.Update(model.table(), assignments, rows("update"), List.of());
    }

    /** The DELETE, whose condition may be {@link Condition#NEVER}. */
    Write.Delete delete() {
        checkTarget("delete from");
        return new Write.Delete(model.table(), rows("delete from"), List.of());
    }

    private void checkTarget(String verb) {
        if (state.isProjected()) {
            throw Errors.invalidQuery("Cannot " + verb + " \"" + model.name()
                    + "\" after values(..): chosen columns are no rows. Leave values out.");
        }
        if (model.table().kind() == Table.Kind.VIEW) {
            throw Errors.invalidQuery("Cannot " + verb + " \"" + model.name() + "\": it is a view.");
        }
    }

    private Condition rows(String verb) {
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
        return new Condition.InSelect(key, state.member(key));
    }

    private Column target(String key, Set<Column> named) {
        KeyPath path = KeyPath.of(key);
        if (path.size() > 1 && model.find(key) == null && model.relation(path.segment(0)) != null) {
            throw Errors.invalidQuery(
                    "Cannot write \"" + key + "\" through " + model.name() + ": only its own columns can be written.");
        }
        Column column = state.names().column(key, key);
        if (column.isGenerated()) {
            throw Errors.invalidQuery(
                    "Cannot write " + column.qualifiedName() + ": SQLite computes it from other columns.");
        }
        if (!named.add(column)) {
            throw Errors.invalidQuery("The column " + column.qualifiedName() + " is given twice.");
        }
        return column;
    }

    private Expression value(Column column, @Nullable Object value) {
        if (value == null) {
            if (column.notNull()) {
                throw Errors.invalidValue(column.qualifiedName(), null, "a value: the column is NOT NULL");
            }
            return new Bind(null);
        }
        Expression expression = expression(column, value);
        return expression != null
                ? expression
                : new Bind(ValueEncoder.written(value, column.type(), column.qualifiedName()));
    }

    private @Nullable Expression expression(Column column, Object value) {
        Names own = Names.of(state.database(), Position.root(model), Map.of(), Map.of());
        Expression expression;
        try {
            expression = own.right(value);
        } catch (UnknownFieldException e) {
            if (state.annotations().containsKey(e.field())) {
                throw Errors.invalidQuery("Cannot write \"" + e.field() + "\" to " + column.qualifiedName()
                        + ": an annotation is no value of the row. Use Subquery.of(..).");
            }
            throw e;
        }
        if (expression != null && Traits.usesJoins(expression)) {
            throw Errors.invalidQuery("Cannot write a column of a related row to " + column.qualifiedName()
                    + ": UPDATE reads no other rows. Use Subquery.of(..).");
        }
        return expression;
    }
}
