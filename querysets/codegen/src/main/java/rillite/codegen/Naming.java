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

    /**
     * Names a table or a column as one text says: {@code "series = Series"}, {@code "book.class = kind"}.
     *
     * @throws CodegenException it says nothing of the kind
     */
    public Naming name(String text) {
        String[] sides = sides(text, "series = Series or book.class = kind");
        return sides[0].indexOf('.') < 0 ? table(sides[0], sides[1]) : column(sides[0], sides[1]);
    }

    /**
     * Names relations as one text says: {@code "author.mentor_id = mentor, mentees"}, or {@code "follow.followed_id =
     * following"} for the relation through a link table.
     *
     * @throws CodegenException it says nothing of the kind
     */
    public Naming relation(String text) {
        String[] sides = sides(text, "author.mentor_id = mentor, mentees");
        String[] names = sides[1].split(",", -1);
        if (sides[0].indexOf('.') < 1 || names.length > 2 || names[0].isBlank() || names[names.length - 1].isBlank()) {
            throw unclear(text, "author.mentor_id = mentor, mentees");
        }
        return names.length == 1
                ? manyToMany(sides[0], names[0].strip())
                : relation(sides[0], names[0].strip(), names[1].strip());
    }

    private static String[] sides(String text, String example) {
        int equals = text.lastIndexOf('=');
        if (equals < 0 || text.substring(0, equals).isBlank()) {
            throw unclear(text, example);
        }
        return new String[] {
            text.substring(0, equals).strip(), text.substring(equals + 1).strip()
        };
    }

    private static CodegenException unclear(String text, String example) {
        return new CodegenException("Names are chosen like this: " + example + "; got \"" + text + "\".");
    }

    private Naming with(RelationName name) {
        List<RelationName> more = new ArrayList<>(relations);
        more.add(name);
        return new Naming(tables, columns, more);
    }

    /** The names of relations, for reading a schema. */
    public RelationNames relationNames() {
        RelationNames names = RelationNames.none();
        for (RelationName one : relations) {
            names = one.reverse().isEmpty()
                    ? names.manyToMany(one.foreignKey(), one.name())
                    : names.relation(one.foreignKey(), one.name(), one.reverse());
        }
        return names;
    }
}
