package rillite.codegen;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.schema.Table;

/**
 * A table or view as Java.
 *
 * @param table the table
 * @param names of its classes
 * @param columns its visible columns, in the order of the file
 * @param relations to tables that are written too, in the order of the schema
 * @param parts components of the record: columns or what replaces them, then the other relations
 */
record TableShape(
        Table table, RowNames names, List<ColumnShape> columns, List<RelationShape> relations, List<Part> parts) {

    TableShape {
        columns = List.copyOf(columns);
        relations = List.copyOf(relations);
        parts = List.copyOf(parts);
    }

    /** A table whose record has at most so many components; relations beyond are reached by queries only. */
    static TableShape of(
            Table table, RowNames names, List<ColumnShape> columns, List<RelationShape> relations, int most) {
        List<Part> parts = new ArrayList<>();
        for (ColumnShape column : columns) {
            parts.add(relations.stream()
                    .filter(relation -> relation.replaces() && column.equals(relation.key()))
                    .<Part>map(relation -> relation)
                    .findFirst()
                    .orElse(column));
        }
        relations.stream()
                .filter(relation -> !relation.replaces())
                .limit(most - columns.size())
                .forEach(parts::add);
        return new TableShape(table, names, columns, relations, parts);
    }

    /** The relations that are components of the record. */
    List<RelationShape> loaded() {
        return relations.stream().filter(parts::contains).toList();
    }

    /** Whether rows can be inserted. */
    boolean isWritable() {
        return table.kind() != Table.Kind.VIEW;
    }
}
