package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** Builds the statements that change the links of one row. */
abstract sealed class LinkStatements permits LinkRows, LinkColumns {

    final Database database;
    final Relation relation;
    final TableModel target;
    private final List<Column> keyColumns;
    private final List<Expression> owner;

    /**
     * @param keyColumns columns of the target by which its rows are named
     */
    LinkStatements(
            Database database, Relation relation, TableModel target, List<Column> keyColumns, List<Object> owner) {
        this.database = database;
        this.relation = relation;
        this.target = target;
        this.keyColumns = keyColumns;
        this.owner = owner.stream().<Expression>map(Bind::new).toList();
    }

    static LinkStatements of(Database database, TableModel model, String name, @Nullable Object owner) {
        Relation relation = model.relation(name);
        if (relation == null) {
            throw Errors.unknownRelation(name, model);
        }
        List<Object> values = values(owner, model, relation.from());
        TableModel target = model.target(relation);
        return switch (relation.kind()) {
            case MANY_TO_MANY -> new LinkRows(database, relation, target, values);
            case TO_MANY -> new LinkColumns(database, relation, target, values);
            case TO_ONE, ONE_TO_ONE ->
                throw Errors.invalidQuery("Cannot link through " + relation.qualifiedName()
                        + ": it leads to one row. Write its foreign key, "
                        + relation.foreignKey() + ", with update(..).");
        };
    }

    /** Which rows of the target are meant, as SQLite stores their keys. */
    final List<List<@Nullable Object>> keys(Collection<?> given) {
        List<List<@Nullable Object>> keys = new ArrayList<>(given.size());
        for (Object key : given) {
            keys.add(new ArrayList<>(values(key, target, keyColumns)));
        }
        return keys;
    }

    private static List<Object> values(@Nullable Object key, TableModel model, List<Column> columns) {
        List<?> parts;
        if (key instanceof Keyed row) {
            parts = row.valuesOf(model, columns);
        } else if (columns.size() == 1) {
            parts = key == null ? List.of() : List.of(key);
        } else {
            parts = key instanceof List<?> list
                    ? list
                    : key instanceof Object[] array ? Arrays.asList(array) : List.of();
        }
        if (parts.size() != columns.size() || parts.stream().anyMatch(Objects::isNull)) {
            throw Errors.invalidValue(
                    "a row of " + model.name(),
                    key,
                    "a row, or its key: " + columns.stream().map(Column::name).toList());
        }
        List<Object> encoded = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Column column = columns.get(i);
            encoded.add(ValueEncoder.written(parts.get(i), column.type(), column.qualifiedName()));
        }
        return encoded;
    }

    /** The values that say whose link it is. */
    final List<Expression> owner() {
        return owner;
    }

    /** The links of the owner. */
    final Condition owned() {
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < owner.size(); i++) {
            Column column = relation.to().get(i);
            Expression held = RelationKey.comparedAs(relation.from().get(i), ColumnRef.of(column), column);
            parts.add(new Condition.Compare(Condition.Comparison.EQUAL, held, owner.get(i)));
        }
        return Condition.all(parts);
    }

    abstract List<Write> add(List<List<@Nullable Object>> keys, Fields columns);

    abstract Write remove(List<List<@Nullable Object>> keys);

    abstract Write clear();

    abstract List<Write> set(List<List<@Nullable Object>> keys);

    abstract Mono<Row> create(Fields row, Fields columns);
}
