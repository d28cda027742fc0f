package rillite.querysets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/**
 * Writes one row at a time, found by its key among the rows of the query.
 *
 * @param <T> what a row is read as
 */
final class RowWriter<T> {

    private final Writing<T> writing;
    private final QueryState state;
    private final TableModel model;
    private final Writer writer;

    /**
     * A change of one row.
     *
     * @param given what is known of the row, its key included
     * @param columns what is written; each has a value
     * @param unchanged what must still hold
     * @param guard names the column of that, for messages
     */
    record Change(Fields given, Map<Column, Expression> columns, Condition unchanged, String guard) {}

    RowWriter(Writing<T> writing) {
        this.writing = writing;
        state = writing.state().unsliced("write one row of");
        model = state.model();
        writer = writing.writer();
    }

    Mono<T> create(Fields fields) {
        return writing.row(writer.insert(fields));
    }

    /** What a row tells of itself: the columns that can be written. */
    static Fields fieldsOf(TableModel model, Row row) {
        if (!row.tableName().equals(model.name())) {
            throw Errors.invalidValue("a row of " + model.name(), row, "a row of that table");
        }
        Fields fields = Fields.of(row);
        Map<String, @Nullable Object> columns = new LinkedHashMap<>(fields.asMap());
        columns.keySet()
                .removeIf(name ->
                        model.table().column(name).map(Column::isGenerated).orElse(true));
        return Fields.of(columns);
    }

    Change change(Fields given, List<String> names) {
        writer.checkTarget("update");
        List<Column> key = model.keyFor("update a row of");
        Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
        if (names.isEmpty()) {
            chosen.putAll(given.asMap());
            chosen.keySet().removeIf(name -> key.containsAll(writer.values().columns(name)));
        }
        Set<Column> named = new HashSet<>();
        for (String name : names) {
            List<Column> columns = writer.values().columns(name);
            if (columns.stream().anyMatch(key::contains)) {
                throw Errors.invalidQuery("Cannot update \"" + name + "\" of " + model.name()
                        + ": it is the key by which the row is found. Use filter(..).update(..).");
            }
            named.addAll(columns);
            String field = fieldOf(given, columns);
            if (field == null) {
                throw Errors.invalidValue(model.name() + "." + name, null, "a value: the given row has none for it");
            }
            chosen.put(field, given.asMap().get(field));
        }
        Map<Column, Expression> columns = writer.values().of(Fields.of(chosen), true);
        return new Change(given, columns, Condition.ALWAYS, "");
    }

    /** The name under which a column is given, null when it is not. */
    private @Nullable String fieldOf(Fields given, List<Column> columns) {
        return given.asMap().keySet().stream()
                .filter(name -> writer.values().columns(name).equals(columns))
                .findFirst()
                .orElse(null);
    }

    Change unchanged(Change change, String name) {
        Column column = state.names().column(name, name);
        String field = fieldOf(change.given(), List.of(column));
        if (field == null) {
            throw Errors.invalidValue(column.qualifiedName(), null, "a value: ifUnchanged compares with it");
        }
        Map<Column, Expression> columns = new LinkedHashMap<>(change.columns());
        columns.remove(column);
        if (column.type() == ColumnType.INTEGER) {
            columns.put(
                    column,
                    new Expression.Arithmetic(
                            Expression.Operator.PLUS, Expression.ColumnRef.of(column), new Expression.Number(1)));
        }
        return unchanged(
                new Change(change.given(), columns, change.unchanged(), change.guard()),
                name,
                change.given().asMap().get(field));
    }

    Change unchanged(Change change, String name, @Nullable Object value) {
        Column column = state.names().column(name, name);
        Expression left = Expression.ColumnRef.of(column);
        Condition same = value == null
                ? new Condition.IsNull(left, false)
                : new Condition.Compare(
                        Condition.Comparison.EQUAL,
                        left,
                        new Bind(ValueEncoder.written(value, column.type(), column.qualifiedName())));
        String guard = change.guard().isEmpty() ? column.name() : change.guard() + ", " + column.name();
        return new Change(change.given(), change.columns(), Condition.all(List.of(change.unchanged(), same)), guard);
    }

    Mono<T> update(Change change) {
        if (change.columns().isEmpty()) {
            throw Errors.invalidQuery("updateRow of \"" + model.name() + "\" needs a column besides the key.");
        }
        List<Object> key = Objects.requireNonNull(key(change.given(), true));
        Write.Update update = update(key, change.columns(), change.unchanged());
        Mono<T> row = update.where().equals(Condition.NEVER) ? Mono.empty() : writing.row(update);
        return row.switchIfEmpty(Mono.error(() -> notUpdated(key, change.guard())));
    }

    private Write.Update update(List<Object> key, Map<Column, Expression> columns, Condition unchanged) {
        QueryState one = state.filterKey(key.size() == 1 ? key.get(0) : key, "update a row of")
                .filter(unchanged);
        return new Writer(one).update(columns, writer.returning());
    }

    private NotUpdatedException notUpdated(List<Object> key, String guard) {
        String why = guard.isEmpty()
                ? ": there is no such row."
                : ": there is no such row, or its " + guard + " was changed since it was read. Read it again.";
        return new NotUpdatedException("updateRow changed no row of " + model.name() + " with key "
                + key.stream().map(Object::toString).collect(Collectors.joining(", ")) + why);
    }

    /** Updates the row, or creates it when there is none; without a key it is created. */
    Mono<T> save(Fields given) {
        writer.checkInsert();
        List<Object> key = key(given, false);
        if (key == null) {
            return create(given);
        }
        Map<Column, Expression> all = writer.values().of(given, true);
        Map<Column, Expression> columns = new LinkedHashMap<>(all);
        columns.keySet().removeAll(model.key());
        if (columns.isEmpty()) {
            // There is nothing to change; the statement tells whether the row exists.
            model.key().forEach(column -> columns.put(column, Expression.ColumnRef.of(column)));
        }
        Write.Update update = update(key, columns, Condition.ALWAYS);
        return writing.runner()
                .inWrite(session -> writing.rows(session, update)
                        .singleOrEmpty()
                        .switchIfEmpty(Mono.defer(() ->
                                writing.rows(session, writer.insert(given)).singleOrEmpty())))
                .singleOrEmpty();
    }

    /** The values of the key columns, null when one is missing. */
    private @Nullable List<Object> key(Fields given, boolean needed) {
        Map<Column, Object> found = new LinkedHashMap<>();
        given.asMap().forEach((name, value) -> {
            List<Column> columns = writer.values().columns(name);
            List<@Nullable Object> parts = writer.values().parts(name, columns, value);
            for (int i = 0; i < columns.size(); i++) {
                Object part = parts.get(i);
                if (part != null && model.key().contains(columns.get(i))) {
                    found.put(columns.get(i), part);
                }
            }
        });
        List<Object> key = new ArrayList<>();
        for (Column column : model.keyFor("find a row of")) {
            Object part = found.get(column);
            if (part == null && needed) {
                throw Errors.invalidValue(column.qualifiedName(), null, "a value: the row is found by it");
            }
            if (part != null) {
                key.add(part);
            }
        }
        return key.size() == model.key().size() ? key : null;
    }
}
