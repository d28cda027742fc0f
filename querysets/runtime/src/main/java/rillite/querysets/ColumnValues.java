package rillite.querysets;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** What the names and values of a write mean for the columns of its table; names, types and NULL are checked. */
final class ColumnValues {

    private final QueryState state;
    private final TableModel model;
    private final Names own;

    ColumnValues(QueryState state) {
        this.state = state;
        model = state.model();
        own = Names.of(state.database(), Position.root(model), Map.of(), Map.of());
    }

    /** The columns that a name stands for: several for a relation by a key of several columns. */
    List<Column> columns(String name) {
        if (model.find(name) != null) {
            return List.of(writable(own.column(name, name)));
        }
        KeyPath path = KeyPath.of(name);
        Relation relation = model.relation(path.segment(0));
        if (relation == null) {
            return name.equals("pk") ? model.keyFor("write pk of") : List.of(writable(own.column(name, name)));
        }
        if (path.size() > 1) {
            throw Errors.invalidQuery(
                    "Cannot write \"" + name + "\" through " + model.name() + ": only its own columns can be written.");
        }
        if (relation.kind() != Relation.Kind.TO_ONE) {
            throw Errors.invalidQuery("Cannot write \"" + name + "\": the rows of " + relation.qualifiedName()
                    + " hold this link, or a table of links does. Use db.link(\"" + model.name() + "\", \"" + name
                    + "\", key).");
        }
        relation.from().forEach(this::writable);
        return relation.from();
    }

    private Column writable(Column column) {
        if (column.isGenerated()) {
            throw Errors.invalidQuery(
                    "Cannot write " + column.qualifiedName() + ": SQLite computes it from other columns.");
        }
        return column;
    }

    /**
     * The value of each column in the order of the fields.
     *
     * @param existing whether there is a row to compute with, so that values may be expressions
     */
    Map<Column, Expression> of(Fields fields, boolean existing) {
        Map<Column, Expression> values = new LinkedHashMap<>();
        fields.asMap().forEach((name, value) -> {
            List<Column> columns = columns(name);
            List<@Nullable Object> parts = parts(name, columns, value);
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (values.put(column, expression(column, parts.get(i), existing)) != null) {
                    throw Errors.invalidQuery("The column " + column.qualifiedName() + " is given twice.");
                }
            }
        });
        return values;
    }

    /** One value for each column: what is given, or the parts of a key or related row. */
    List<@Nullable Object> parts(String name, List<Column> columns, @Nullable Object value) {
        if (value instanceof Keyed row) {
            return Collections.unmodifiableList(keyOf(row, name, columns));
        }
        if (columns.size() == 1 || value == null) {
            return Collections.nCopies(columns.size(), value);
        }
        List<?> list = value instanceof List<?> given
                ? given
                : value instanceof Object[] array ? Arrays.asList(array) : List.of();
        if (list.size() != columns.size()) {
            throw Errors.invalidValue(
                    "\"" + name + "\"",
                    value,
                    "a row, or a list of " + columns.size() + " values: "
                            + columns.stream().map(Column::name).toList());
        }
        return Collections.unmodifiableList(list);
    }

    private List<Object> keyOf(Keyed row, String name, List<Column> columns) {
        for (Relation relation : model.relations()) {
            if (relation.kind() == Relation.Kind.TO_ONE && relation.from().equals(columns)) {
                return row.valuesOf(model.target(relation), relation.to());
            }
        }
        throw Errors.invalidValue("\"" + name + "\"", row, "a value: " + model.name() + " has no foreign key there");
    }

    private Expression expression(Column column, @Nullable Object value, boolean existing) {
        if (value == null) {
            // SQLite fills the rowid when it is left out or NULL.
            if (column.notNull() && (existing || column.kind() != Column.Kind.ROWID)) {
                throw Errors.invalidValue(column.qualifiedName(), null, "a value: the column is NOT NULL");
            }
            return new Bind(null);
        }
        if (value instanceof Expr<?, ?> || value instanceof Query<?, ?, ?>) {
            if (!existing) {
                throw Errors.invalidQuery("Cannot create a row in \"" + model.name() + "\" with an expression for \""
                        + column.name() + "\": there is no row yet to compute it from.");
            }
            return computed(column, value);
        }
        return new Bind(ValueEncoder.written(value, column.type(), column.qualifiedName()));
    }

    private Expression computed(Column column, Object value) {
        Expression expression;
        try {
            expression = own.expression(ExprNode.ofValue(value));
        } catch (UnknownFieldException e) {
            if (state.annotations().containsKey(e.field())) {
                throw Errors.invalidQuery("Cannot write \"" + e.field() + "\" to " + column.qualifiedName()
                        + ": an annotation is no value of the row. Use Subquery.of(..).");
            }
            throw e;
        }
        if (Traits.usesJoins(expression)) {
            throw Errors.invalidQuery("Cannot write a column of a related row to " + column.qualifiedName()
                    + ": UPDATE reads no other rows. Use Subquery.of(..).");
        }
        return expression;
    }
}
