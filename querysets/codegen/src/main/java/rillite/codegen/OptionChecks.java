package rillite.codegen;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** Finds options that speak of what the schema does not have: mostly a name that is misspelt. */
final class OptionChecks {

    private static final int MOST_SHOWN = 30;

    private final Schema schema;
    private final CodegenOptions options;

    OptionChecks(Schema schema, CodegenOptions options) {
        this.schema = schema;
        this.options = options;
    }

    void run() {
        options.only().forEach(table -> requireTable(table, "write"));
        options.without().forEach(table -> requireTable(table, "leave out"));
        options.naming().tables().keySet().forEach(table -> requireTable(table, "name"));
        options.naming().columns().keySet().forEach(column -> requireColumn(column, "name"));
        for (TypeOverride override : options.types()) {
            requireColumn(override.columns(), "read as " + override.type());
        }
    }

    private void requireTable(String name, String what) {
        if (schema.tables().stream().noneMatch(table -> Wildcard.of(name).fits(table.name()))) {
            throw new CodegenException("There is no table \"" + name + "\" to " + what + ". Tables: "
                    + listed(schema.tables().stream().map(Table::name).toList()));
        }
    }

    private void requireColumn(String name, String what) {
        List<Column> all = schema.tables().stream()
                .flatMap(table -> table.columns().stream())
                .toList();
        if (all.stream().noneMatch(column -> Wildcard.of(name).fits(column.qualifiedName()))) {
            String table = name.substring(0, name.indexOf('.') + 1);
            List<String> near = all.stream()
                    .map(Column::qualifiedName)
                    .filter(column -> Wildcard.of(table + "*").fits(column))
                    .toList();
            throw new CodegenException("There is no column \"" + name + "\" to " + what + ". "
                    + (near.isEmpty()
                            ? "Tables: "
                                    + listed(schema.tables().stream()
                                            .map(Table::name)
                                            .toList())
                            : "Columns: " + listed(near)));
        }
    }

    private static String listed(Collection<String> names) {
        String some = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
        return names.size() > MOST_SHOWN ? some + " and " + (names.size() - MOST_SHOWN) + " more." : some + ".";
    }
}
