package rillite.querysets.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The discovered content of one database file at one moment. Immutable. */
public final class Schema {

    private final List<Table> tables;
    private final String encoding;
    private final String sqliteVersion;
    private final int version;
    private final RelationNames names;
    private final Map<String, Table> byName = new HashMap<>();
    private final Map<String, List<Relation>> relations;
    private final List<String> notes;
    private final Set<String> functions;

    /**
     * Creates a schema and derives its relations.
     *
     * @param tables tables, views, virtual tables and their shadow tables, ordered by name
     * @throws IllegalArgumentException a chosen name is for no foreign key, or clashes
     */
    Schema(
            List<Table> tables,
            String encoding,
            String sqliteVersion,
            int version,
            Set<String> functions,
            RelationNames names) {
        this.functions = functions;
        this.tables = List.copyOf(tables);
        this.encoding = encoding;
        this.sqliteVersion = sqliteVersion;
        this.version = version;
        this.names = names;
        Map<String, Table> folded = new LinkedHashMap<>();
        for (Table table : tables) {
            byName.put(table.name(), table);
            folded.put(Names.fold(table.name()), table);
        }
        RelationGraph graph = new RelationGraph(folded, names);
        relations = graph.relations();
        notes = List.copyOf(graph.notes());
    }

    /** The same schema with the tables of an earlier one where they are equal, so that comparing them stays cheap. */
    public Schema keeping(Schema earlier) {
        List<Table> kept = tables.stream()
                .map(table -> earlier.find(table.name()).filter(table::equals).orElse(table))
                .toList();
        return new Schema(kept, encoding, sqliteVersion, version, functions, names);
    }

    /** The same tables with relations that have the given names. */
    public Schema withRelationNames(RelationNames names) {
        return new Schema(tables, encoding, sqliteVersion, version, functions, names);
    }

    /** Tables, views, virtual tables and their shadow tables, ordered by name; SQLite's own tables are left out. */
    public List<Table> tables() {
        return tables;
    }

    /** Text encoding of the file, for example {@code UTF-8}. */
    public String encoding() {
        return encoding;
    }

    /** Names, in lower case, of the functions that the connection had beyond those of SQLite. */
    public Set<String> functions() {
        return functions;
    }

    /** Version of the SQLite library that read the file. */
    public String sqliteVersion() {
        return sqliteVersion;
    }

    /**
     * SQLite's {@code schema_version} of the file at that moment: a number that changes with every change of the schema,
     * and says nothing else.
     */
    public int version() {
        return version;
    }

    /** Finds a table or view by its exact name. */
    public Optional<Table> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The relations of a table: along its own foreign keys, then to-many, one-to-one and many-to-many, each in the order
     * of tables and declarations. Empty for an unknown table.
     */
    public List<Relation> relations(String table) {
        return relations.getOrDefault(table, List.of());
    }

    /** Finds a relation of a table by the exact names of both. */
    public Optional<Relation> relation(String table, String name) {
        return relations(table).stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst();
    }

    /** What deserves a look: foreign keys that lead nowhere and relations that could not have their usual name. */
    public List<String> notes() {
        return notes;
    }

    /** By content: the version does not count. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Schema that
                        && tables.equals(that.tables)
                        && relations.equals(that.relations)
                        && encoding.equals(that.encoding)
                        && sqliteVersion.equals(that.sqliteVersion);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tables, encoding, sqliteVersion);
    }

    @Override
    public String toString() {
        return "Schema" + tables.stream().map(Table::name).toList();
    }
}
