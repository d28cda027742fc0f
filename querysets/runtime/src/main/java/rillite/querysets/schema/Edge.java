package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A foreign key whose both ends were found. */
record Edge(ForeignKey key, Table child, List<Column> columns, Table parent, List<Column> parentColumns) {

    /** The foreign keys of a table that lead somewhere; what is wrong with the others goes to the notes. */
    static List<Edge> of(Table child, Map<String, Table> tables, List<String> notes) {
        List<Edge> edges = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (ForeignKey key : child.foreignKeys()) {
            Table parent = tables.get(Names.fold(key.parentTable()));
            List<Column> columns = found(child, key.columns());
            List<Column> parentColumns = parent == null ? List.of() : found(parent, key.parentColumns());
            if (parent == null
                    || columns.size() != key.columns().size()
                    || parentColumns.size() != columns.size()
                    || key.parentColumns().size() != columns.size()) {
                notes.add(key + " is dangling: no such table or columns. It gives no relation.");
            } else if (!parent.isUnique(parentColumns)) {
                notes.add(key + " is dangling: the referenced columns are not unique. It gives no relation.");
            } else if (!seen.add(List.of(columns, parent.name(), parentColumns))) {
                notes.add(key + " is declared twice. One of them gives the relation.");
            } else {
                edges.add(new Edge(key, child, columns, parent, parentColumns));
            }
        }
        return edges;
    }

    private static List<Column> found(Table table, List<String> names) {
        List<Column> found = new ArrayList<>(names.size());
        for (String name : names) {
            for (Column column : table.columns()) {
                if (Names.same(column.name(), name)) {
                    found.add(column);
                }
            }
        }
        return found;
    }

    String toOne() {
        return RelationNaming.toOne(key, parent);
    }

    boolean isNullable() {
        return columns.stream().anyMatch(column -> !column.notNull());
    }

    /** Whether a parent has at most one child by this key. */
    boolean isUnique() {
        return child.isUnique(columns);
    }

    /**
     * Whether these two keys make a link table: a pair occurs once, and a row can be made from the pair alone or is
     * identified by it.
     */
    static boolean areLink(Table table, List<Edge> edges) {
        if (edges.size() != 2 || edges.get(0).isUnique() || edges.get(1).isUnique()) {
            return false;
        }
        Set<Column> pair = new HashSet<>(edges.get(0).columns);
        pair.addAll(edges.get(1).columns);
        if (pair.size() != edges.get(0).columns.size() + edges.get(1).columns.size()) {
            return false;
        }
        if (Set.copyOf(table.primaryKey()).equals(pair)) {
            return true;
        }
        return table.hasUniqueKey(pair)
                && table.columns().stream()
                        .allMatch(column ->
                                pair.contains(column) || column.keyPosition() > 0 || column.isOptionalOnInsert());
    }
}
