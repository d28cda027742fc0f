package rillite.querysets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes up tables with odd names and all kinds of declarations, and writes them down in odd ways. */
final class RandomSchema {

    private static final List<String> NAMES = List.of(
            "id",
            "Order",
            "select",
            "a b",
            "x\"y",
            "it's",
            "[b",
            "c]",
            "`q`",
            "é",
            "É",
            "ünï 🌾",
            "a.b",
            "--c",
            "/*d*/",
            "e,f",
            "(g)",
            "check",
            "author_id",
            "Book_Id",
            "tag",
            "tags",
            "category",
            "box",
            "1st",
            "$v",
            "_",
            "__w__",
            "references",
            "primary key",
            ";z",
            "constraint");

    final List<GivenTable> tables = new ArrayList<>();
    private final Random random;

    record GivenColumn(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultSql,
            @Nullable String generatedSql,
            boolean stored,
            String collation,
            @Nullable String checkSql) {}

    record GivenKey(
            List<String> columns,
            String parent,
            List<String> parentColumns,
            boolean deferred,
            @Nullable String name,
            String onDelete) {}

    record GivenIndex(
            String name,
            boolean unique,
            List<String> columns,
            List<Boolean> descending,
            @Nullable String where) {}

    record GivenTable(
            String name,
            List<GivenColumn> columns,
            List<String> key,
            boolean autoincrement,
            boolean withoutRowid,
            boolean strict,
            List<List<String>> unique,
            List<GivenKey> foreignKeys,
            List<GivenIndex> indexes,
            @Nullable String checkSql,
            List<String> triggers) {

        GivenColumn column(String name) {
            return columns.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    RandomSchema(Random random) {
        this.random = random;
        List<String> names = names(2 + random.nextInt(8));
        for (String name : names) {
            tables.add(table(name, names));
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Different names, also for SQLite, which folds ASCII only. */
    private List<String> names(int count) {
        List<String> names = new ArrayList<>();
        Set<String> folded = new HashSet<>();
        while (names.size() < count) {
            String name = any(NAMES) + (chance(30) ? any(NAMES) : "");
            if (folded.add(ascii(name))) {
                names.add(name);
            }
        }
        return names;
    }

    static String ascii(String name) {
        StringBuilder lower = new StringBuilder();
        name.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    private GivenTable table(String name, List<String> all) {
        boolean strict = chance(20);
        List<String> names = names(1 + random.nextInt(7));
        List<GivenColumn> columns = new ArrayList<>();
        for (String column : names) {
            columns.add(column(column, names.get(0), strict));
        }
        List<String> plain = columns.stream()
                .filter(column -> column.generatedSql() == null)
                .map(GivenColumn::name)
                .toList();
        List<String> key = chance(80) ? some(plain, 2) : List.of();
        boolean rowidKey = key.size() == 1 && chance(50);
        if (rowidKey) {
            columns.replaceAll(column -> column.name().equals(key.get(0)) ? rowid(column) : column);
        }
        List<List<String>> unique = new ArrayList<>();
        List<GivenKey> foreignKeys = new ArrayList<>();
        List<GivenIndex> indexes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            unique.add(some(names, 2));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            foreignKeys.add(foreignKey(names, all));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            indexes.add(index(name + " " + i, names));
        }
        return new GivenTable(
                name,
                columns,
                key,
                rowidKey && chance(50),
                !key.isEmpty() && !rowidKey && chance(30),
                strict,
                unique,
                foreignKeys,
                indexes,
                chance(30) ? "1 <> /* ) */ 2 OR ')' = '('" : null,
                chance(30) ? List.of(name + " trigger") : List.of());
    }

    private static GivenColumn rowid(GivenColumn column) {
        return new GivenColumn(column.name(), "INTEGER", column.notNull(), null, null, false, column.collation(), null);
    }

    private GivenColumn column(String name, String first, boolean strict) {
        String type = any(
                strict
                        ? List.of("INT", "TEXT", "ANY")
                        : List.of("", "INTEGER", "TEXT", "VARCHAR(20)", "my \"type\"", "DATE"));
        boolean generated = !name.equals(first) && chance(15);
        return new GivenColumn(
                name,
                type,
                chance(30),
                !generated && chance(30)
                        ? any(List.of("7", "-5", "'it''s, CHECK (x)'", "1 + (2)", "CURRENT_TIMESTAMP"))
                        : null,
                generated ? "(" + quoted(first) + ") || ')'" : null,
                chance(50),
                any(List.of("BINARY", "BINARY", "NOCASE", "RTRIM")),
                chance(20) ? quoted(name) + " <> ')'" : null);
    }

    private GivenKey foreignKey(List<String> names, List<String> all) {
        List<String> columns = some(names, 2);
        GivenTable known = tables.isEmpty() || chance(20) ? null : any(tables);
        String parent = known == null ? any(all) : known.name();
        List<String> parentColumns = List.of();
        if (known != null && chance(70)) {
            List<List<String>> candidates = new ArrayList<>(known.unique());
            candidates.add(known.key());
            candidates.add(List.of(any(known.columns()).name()));
            candidates.removeIf(candidate -> candidate.size() > names.size());
            parentColumns = any(candidates);
            columns = exactly(parentColumns.size(), names);
        }
        return new GivenKey(
                parentColumns.isEmpty() ? some(names, 2) : columns,
                chance(10) ? parent + " gone" : parent,
                parentColumns,
                chance(30),
                chance(30) ? any(NAMES) : null,
                any(List.of("NO ACTION", "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT")));
    }

    private GivenIndex index(String name, List<String> names) {
        List<String> columns = some(names, 3);
        return new GivenIndex(
                name,
                chance(50),
                columns,
                columns.stream().map(column -> chance(40)).toList(),
                chance(30) ? quoted(columns.get(0)) + " IS NOT NULL" : null);
    }

    /** At most so many different ones, at least one. */
    private List<String> some(List<String> from, int most) {
        return exactly(Math.min(from.size(), 1 + random.nextInt(most)), from);
    }

    private List<String> exactly(int count, List<String> from) {
        List<String> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, count));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name in one of SQLite's quotes, sometimes with letters in the other case. */
    private String written(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> name.contains("]") ? quoted(name) : "[" + name + "]";
            case 1 -> "`" + name.replace("`", "``") + "`";
            default -> quoted(name);
        };
    }

    private String referred(String name) {
        return written(chance(30) ? ascii(name) : name);
    }

    private String list(List<String> names) {
        return "("
                + String.join(
                        gap() + "," + gap(), names.stream().map(this::referred).toList()) + ")";
    }

    private String gap() {
        return any(List.of(" ", " ", "\n", "\t", " /* ), CHECK (1 */ ", " -- COLLATE NOCASE, 'x\n"));
    }

    private String word(String keyword) {
        return gap() + (chance(50) ? keyword : ascii(keyword)) + gap();
    }

    String script() {
        StringBuilder sql = new StringBuilder();
        for (GivenTable table : tables) {
            List<String> parts = new ArrayList<>();
            table.columns().forEach(column -> parts.add(declared(table, column)));
            if (!table.key().isEmpty() && !table.autoincrement()) {
                parts.add(word("PRIMARY KEY") + list(table.key()));
            }
            table.unique().forEach(columns -> parts.add(word("UNIQUE") + list(columns)));
            table.foreignKeys().forEach(key -> parts.add(declared(key)));
            if (table.checkSql() != null) {
                parts.add(word("CONSTRAINT") + "\"the check\"" + word("CHECK") + "(" + table.checkSql() + ")");
            }
            sql.append("CREATE TABLE ")
                    .append(written(table.name()))
                    .append(gap())
                    .append("(");
            sql.append(String.join(gap() + ",", parts)).append(gap()).append(")");
            sql.append(String.join(",", options(table))).append(";\n");
        }
        for (GivenTable table : tables) {
            table.indexes().forEach(index -> sql.append(declared(table, index)));
            table.triggers()
                    .forEach(trigger -> sql.append("CREATE TRIGGER ")
                            .append(quoted(trigger))
                            .append(" AFTER INSERT ON ")
                            .append(referred(table.name()))
                            .append(" BEGIN SELECT 1; END;\n"));
        }
        return sql.toString();
    }

    private List<String> options(GivenTable table) {
        List<String> options = new ArrayList<>();
        if (table.withoutRowid()) {
            options.add(" WITHOUT ROWID");
        }
        if (table.strict()) {
            options.add(" STRICT");
        }
        return options;
    }

    private String declared(GivenTable table, GivenColumn column) {
        StringBuilder sql = new StringBuilder(gap())
                .append(written(column.name()))
                .append(gap())
                .append(column.type());
        if (column.generatedSql() != null) {
            sql.append(!table.strict() && chance(50) ? word("GENERATED ALWAYS") : "")
                    .append(word("AS"));
            sql.append("(")
                    .append(column.generatedSql())
                    .append(")")
                    .append(word(column.stored() ? "STORED" : "VIRTUAL"));
        }
        if (table.autoincrement() && column.name().equals(table.key().get(0))) {
            sql.append(word("PRIMARY KEY AUTOINCREMENT"));
        }
        if (column.defaultSql() != null) {
            boolean bare =
                    !column.defaultSql().contains("(") || column.defaultSql().startsWith("'");
            sql.append(word("DEFAULT")).append(bare ? column.defaultSql() : "(" + column.defaultSql() + ")");
        }
        if (column.notNull()) {
            sql.append(word("NOT NULL"));
        }
        if (!column.collation().equals("BINARY") || chance(20)) {
            sql.append(word("COLLATE")).append(column.collation());
        }
        if (column.checkSql() != null) {
            sql.append(word("CHECK")).append("(").append(column.checkSql()).append(")");
        }
        return sql.toString();
    }

    private String declared(GivenKey key) {
        return (key.name() == null ? "" : word("CONSTRAINT") + written(key.name()))
                + word("FOREIGN KEY")
                + list(key.columns())
                + word("REFERENCES")
                + referred(key.parent())
                + (key.parentColumns().isEmpty() ? "" : list(key.parentColumns()))
                + word("ON DELETE " + key.onDelete())
                + (key.deferred() ? word("DEFERRABLE INITIALLY DEFERRED") : chance(30) ? word("NOT DEFERRABLE") : "");
    }

    private String declared(GivenTable table, GivenIndex index) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < index.columns().size(); i++) {
            terms.add(referred(index.columns().get(i)) + (index.descending().get(i) ? word("DESC") : ""));
        }
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + quoted(index.name()) + " ON "
                + referred(table.name()) + "(" + String.join(",", terms) + ")"
                + (index.where() == null ? "" : word("WHERE") + index.where()) + ";\n";
    }
}
