package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the lines of the pragmas and turns them into records. Confined to one reading. */
final class SchemaBuilder {

    private static final String VIRTUAL = "CREATE VIRTUAL TABLE";

    private final Map<String, List<ColumnLine>> columns = new TreeMap<>();
    private final Map<String, Table.Kind> kinds = new TreeMap<>();
    private final Map<String, String> unreadable = new HashMap<>();
    private final Map<String, Map<Integer, List<ReferenceLine>>> references = new LinkedHashMap<>();
    private final Map<String, Map<String, List<IndexLine>>> indexes = new LinkedHashMap<>();
    private final Map<String, String> tableSql = new HashMap<>();
    private final Map<String, String> indexSql = new HashMap<>();
    private final Map<String, List<Trigger>> triggers = new HashMap<>();
    private final Map<String, List<String>> keys = new HashMap<>();
    private String sqliteVersion = "";
    private Set<String> functions = Set.of();
    private String encoding = "";
    private int schemaVersion;

    record ColumnLine(
            String table,
            int position,
            String name,
            String declaredType,
            boolean notNull,
            @Nullable String defaultSql,
            int keyPosition,
            int hidden) {}

    record ReferenceLine(
            String table,
            int id,
            String parentTable,
            String column,
            @Nullable String parentColumn,
            ForeignKey.Action onUpdate,
            ForeignKey.Action onDelete) {}

    record IndexLine(
            String table,
            String name,
            boolean unique,
            Index.Origin origin,
            boolean partial,
            @Nullable String column,
            boolean descending,
            String collation) {}

    record ObjectLine(String type, String name, String table, String sql) {}

    void about(String sqliteVersion, String encoding, int schemaVersion, @Nullable String functions) {
        this.functions = functions == null ? Set.of() : Set.of(functions.split(","));
        this.sqliteVersion = sqliteVersion;
        this.encoding = encoding;
        this.schemaVersion = schemaVersion;
    }

    void object(ObjectLine line) {
        switch (line.type()) {
            case "index" -> indexSql.put(line.name(), line.sql());
            case "trigger" ->
                triggers.computeIfAbsent(Names.fold(line.table()), name -> new ArrayList<>())
                        .add(new Trigger(line.name(), line.sql()));
            default -> {
                if (!line.name().startsWith("sqlite_")) {
                    kinds.put(line.name(), kind(line));
                    tableSql.put(line.name(), line.sql());
                }
            }
        }
    }

    private static Table.Kind kind(ObjectLine line) {
        if (line.type().equals("view")) {
            return Table.Kind.VIEW;
        }
        return line.sql().regionMatches(true, 0, VIRTUAL, 0, VIRTUAL.length()) ? Table.Kind.VIRTUAL : Table.Kind.TABLE;
    }

