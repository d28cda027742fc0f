package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.Table;

/** Tables among which those are looked for that may be another one under a new name. */
final class AlikeTables {

    private final List<Table> tables = new ArrayList<>();
    /** Positions of tables by the folded names of their columns. */
    private final Map<String, List<Integer>> byColumn = new HashMap<>();

    AlikeTables(SchemaDump dump, Collection<SchemaObject> among) {
        for (SchemaObject object : among) {
            Table table = dump.table(object.name());
            for (Column column : table.columns()) {
                byColumn.computeIfAbsent(Names.fold(column.name()), none -> new ArrayList<>())
                        .add(tables.size());
            }
            tables.add(table);
        }
    }

    /** Names of the tables that have at least half of the columns of the larger one in common with this one. */
    List<String> to(Table gone) {
        int[] shared = new int[tables.size()];
        for (Column column : gone.columns()) {
            for (int position : byColumn.getOrDefault(Names.fold(column.name()), List.of())) {
                shared[position]++;
            }
        }
        List<String> alike = new ArrayList<>();
        for (int i = 0; i < shared.length && alike.size() < RenameQuestion.MOST; i++) {
            Table table = tables.get(i);
            if (shared[i] * 2 >= Math.max(table.columns().size(), gone.columns().size())) {
                alike.add(table.name());
            }
        }
        return alike;
    }
}
