package rillite.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Table;

/** The names of the classes of all tables; chosen ones first, so that no derived one takes them. */
final class TableNames {

    private final CodegenOptions options;
    private final FreeNames files = FreeNames.ofFiles();
    private final Map<String, RowNames> names = new LinkedHashMap<>();

    TableNames(List<Table> tables, CodegenOptions options) {
        this.options = options;
        Library.TYPES.forEach(files::add);
        for (Table table : tables) {
            String chosen = options.naming().tables().get(table.name());
            if (chosen != null) {
                choose(table, chosen);
            }
        }
        for (Table table : tables) {
            if (!names.containsKey(table.name())) {
                derive(table);
            }
        }
    }

    private void choose(Table table, String row) {
        if (!take(table, row)) {
            throw new CodegenException("The table \"" + table.name() + "\" cannot be named \"" + row
                    + "\": a class of this name is needed for something else.");
        }
    }

    private void derive(Table table) {
        String plain = JavaNames.type(table.name());
        String singular = JavaNames.type(Words.singular(table.name()));
        FreeNames.take(List.of(singular, plain, plain + "Row"), row -> take(table, row));
    }

    private boolean take(Table table, String row) {
        RowNames taken = new RowNames(options.packageName(), row);
        if (!files.addAll(taken.types())) {
            return false;
        }
        names.put(table.name(), taken);
        return true;
    }

    /** The names for a table; null when it is not written. */
    @Nullable RowNames find(Table table) {
        return names.get(table.name());
    }

    RowNames of(Table table) {
        RowNames found = find(table);
        if (found == null) {
            throw new IllegalArgumentException(table.name());
        }
        return found;
    }

    /** The simple names of all classes. */
    List<String> types() {
        List<String> types = new ArrayList<>();
        names.values().forEach(row -> types.addAll(row.types()));
        return types;
    }
}
