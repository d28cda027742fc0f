package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.Column;

/** Turns records back into rows, with the related rows that they have, so that more can be loaded for them. */
final class RecordRows {

    private final Database database;

    RecordRows(Database database) {
        this.database = database;
    }

    /** Loads relations of records that are in hand. */
    @SuppressWarnings("unchecked")
    static <T> Mono<List<T>> load(
            Database database, List<T> rows, boolean again, Related<T> relation, Related<T>[] more) {
        // The root of its own relations reads what the rows are.
        Table<T, T> table = (Table<T, T>) Fetch.root(relation);
        List<Prefetch> prefetches = Fetch.prefetches(relation, more);
        RecordRows records = new RecordRows(database);
        List<Row> plain = rows.stream().map(row -> records.row(table, row)).toList();
        return new RelatedRows(database)
                .load(plain, prefetches, again)
                .map(loaded -> loaded.stream().map(table.reader()).toList());
    }

    <T> Row row(Table<?, T> table, T row) {
        TableModel model = database.model(table.name());
        Map<String, @Nullable Object> loaded = new LinkedHashMap<>();
        for (Object related : table.related(row)) {
            if (related instanceof Refs<?> refs) {
                add(loaded, refs);
            } else if (related instanceof Ref<?> ref) {
                add(loaded, ref);
            }
        }
        Slots slots = Slots.NONE.and(loaded.keySet());
        RowShape shape = shape(model, table).with(slots, Origin.of(model.name()));
        Row made = new Row(shape, values(table, row));
        loaded.forEach((name, value) -> made.put(slots.position(name), value));
        return made;
    }

    private <U> void add(Map<String, @Nullable Object> loaded, Refs<U> refs) {
        Table<U, U> target = refs.target();
        if (refs.isLoaded() && target != null) {
            List<Row> rows = new ArrayList<>();
            refs.list().forEach(one -> rows.add(row(target, one)));
            loaded.put(refs.name(), List.copyOf(rows));
        }
    }

    private <U> void add(Map<String, @Nullable Object> loaded, Ref<U> ref) {
        Ref.Relation<U> relation = ref.relation();
        if (ref.isLoaded() && relation != null) {
            U one = ref.orNull();
            loaded.put(relation.name(), one == null ? null : row(relation.target(), one));
        }
    }

    private static RowShape shape(TableModel model, Table<?, ?> table) {
        List<Column> columns = new ArrayList<>();
        table.columns().forEach(name -> columns.add(model.column(name, name)));
        if (columns.equals(model.visible())) {
            return model.shape();
        }
        Position root = Position.root(model);
        return RowShape.of(
                model,
                columns.stream()
                        .map(column -> new Output(column.name(), Operand.of(root, column, column.name()), column))
                        .toList());
    }

    private static <T> @Nullable Object[] values(Table<?, T> table, T row) {
        @Nullable Object[] values = new @Nullable Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = plain(table.stored(row, i));
        }
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Stored stored ? stored.value() : value;
    }
}
