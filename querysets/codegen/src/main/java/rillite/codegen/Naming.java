package rillite.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rillite.querysets.schema.RelationNames;

/**
 * Names that are chosen instead of derived. Immutable.
 *
 * <p>Without any, {@code order_lines} gives the record {@code OrderLine}, the table class {@code OrderLineTable} and the
 * constant {@code ORDER_LINE}; the column {@code book_id} gives {@code bookId}; relations are named as {@code Database}
 * names them.
 *
 * @param tables the name of the record of a table, by table
 * @param columns the Java name of a column, by {@code table.column}
 * @param relations names of relations, which the file has to be opened with: {@code Tables.named(..)} does it
 */
public record Naming(Map<String, String> tables, Map<String, String> columns, List<RelationName> relations) {

    private static final Naming DERIVED = new Naming(Map.of(), Map.of(), List.of());

    /**
     * The name of a relation.
     *
     * @param foreignKey {@code table.column}; {@code table.first,second} for one of several columns
     * @param name seen from the table with the foreign key; of a link table, the name of the relation through it
     * @param reverse seen from the other table; empty for a relation through a link table
     */
    public record RelationName(String foreignKey, String name, String reverse) {}

    public Naming {
        tables = Map.copyOf(new LinkedHashMap<>(tables));
        columns = Map.copyOf(new LinkedHashMap<>(columns));
        relations = List.copyOf(relations);
        tables.values().forEach(Naming::require);
        columns.values().forEach(Naming::require);
    }

    private static void require(String name) {
        if (!JavaNames.isName(name)) {
            throw new CodegenException("\"" + name + "\" is no name of Java, or a reserved word.");
        }
    }

    /** No names chosen. */
    public static Naming derived() {
        return DERIVED;
    }

    /**
     * Names the record of a table or view; the names of its table class and constant follow.
     *
     * @throws CodegenException it is no name of Java
     */
    public Naming table(String table, String row) {
        Map<String, String> more = new LinkedHashMap<>(tables);
        more.put(table, row);
        return new Naming(more, columns, relations);
    }

    /**
     * Names a column, {@code table.column}.
     *
     * @throws CodegenException it is no name of Java
     */
    public Naming column(String column, String name) {
        Map<String, String> more = new LinkedHashMap<>(columns);
        more.put(column, name);
        return new Naming(tables, more, relations);
    }

    /** Names both directions of a foreign key: {@code relation("author.mentor_id", "mentor", "mentees")}. */
    public Naming relation(String foreignKey, String toOne, String reverse) {
        return with(new RelationName(foreignKey, toOne, reverse));
    }

    /** Names the relation through a link table: {@code manyToMany("follow.followed_id", "following")}. */
    public Naming manyToMany(String foreignKey, String name) {
        return with(new RelationName(foreignKey, name, ""));
    }

    private Naming with(RelationName name) {
        List<RelationName> more = new ArrayList<>(relations);
        more.add(name);
        return new Naming(tables, columns, more);
    }

    /** The names of relations, for reading a schema. */
    RelationNames relationNames() {
        RelationNames names = RelationNames.none();
        for (RelationName one : relations) {
            names = one.reverse().isEmpty()
                    ? names.manyToMany(one.foreignKey(), one.name())
                    : names.relation(one.foreignKey(), one.name(), one.reverse());
        }
        return names;
    }
}
