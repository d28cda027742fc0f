package rillite.cli.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.querysets.Nearest;
import rillite.querysets.schema.Affinity;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * Where records go.
 *
 * @param columns the column for each value of a record, in order; null for a value that is left out
 */
record ImportTarget(Table table, List<@Nullable Column> columns) {

    /** Stands for a value that is left out. */
    static final String NOWHERE = "-";

    /** One name and nothing else, as it is or in quotes. */
    private static final Pattern BARE = Pattern.compile("(?i)(?!(?:current_(?:date|time|timestamp)|true|false)$)"
            + "(?:[a-z_\\x{80}-\\x{10FFFF}][\\w$\\x{80}-\\x{10FFFF}]*+"
            + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\"|`[^`]*+(?:``[^`]*+)*+`|\\[[^]]*+])");

    ImportTarget {
        columns = Collections.unmodifiableList(new ArrayList<>(columns));
    }

    /**
     * Finds the columns by their names; case does not matter where that is clear. Computed columns are left out.
     *
     * @throws Refusal a name is unknown or stands twice, or a column that needs a value gets none
     */
    static ImportTarget of(Table table, List<String> names) {
        if (table.kind() == Table.Kind.VIEW || table.kind() == Table.Kind.SHADOW) {
            throw new Refusal("\"" + table.name() + "\" is no table that rows can be added to.");
        }
        List<@Nullable Column> columns = new ArrayList<>();
        Set<String> taken = new TreeSet<>();
        for (String name : names) {
            Column column = name.equals(NOWHERE) ? null : column(table, name);
            if (column != null && !taken.add(column.name())) {
                throw new Refusal("The column \"" + column.name() + "\" stands twice in the input.");
            }
            columns.add(column == null || column.isGenerated() ? null : column);
        }
        if (taken.isEmpty()) {
            throw new Refusal("The input has no column for the table \"" + table.name() + "\".");
        }
        requireAll(table, taken);
        return new ImportTarget(table, columns);
    }

    private static Column column(Table table, String name) {
        List<Column> same = table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .toList();
        return table.column(name).orElseGet(() -> {
            if (same.size() == 1) {
                return same.get(0);
            }
            List<String> known =
                    table.visibleColumns().stream().map(Column::name).toList();
            throw new Refusal("The input has a column \"" + name + "\", and the table \"" + table.name()
                    + "\" has none of that name." + Nearest.hint(Nearest.of(name, known))
                    + " Say with --columns where the values go, " + NOWHERE + " for nowhere.");
        });
    }

    private static void requireAll(Table table, Set<String> given) {
        List<String> missing = table.visibleColumns().stream()
                .filter(column -> !column.isOptionalOnInsert() && !given.contains(column.name()))
                .map(Column::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new Refusal("Every row of \"" + table.name() + "\" needs " + String.join(", ", missing)
                    + ", and the input has no such " + (missing.size() == 1 ? "column." : "columns."));
        }
    }

    /** The statement for one row. Where a column must not be NULL and has a default, NULL stands for that. */
    String sql() {
        List<Column> filled = filled();
        String names = filled.stream()
                .map(column -> OpenDatabase.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String values = filled.stream()
                .map(column -> hasDefault(column) ? "ifnull(?, (" + column.defaultSql() + "))" : "?")
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + OpenDatabase.quoted(table.name()) + " (" + names + ") VALUES (" + values + ")";
    }

    private static boolean hasDefault(Column column) {
        String sql = column.defaultSql();
        // a bare word is a text as a default, and would be a column in a statement
        return column.notNull()
                && sql != null
                && column.kind() == Column.Kind.NORMAL
                && !BARE.matcher(sql).matches();
    }

    private List<Column> filled() {
        List<Column> filled = new ArrayList<>();
        for (Column column : columns) {
            if (column != null) {
                filled.add(column);
            }
        }
        return filled;
    }

    /**
     * The values to bind for a record.
     *
     * @throws BadValueException it cannot be a row of the table
     */
    @Nullable Object[] values(Entry entry) {
        String problem = entry.problem();
        if (problem != null) {
            throw new BadValueException(problem);
        }
        if (entry.values().size() != columns.size()) {
            throw new BadValueException(Output.count(entry.values().size(), "field") + " where "
                    + Output.count(columns.size(), "column") + " are filled");
        }
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column != null) {
                values.add(value(column, entry.values().get(i), entry.text() == null));
            }
        }
        return values.toArray();
    }

    private static @Nullable Object value(Column column, @Nullable Object given, boolean emptyIsNull) {
        Object value = CellValue.of(column, given);
        if (value != null || !column.notNull() || column.kind() != Column.Kind.NORMAL || hasDefault(column)) {
            return value;
        }
        // an empty field says nothing about the difference, so it is the one that the column can have
        if (emptyIsNull && column.affinity() == Affinity.TEXT) {
            return "";
        }
        throw new BadValueException(column.qualifiedName() + " must have a value");
    }
}
