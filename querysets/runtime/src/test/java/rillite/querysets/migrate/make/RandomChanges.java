package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.GivenSchema.GivenColumn;
import rillite.querysets.migrate.make.GivenSchema.GivenIndex;
import rillite.querysets.migrate.make.GivenSchema.GivenTable;
import rillite.querysets.migrate.make.GivenSchema.GivenView;
import rillite.querysets.migrate.make.GivenSchema.Key;

/** A random schema, random rows for it, and random changes that make another one of it. */
final class RandomChanges {

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "Title",
            "order",
            "select",
            "two words",
            "quo\"ted",
            "it's",
            "é",
            "日本",
            "x.y",
            "[z]",
            "`t`",
            "1st",
            "key",
            "rowid",
            "group",
            "c--d",
            "e/*f",
            "semi;colon",
            "new",
            "Übung",
            "CHECK",
            "u_v");
    private static final List<String> ACTIONS =
            List.of("", "ON DELETE CASCADE", "ON DELETE SET NULL", "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED");

    private final Random random;
    private int ids = 1;
    private final List<GivenTable> tables = new ArrayList<>();
    private final List<GivenView> views = new ArrayList<>();
    private final Set<String> taken = new HashSet<>(Set.of("log"));

    RandomChanges(Random random) {
        this.random = random;
        for (int i = 0; i <= random.nextInt(4); i++) {
            newTable();
        }
        newViews();
    }

    GivenSchema schema() {
        return new GivenSchema(List.copyOf(tables), List.copyOf(views));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A name that is used nowhere, whatever its case. */
    private String fresh(Set<String> used) {
        List<String> free =
                NAMES.stream().filter(name -> !used.contains(fold(name))).toList();
        String name = free.isEmpty() ? "n" + ids++ : any(free);
        used.add(fold(name));
        return name;
    }

    private static String fold(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    private Set<String> names(GivenTable table) {
        Set<String> used = new HashSet<>();
        table.columns().forEach(column -> used.add(fold(column.name())));
        return used;
    }

    private void newTable() {
        Set<String> used = new HashSet<>();
        List<GivenColumn> columns = new ArrayList<>();
        columns.add(new GivenColumn(
                0, chance(60) ? "id" : fresh(used), "", false, null, null, false, false, null, "", null));
        used.add("id");
        boolean strict = chance(30);
        int id = ids++;
        Key key = any(List.of(Key.values()));
        for (int i = 0; i < random.nextInt(5); i++) {
            columns.add(newColumn(fresh(used), strict));
        }
        Collections.shuffle(columns, random);
        GivenTable table = new GivenTable(id, fresh(taken), key, strict, columns, List.of(), List.of());
        tables.add(table);
        tables.set(tables.size() - 1, decorated(table));
    }

    private GivenTable decorated(GivenTable table) {
        List<GivenIndex> indexes = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            GivenColumn column = any(table.columns());
            indexes.add(new GivenIndex("i " + fresh(taken), List.of(column.id()), chance(30), chance(30), chance(30)));
        }
        List<String> triggers = new ArrayList<>();
        for (int i = 0; i < random.nextInt(2); i++) {
            triggers.add("t " + fresh(taken));
        }
        return table.with(indexes, triggers);
    }

    private GivenColumn newColumn(String name, boolean strict) {
        if (chance(12)) {
            String type = strict ? "INT" : "";
            return new GivenColumn(
                    ids++, name, type, false, null, null, false, false, null, "", any(List.of("STORED", "VIRTUAL")));
        }
        if (!tables.isEmpty() && chance(20)) {
            Integer parent = any(tables).id();
            return new GivenColumn(ids++, name, "INTEGER", false, null, null, false, false, parent, any(ACTIONS), null);
        }
        boolean unique = chance(10);
        boolean notNull = !unique && chance(40);
        String value = unique ? null : defaultValue(notNull);
        return new GivenColumn(
                ids++, name, type(strict), notNull, value, collation(), unique, chance(15), null, "", null);
    }

    private @Nullable String defaultValue(boolean notNull) {
        return notNull || chance(30) ? any(List.of("7", "'x''y'", "(1 + 2)", "CURRENT_TIMESTAMP", "-3")) : null;
    }

    private @Nullable String collation() {
        return chance(20) ? any(List.of("NOCASE", "RTRIM")) : null;
    }

    private String type(boolean strict) {
        return any(
                strict
                        ? List.of("TEXT", "ANY")
                        : List.of("TEXT", "VARCHAR(20)", "", "INTEGER", "my \"type\"", "NUMERIC"));
    }

    private void newViews() {
        views.clear();
        taken.removeIf(name -> name.startsWith("v "));
        String over = null;
        for (int i = 0; i < random.nextInt(3) && !tables.isEmpty(); i++) {
            GivenTable table = over == null ? any(tables) : tables.get(0);
            String name = "v " + i;
            views.add(new GivenView(name, table.id(), over));
            over = chance(50) ? name : null;
        }
    }

    /** Another schema, and what to tell {@link Make} about the way there. */
    Make change(Make make) {
        GivenSchema before = schema();
        for (int i = 0; i <= random.nextInt(6); i++) {
            changeOnce();
        }
        if (chance(40)) {
            newViews();
        }
        views.removeIf(view -> !schema().has(view.table()));
        return told(make, before);
    }

    private Make told(Make make, GivenSchema before) {
        Make told = make.allowDataLoss();
        for (GivenTable table : before.tables()) {
            if (!schema().has(table.id())) {
                told = told.notRenamed(table.name());
                continue;
            }
            GivenTable now = schema().table(table.id());
            if (!now.name().equals(table.name())) {
                told = told.rename(table.name(), now.name());
            }
            for (GivenColumn column : table.columns()) {
                String place = table.name() + "." + column.name();
                if (!now.has(column.id())) {
                    told = told.notRenamed(place);
                } else if (!now.column(column.id()).name().equals(column.name())) {
                    told = told.rename(place, now.column(column.id()).name());
                }
            }
        }
        return told;
    }

    private void changeOnce() {
        if (tables.isEmpty() || chance(10)) {
            newTable();
            return;
        }
        int place = random.nextInt(tables.size());
        GivenTable table = tables.get(place);
        switch (random.nextInt(12)) {
            case 0 -> drop(place);
            case 1 -> tables.set(place, table.named(fresh(taken)));
            case 2 -> tables.set(place, table.with(any(List.of(Key.values())), table.strict()));
            case 3 -> tables.set(place, toggleStrict(table));
            case 4, 5 -> add(place);
            case 6 -> dropColumn(place);
            case 7 -> edit(place, column -> renamed(table, column));
            case 8 ->
                edit(
                        place,
                        column -> column.parent() != null
                                ? column.with(null, column.checked(), any(ACTIONS))
                                : column.with(collation(), chance(30), ""));
            case 9 -> edit(place, column -> retyped(table, column));
            case 10 -> tables.set(place, decorated(table));
            default -> shuffle(place);
        }
    }

    private void drop(int place) {
        int id = tables.get(place).id();
        tables.remove(place);
        for (int i = 0; i < tables.size(); i++) {
            GivenTable table = tables.get(i);
            for (GivenColumn column : table.columns()) {
                if (Objects.equals(column.parent(), id)) {
                    table = without(table, column.id());
                }
            }
            tables.set(i, table);
        }
        views.removeIf(view -> view.table() == id || view.over() != null);
    }

    private static GivenTable without(GivenTable table, int column) {
        List<GivenColumn> columns = new ArrayList<>(table.columns());
        columns.removeIf(c -> c.id() == column);
        List<GivenIndex> indexes = new ArrayList<>(table.indexes());
        indexes.removeIf(index -> index.columns().contains(column));
        return table.with(columns).with(indexes, table.triggers());
    }

    private static GivenTable toggleStrict(GivenTable table) {
        boolean strict = !table.strict();
        List<GivenColumn> columns = table.columns().stream()
                .map(column -> column.id() == 0 || column.generated() != null
                        ? column.typed(strict ? "INT" : "")
                        : column.parent() != null ? column : column.typed(strict ? "TEXT" : column.type()))
                .toList();
        return table.with(columns).with(table.key(), strict);
    }

    private void add(int place) {
        GivenTable table = tables.get(place);
        List<GivenColumn> columns = new ArrayList<>(table.columns());
        columns.add(
                chance(70) ? columns.size() : random.nextInt(columns.size() + 1),
                newColumn(fresh(names(table)), table.strict()));
        tables.set(place, table.with(columns));
    }

    private void dropColumn(int place) {
        GivenTable table = tables.get(place);
        GivenColumn column = any(table.columns());
        if (column.id() != 0) {
            tables.set(place, without(table, column.id()));
        }
    }

    private void edit(int place, java.util.function.UnaryOperator<GivenColumn> change) {
        GivenTable table = tables.get(place);
        List<GivenColumn> columns = new ArrayList<>(table.columns());
        int i = random.nextInt(columns.size());
        columns.set(i, change.apply(columns.get(i)));
        tables.set(place, table.with(columns));
    }

    /** SQLite renames no column from or to rowid. */
    private GivenColumn renamed(GivenTable table, GivenColumn column) {
        String name = fresh(names(table));
        return column.name().equals("rowid") || name.equals("rowid") ? column : column.named(name);
    }

    private GivenColumn retyped(GivenTable table, GivenColumn column) {
        if (column.id() == 0 || column.parent() != null || column.generated() != null || column.unique()) {
            return column;
        }
        boolean notNull = chance(50);
        return column.typed(table.strict() ? any(List.of("TEXT", "ANY")) : type(false))
                .withDefault(defaultValue(notNull), notNull);
    }

    private void shuffle(int place) {
        List<GivenColumn> columns = new ArrayList<>(tables.get(place).columns());
        Collections.shuffle(columns, random);
        tables.set(place, tables.get(place).with(columns));
    }

    /** INSERT statements for rows of the present schema. */
    String rows() {
        StringBuilder sql = new StringBuilder();
        for (GivenTable table : tables) {
            int count = random.nextInt(5);
            for (int row = 1; row <= count; row++) {
                List<String> names = new ArrayList<>();
                List<String> values = new ArrayList<>();
                for (GivenColumn column : table.columns()) {
                    if (column.generated() == null) {
                        names.add(GivenSchema.quoted(column.name()));
                        values.add(value(column, row));
                    }
                }
                sql.append("INSERT INTO ").append(GivenSchema.quoted(table.name()));
                sql.append(" (").append(String.join(", ", names)).append(") VALUES (");
                sql.append(String.join(", ", values)).append(");\n");
            }
            if (count > 1 && chance(50)) {
                String key = GivenSchema.quoted(table.column(0).name());
                sql.append("UPDATE ")
                        .append(GivenSchema.quoted(table.name()))
                        .append(" SET ")
                        .append(key);
                sql.append(" = ")
                        .append(key)
                        .append(" + 100 WHERE ")
                        .append(key)
                        .append(" = ")
                        .append(count)
                        .append(";\n");
                sql.append("DELETE FROM ").append(GivenSchema.quoted(table.name()));
                sql.append(" WHERE ")
                        .append(key)
                        .append(" = ")
                        .append(count + 100)
                        .append(";\n");
            }
        }
        return sql.toString();
    }

    private String value(GivenColumn column, int row) {
        if (column.id() == 0) {
            return String.valueOf(row);
        }
        if (column.parent() != null) {
            return "NULL";
        }
        if (!column.notNull() && chance(25)) {
            return "NULL";
        }
        return "'v" + row + any(List.of("", " ", "é", "''", "x")) + "'";
    }
}
