package rillite.querysets;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;
import rillite.querysets.schema.Declaration;
import rillite.querysets.schema.Table;

/** Reads the rows of one result whose columns are known when its first row arrives. */
final class RawShape {

    private static final String NAME = "sql";

    /**
     * What is read of a result, made from the names of its columns.
     *
     * @param all the result as it is read
     * @param kept the positions that are kept
     * @param shape the shape of what is kept
     */
    record Picked(RowShape all, int[] kept, RowShape shape) {}

    /** Chooses among the columns of a result, or throws. */
    interface Plan extends Function<List<String>, Picked> {}

    private static final int MOST = 256;

    private final Plan plan;
    private @Nullable Picked picked;

    RawShape(Plan plan) {
        this.plan = plan;
    }

    /** A plan for all columns that remembers what it made of the same names before: it depends on nothing else. */
    static Plan remembering() {
        Map<List<String>, Picked> known = new ConcurrentHashMap<>();
        Plan all = values(List.of());
        return names -> {
            Picked before = known.get(names);
            if (before != null) {
                return before;
            }
            if (known.size() >= MOST) {
                known.clear();
            }
            Picked made = all.apply(names);
            known.put(names, made);
            return made;
        };
    }

    rillite.querysets.Row read(Row row) {
        Picked known = picked;
        if (known == null) {
            List<? extends ColumnMetadata> columns = row.getMetadata().getColumnMetadatas();
            List<String> names = new ArrayList<>(columns.size());
            columns.forEach(column -> names.add(column.getName()));
            known = plan.apply(names);
            picked = known;
        }
        @Nullable Object[] values = CellReader.read(row, known.all());
        if (known.all() == known.shape()) {
            return new rillite.querysets.Row(known.shape(), values);
        }
        @Nullable Object[] kept = new @Nullable Object[known.kept().length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[known.kept()[i]];
        }
        return new rillite.querysets.Row(known.shape(), kept);
    }

    /** The named columns, or all. */
    static Plan values(List<String> wanted) {
        return names -> {
            List<Column> columns = columns(names);
            TableModel model = model(columns);
            RowShape all = RowShape.of(model, outputs(model, columns, names));
            if (wanted.isEmpty()) {
                return new Picked(all, places(names.size()), all);
            }
            int[] kept = wanted.stream()
                    .mapToInt(name -> place(name, names, model.table()))
                    .toArray();
            List<Column> chosen = new ArrayList<>();
            for (int place : kept) {
                chosen.add(columns.get(place));
            }
            return new Picked(all, kept, RowShape.of(model, outputs(model, chosen, wanted)));
        };
    }

    /** The columns of a table, typed as it declares them, and what else there is. */
    static Plan of(TableModel model) {
        return names -> {
            List<Column> columns = new ArrayList<>();
            List<String> known = new ArrayList<>();
            for (Column column : columns(names)) {
                Column declared = declared(model, column.name());
                columns.add(declared == null ? column : declared);
                known.add(columns.get(columns.size() - 1).name());
            }
            for (Column key : model.table().primaryKey()) {
                if (!columns.contains(key)) {
                    throw Errors.invalidQuery("Cannot read this result as rows of \"" + model.name()
                            + "\": it lacks the key column " + key.name() + ". Select it too, or use values(..)."
                            + " Columns: " + Errors.list(names));
                }
            }
            RowShape shape = RowShape.of(model, outputs(model, columns, known));
            return new Picked(shape, places(names.size()), shape);
        };
    }

    private static @Nullable Column declared(TableModel model, String name) {
        return model.table()
                .column(name)
                .orElseGet(() -> model.table().columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null));
    }

    private static List<Column> columns(List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new Column(
                    NAME,
                    name,
                    columns.size(),
                    "",
                    ColumnType.ANY,
                    false,
                    null,
                    null,
                    0,
                    Column.Kind.NORMAL,
                    "BINARY"));
        }
        return columns;
    }

    private static List<Output> outputs(TableModel model, List<Column> columns, List<String> names) {
        Position root = Position.root(model);
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            outputs.add(new Output(names.get(i), Operand.of(root, columns.get(i), names.get(i)), columns.get(i)));
        }
        return outputs;
    }

    private static TableModel model(List<Column> columns) {
        Table table = new Table(
                NAME,
                Table.Kind.VIEW,
                columns,
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                Declaration.UNKNOWN,
                null);
        return TableModel.alone(table);
    }

    private static int place(String name, List<String> names, Table table) {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw Errors.unknownField(name, name, table.name(), names);
    }

    private static int[] places(int size) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        return places;
    }
}
