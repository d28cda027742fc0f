package rillite.codegen;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** A short text that differs when tables differ in anything that sources are made of. */
final class SchemaHash {

    private static final int SHOWN = 16;

    private SchemaHash() {}

    static String of(Schema schema, List<Table> tables) {
        Hash hash = new Hash();
        tables.forEach(table -> add(hash, schema, table));
        return hash.end().substring(0, SHOWN);
    }

    private static void add(Hash hash, Schema schema, Table table) {
        hash.row("table", table.kind().name(), table.name());
        for (Column column : table.visibleColumns()) {
            hash.row(
                    "column",
                    column.name(),
                    column.declaredType(),
                    column.type().name(),
                    column.kind().name(),
                    String.valueOf(column.notNull()),
                    String.valueOf(column.defaultSql() != null));
        }
        for (Relation relation : schema.relations(table.name())) {
            List<String> parts = new ArrayList<>(List.of("relation", relation.name()));
            parts.add(relation.kind().name());
            parts.add(relation.target().name());
            relation.from().forEach(column -> parts.add(column.name()));
            hash.row(parts.toArray(String[]::new));
        }
    }
}