    /** Names of views and virtual tables. */
    List<String> views() {
        List<String> names = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            if (kind == Table.Kind.VIEW || kind == Table.Kind.VIRTUAL) {
                names.add(name);
            }
        });
        return names;
    }

    boolean hasVirtual() {
        return kinds.containsValue(Table.Kind.VIRTUAL);
    }

    void shadow(String name) {
        kinds.replace(name, Table.Kind.SHADOW);
    }

    void column(ColumnLine line) {
        columns.computeIfAbsent(line.table(), name -> new ArrayList<>()).add(line);
    }

    void reference(ReferenceLine line) {
        references
                .computeIfAbsent(line.table(), name -> new LinkedHashMap<>())
                .computeIfAbsent(line.id(), id -> new ArrayList<>())
                .add(line);
    }

    void indexTerm(IndexLine line) {
        indexes.computeIfAbsent(line.table(), name -> new LinkedHashMap<>())
                .computeIfAbsent(line.name(), name -> new ArrayList<>())
                .add(line);
    }

    void unreadable(String name, String problem) {
        unreadable.put(name, problem);
    }

    Schema build(RelationNames names) {
        for (List<ColumnLine> lines : columns.values()) {
            keys.put(Names.fold(lines.get(0).table()), keyNames(lines));
        }
        List<Table> tables = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            List<ColumnLine> lines = columns.get(name);
            tables.add(
                    lines == null
                            ? unreadableTable(name, kind, unreadable.getOrDefault(name, "SQLite tells no columns"))
                            : table(name, kind, lines));
        });
        return new Schema(tables, encoding, sqliteVersion, schemaVersion, functions, names);
    }

    private static List<String> keyNames(List<ColumnLine> lines) {
        List<ColumnLine> key = new ArrayList<>();
        for (ColumnLine line : lines) {
            if (line.keyPosition() > 0) {
                key.add(line);
            }
        }
        key.sort(Comparator.comparingInt(ColumnLine::keyPosition));
        List<String> names = new ArrayList<>(key.size());
        key.forEach(line -> names.add(line.name()));
        return names;
    }

    private Table unreadableTable(String name, Table.Kind kind, String problem) {
        return new Table(
                name,
                kind,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                declaration(name, ddl(name)),
                problem);
    }

    private TableDdl ddl(String table) {
        return TableDdl.of(tableSql.getOrDefault(table, ""));
    }

    private Declaration declaration(String table, TableDdl ddl) {
        return new Declaration(
                tableSql.getOrDefault(table, ""),
                ddl.autoincrement(),
                ddl.checks(),
                ddl.module(),
                triggers.getOrDefault(Names.fold(table), List.of()));
    }

    private Table table(String name, Table.Kind kind, List<ColumnLine> lines) {
        List<Index> ownIndexes = new ArrayList<>();
        boolean keyIsIndex = false;
        for (List<IndexLine> terms : indexes.getOrDefault(name, Map.of()).values()) {
            ownIndexes.add(index(terms));
            keyIsIndex |= terms.get(0).origin() == Index.Origin.PRIMARY_KEY;
        }
        TableDdl ddl = ddl(name);
        boolean keyIsRowid = !ddl.withoutRowid()
                && (kind == Table.Kind.TABLE || kind == Table.Kind.SHADOW)
                && keyNames(lines).size() == 1
                && !keyIsIndex;
        List<Column> ownColumns = new ArrayList<>(lines.size());
        List<Column> key = new ArrayList<>();
        for (ColumnLine line : lines) {
            Column column = column(line, keyIsRowid && line.keyPosition() > 0, ddl);
            ownColumns.add(column);
            if (column.keyPosition() > 0) {
                key.add(column);
            }
        }
        key.sort(Comparator.comparingInt(Column::keyPosition));
        return new Table(
                name,
                kind,
                ownColumns,
                key,
                foreignKeys(name, ddl.foreignKeys()),
                ownIndexes,
                ddl.withoutRowid(),
                ddl.strict(),
                declaration(name, ddl),
                null);
    }

    private static Column column(ColumnLine line, boolean rowid, TableDdl ddl) {
        // SQLite takes a comment before GENERATED ALWAYS for a part of the type.
        String declaredType = SqlTokens.withoutComments(line.declaredType());
        return new Column(
                line.table(),
                line.name(),
                line.position(),
                declaredType,
                ColumnType.of(declaredType),
                line.notNull() || rowid,
                line.defaultSql(),
                line.hidden() > 1 ? ddl.generated(line.name()) : null,
                line.keyPosition(),
                rowid ? Column.Kind.ROWID : columnKind(line.hidden()),
                ddl.collation(line.name()));
    }

    private static Column.Kind columnKind(int hidden) {
        return switch (hidden) {
            case 1 -> Column.Kind.HIDDEN;
            case 2 -> Column.Kind.GENERATED_VIRTUAL;
            case 3 -> Column.Kind.GENERATED_STORED;
            default -> Column.Kind.NORMAL;
        };
    }

    /** The pragma and the text tell the keys in the same order; if not in the same number, the text is left alone. */
    private List<ForeignKey> foreignKeys(String table, List<TableDdl.KeyTail> tails) {
        List<List<ReferenceLine>> lines =
                List.copyOf(references.getOrDefault(table, Map.of()).values());
        List<ForeignKey> foreignKeys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            foreignKeys.add(
                    foreignKey(lines.get(i), lines.size() == tails.size() ? tails.get(i) : TableDdl.KeyTail.NONE));
        }
        return foreignKeys;
    }

    private ForeignKey foreignKey(List<ReferenceLine> lines, TableDdl.KeyTail tail) {
        ReferenceLine first = lines.get(0);
        List<String> parentColumns = new ArrayList<>();
        for (ReferenceLine line : lines) {
            String column = line.parentColumn();
            if (column != null) {
                parentColumns.add(column);
            }
        }
        return new ForeignKey(
                first.table(),
                lines.stream().map(ReferenceLine::column).toList(),
                first.parentTable(),
                parentColumns.isEmpty() ? keys.getOrDefault(Names.fold(first.parentTable()), List.of()) : parentColumns,
                first.onUpdate(),
                first.onDelete(),
                tail.deferred(),
                tail.name());
    }

    private Index index(List<IndexLine> lines) {
        IndexLine first = lines.get(0);
        IndexDdl ddl = IndexDdl.of(indexSql.getOrDefault(first.name(), ""));
        List<Index.Term> terms = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            IndexLine line = lines.get(i);
            terms.add(new Index.Term(
                    line.column(), line.column() == null ? ddl.term(i) : null, line.descending(), line.collation()));
        }
        String predicate = ddl.predicate();
        return new Index(
                first.name(),
                first.table(),
                first.unique(),
                first.origin(),
                terms,
                first.partial() && predicate == null ? "" : predicate);
    }
}
