package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** A schema as named parts, so that two can be compared whatever text created them. */
final class SchemaParts {

    private final SortedMap<String, String> parts = new TreeMap<>();

    private SchemaParts() {}

    /** What each part is, by its name; the history and the tables of virtual tables are left out. */
    static SortedMap<String, String> of(Schema schema) {
        SchemaParts all = new SchemaParts();
        schema.tables().stream()
                .filter(table ->
                        table.kind() != Table.Kind.SHADOW && !table.name().equals(History.TABLE))
                .forEach(all::table);
        return all.parts;
    }

    private void table(Table table) {
        String name = table.name();
        if (table.kind() == Table.Kind.TABLE) {
            parts.put(
                    "table " + name,
                    (table.strict() ? "strict " : "")
                            + (table.withoutRowid() ? "without rowid " : "")
                            + (table.declaration().autoincrement() ? "autoincrement" : ""));
            table.columns().forEach(this::column);
            parts.put(
                    "order of the columns of " + name,
                    table.columns().stream().map(Column::name).toList().toString());
        } else {
            parts.put(
                    (table.kind() == Table.Kind.VIEW ? "view " : "virtual table ") + name,
                    bare(table.declaration().sql()));
        }
        table.foreignKeys()
                .forEach(key -> parts.put(
                        "foreign key " + key,
                        key.onUpdate() + " " + key.onDelete() + (key.deferred() ? " deferred" : "")));
        table.indexes().forEach(this::index);
        table.declaration()
                .checks()
                .forEach(check ->
                        parts.put("check of " + name + ": " + bare(check.sql()), String.valueOf(check.name())));
        table.declaration().triggers().forEach(trigger -> parts.put("trigger " + trigger.name(), bare(trigger.sql())));
    }

    private void column(Column column) {
        parts.put(
                "column " + column.qualifiedName(),
                column.declaredType().toUpperCase(java.util.Locale.ROOT) + " " + column.kind()
                        + (column.notNull() ? " not null" : "")
                        + (column.keyPosition() > 0 ? " key " + column.keyPosition() : "") + " default "
                        + column.defaultSql() + " generated " + column.generatedSql() + " collate "
                        + column.collation());
    }

    private void index(Index index) {
        boolean named = index.origin() == Index.Origin.CREATE_INDEX;
        parts.put(
                named ? "index " + index.name() : index.origin() + " of " + index.table() + " " + index.columns(),
                (named ? index.table() + " " : "") + (index.unique() ? "unique " : "") + index.terms() + " where "
                        + index.predicate());
    }

    private static String bare(String sql) {
        return sql.replaceAll("\\s+", " ").replace("\"", "").strip();
    }

    /** What differs, in sentences. */
    static List<String> differences(SortedMap<String, String> before, SortedMap<String, String> after) {
        List<String> found = new ArrayList<>();
        before.forEach((part, text) -> {
            String now = after.get(part);
            if (now == null) {
                found.add(part + " is gone");
            } else if (!now.equals(text)) {
                found.add(part + " was " + text.strip() + " and is " + now.strip());
            }
        });
        after.keySet().stream()
                .filter(part -> !before.containsKey(part))
                .forEach(part -> found.add(part + " is left over"));
        return found;
    }
}
