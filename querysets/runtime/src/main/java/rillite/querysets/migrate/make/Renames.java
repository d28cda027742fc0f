package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Names;

/** Which table and column of one schema is which of the other. Immutable. */
final class Renames {

    /** Names before, by folded names afterwards. */
    private final Map<String, String> tables = new LinkedHashMap<>();

    private final Map<Place, String> columns = new LinkedHashMap<>();
    private final List<SchemaChange> changes = new ArrayList<>();

    /**
     * @param tables names afterwards, by names before: those that change
     * @param columns names afterwards, by places under the new names of their tables: those that change
     */
    Renames(SchemaDump before, Map<String, String> tables, Map<Place, String> columns) {
        List<String> taken = new ArrayList<>();
        before.objects().stream()
                .filter(object -> object.kind() != Kind.TRIGGER)
                .forEach(object -> taken.add(object.name()));
        for (Moves.Move move : new Moves(taken, false).ordered(tables)) {
            changes.add(new SchemaChange.RenameTable(move.from(), move.to()));
        }
        tables.forEach((from, to) -> this.tables.put(Names.fold(to), from));
        Map<String, Map<String, String>> byTable = new LinkedHashMap<>();
        columns.forEach((place, to) -> {
            String from = String.valueOf(place.column());
            byTable.computeIfAbsent(place.table(), table -> new LinkedHashMap<>())
                    .put(from, to);
            this.columns.put(Place.of(place.table(), to).folded(), from);
        });
        byTable.forEach((table, names) -> {
            List<String> all = before.table(tableBefore(table)).columns().stream()
                    .map(column -> column.name())
                    .toList();
            for (Moves.Move move : new Moves(all, true).ordered(names)) {
                changes.add(new SchemaChange.RenameColumn(table, move.from(), move.to()));
            }
        });
    }

    /** The way there: tables first. */
    List<SchemaChange> changes() {
        return changes;
    }

    /** Whether everything has the name that it had. */
    boolean isUntouched() {
        return changes.isEmpty();
    }

    /** The way back. */
    List<SchemaChange> back() {
        List<SchemaChange> back = new ArrayList<>();
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.RenameTable table) {
                back.add(new SchemaChange.RenameTable(table.to(), table.from()));
            } else if (change instanceof SchemaChange.RenameColumn column) {
                back.add(new SchemaChange.RenameColumn(column.table(), column.to(), column.from()));
            }
        }
        Collections.reverse(back);
        return back;
    }

    /** The name that a table had before. */
    String tableBefore(String table) {
        return tables.getOrDefault(Names.fold(table), table);
    }

    /** The name that a table has afterwards. */
    String tableAfter(String before) {
        for (Map.Entry<String, String> rename : tables.entrySet()) {
            if (Names.same(rename.getValue(), before)) {
                return rename.getKey();
            }
        }
        return before;
    }

    /** The name that a column had before, by the names of today. */
    String columnBefore(String table, String column) {
        @Nullable String before = columns.get(Place.of(table, column).folded());
        return before == null ? column : before;
    }
}
