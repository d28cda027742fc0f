package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the lines of the pragmas and turns them into records. Confined to one reading. */
final class SchemaBuilder {

    private final Map<String, List<ColumnLine>> columns = new TreeMap<>();
    private final Map<String, Table> unreadable = new TreeMap<>();
    private final Map<String, Map<Integer, List<ReferenceLine>>> references = new LinkedHashMap<>();
    private final Map<String, Map<String, List<IndexLine>>> indexes = new LinkedHashMap<>();

    record ColumnLine(
            String table,
            String tableType,
            boolean withoutRowid,
            boolean strict,
            int position,
            String name,
            String declaredType,
            boolean notNull,
            @Nullable String defaultSql,
            int keyPosition,
            int hidden,
            @Nullable String createTable) {}

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
            @Nullable String column) {}

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

    void unreadable(String name, String type, String problem) {
        unreadable.put(
                name, new Table(name, kind(type), List.of(), List.of(), List.of(), List.of(), false, false, problem));
    }

    Schema build(String encoding, String sqliteVersion, RelationNames names) {
        Map<String, Table> tables = new TreeMap<>(unreadable);
        columns.forEach((name, lines) -> tables.put(name, table(name, lines)));
        return new Schema(List.copyOf(tables.values()), encoding, sqliteVersion, names);
    }

    private Table table(String name, List<ColumnLine> lines) {
        List<Index> ownIndexes = indexes.getOrDefault(name, Map.of()).values().stream()
                .map(SchemaBuilder::index)
                .toList();
        ColumnLine first = lines.get(0);
        String create = first.createTable();
        Map<String, String> collations = create == null ? Map.of() : Collations.of(create);
        boolean keyIsRowid = !first.withoutRowid()
                && List.of(Table.Kind.TABLE, Table.Kind.SHADOW).contains(kind(first.tableType()))
                && lines.stream().filter(line -> line.keyPosition() > 0).count() == 1
                && ownIndexes.stream().noneMatch(index -> index.origin() == Index.Origin.PRIMARY_KEY);
        List<Column> ownColumns = lines.stream()
                .map(line -> column(
                        line,
                        keyIsRowid && line.keyPosition() > 0,
                        collations.getOrDefault(line.name().toLowerCase(Locale.ROOT), "BINARY")))
                .toList();
        List<Column> key = ownColumns.stream()
                .filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(Column::keyPosition))
                .toList();
        List<ForeignKey> foreignKeys = references.getOrDefault(name, Map.of()).values().stream()
                .map(this::foreignKey)
                .toList();
        return new Table(
                name,
                kind(first.tableType()),
                ownColumns,
                key,
                foreignKeys,
                ownIndexes,
                first.withoutRowid(),
                first.strict(),
                null);
    }

    private static Column column(ColumnLine line, boolean rowid, String collation) {
        return new Column(
                line.table(),
                line.name(),
                line.position(),
                line.declaredType(),
                ColumnType.of(line.declaredType()),
                line.notNull() || rowid,
                line.defaultSql(),
                line.keyPosition(),
                rowid ? Column.Kind.ROWID : columnKind(line.hidden()),
                collation);
    }

    private static Column.Kind columnKind(int hidden) {
        return switch (hidden) {
            case 1 -> Column.Kind.HIDDEN;
            case 2 -> Column.Kind.GENERATED_VIRTUAL;
            case 3 -> Column.Kind.GENERATED_STORED;
            default -> Column.Kind.NORMAL;
        };
    }

    private ForeignKey foreignKey(List<ReferenceLine> lines) {
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
                parentColumns.isEmpty() ? keyNames(first.parentTable()) : parentColumns,
                first.onUpdate(),
                first.onDelete());
    }

    private List<String> keyNames(String table) {
        return columns.entrySet().stream()
                .filter(entry -> Names.same(entry.getKey(), table))
                .flatMap(entry -> entry.getValue().stream())
                .filter(line -> line.keyPosition() > 0)
                .sorted(Comparator.comparingInt(ColumnLine::keyPosition))
                .map(ColumnLine::name)
                .toList();
    }

    private static Index index(List<IndexLine> lines) {
        IndexLine first = lines.get(0);
        List<String> names = new ArrayList<>();
        for (IndexLine line : lines) {
            String column = line.column();
            if (column != null) {
                names.add(column);
            }
        }
        return new Index(
                first.name(),
                first.table(),
                first.unique(),
                first.origin(),
                first.partial(),
                names,
                names.size() < lines.size());
    }

    private static Table.Kind kind(String type) {
        return switch (type) {
            case "view" -> Table.Kind.VIEW;
            case "virtual" -> Table.Kind.VIRTUAL;
            case "shadow" -> Table.Kind.SHADOW;
            default -> Table.Kind.TABLE;
        };
    }
}
