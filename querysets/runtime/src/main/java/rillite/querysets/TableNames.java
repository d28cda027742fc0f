package rillite.querysets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** What names in keys mean in one table: names of columns and relations, and their property names where they are free. */
final class TableNames {

    private final Map<String, Column> columns = new HashMap<>();
    private final Map<String, Relation> relations = new HashMap<>();

    TableNames(List<Column> columns, List<Relation> relations) {
        for (Column column : columns) {
            this.columns.put(column.name(), column);
        }
        for (Column column : columns) {
            this.columns.putIfAbsent(TableModel.propertyName(column.name()), column);
        }
        for (Relation relation : relations) {
            this.relations.put(relation.name(), relation);
        }
        for (Relation relation : relations) {
            this.relations.putIfAbsent(TableModel.propertyName(relation.name()), relation);
        }
    }

    @Nullable Column column(String name) {
        return columns.get(name);
    }

    @Nullable Relation relation(String name) {
        return relations.get(name);
    }
}
