package rillite.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes up tables with the worst names, which refer to each other. */
final class HostileSchema {

    private static final List<String> NAMES = List.of(
            "class",
            "enum",
            "int",
            "true",
            "_",
            "yield",
            "record",
            "var",
            "R",
            "row",
            "fields",
            "column",
            "from",
            "relation",
            "this",
            "list",
            "string",
            "object",
            "Override",
            "table",
            "tables",
            "ref",
            "refs",
            "cells",
            "longCol",
            "toMany",
            "new author",
            "author",
            "authors",
            "author table",
            "author_id",
            "AuthorId",
            "AUTHOR",
            "isNull",
            "is_null",
            "not null",
            "hashCode",
            "to_string",
            "getClass",
            "notify",
            "wait",
            "equals",
            "clone",
            "finalize",
            "value",
            "read",
            "related",
            "1st",
            "2",
            "3.14",
            " ",
            "a b",
            "a\tb",
            "line\nbreak",
            "line\r\nbreak",
            "quote\"quote",
            "it's",
            "back\\slash",
            "\\",
            "\\u0022",
            "\\u002a/ class X {} /*",
            "*/ class Y {} /*",
            "\"; static { System.exit(1); } String x = \"",
            "${jndi}",
            "$T",
            "$L$S",
            "%s",
            "{@code }",
            "<b>",
            "@Deprecated",
            "// ",
            "/**",
            "--",
            ";",
            ")",
            "é",
            "É",
            "e\u0301",
            "ß",
            "ſ",
            "İ",
            "ı",
            "ǆ",
            "ﬁ",
            "表",
            "表Table",
            "עברית",
            "\u202eevil",
            "zero\u200bwidth",
            "\u2028",
            "\ufeff",
            "🌾",
            "𝒜",
            "java",
            "java.lang.String",
            "rillite",
            "com.example.Thing",
            "package-info",
            "CON",
            "nul");

    private static final List<String> TYPES = List.of(
            "",
            "INTEGER",
            "TEXT",
            "REAL",
            "BLOB",
            "BOOLEAN",
            "DATE",
            "TIME",
            "DATETIME",
            "DECIMAL(8, 2)",
            "UUID",
            "JSON",
            "MONEY",
            "VARCHAR(20)");

    private final Random random;
    private final List<String> tables;
    private final StringBuilder script = new StringBuilder();

    HostileSchema(Random random) {
        this.random = random;
        tables = names(3 + random.nextInt(8));
        for (String table : tables) {
            table(table);
        }
        for (String view : names(2)) {
            if (tables.stream().noneMatch(table -> ascii(table).equals(ascii(view)))) {
                script.append("CREATE VIEW %s AS SELECT * FROM %s;\n".formatted(quoted(view), quoted(any(tables))));
            }
        }
    }

    String script() {
        return script.toString();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Different names for SQLite, which folds ASCII only. */
    private List<String> names(int count) {
        List<String> names = new ArrayList<>();
        Set<String> folded = new HashSet<>();
        while (names.size() < count) {
            String name = any(NAMES) + (random.nextInt(4) == 0 ? any(NAMES) : "");
            if (folded.add(ascii(name))) {
                names.add(name);
            }
        }
        return names;
    }

    private static String ascii(String name) {
        StringBuilder lower = new StringBuilder();
        name.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The first column is the key that others refer to. */
    private void table(String table) {
        List<String> names = names(2 + random.nextInt(8));
        List<String> parts = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        boolean linking = random.nextInt(4) == 0;
        for (int i = 0; i < names.size(); i++) {
            String name = quoted(names.get(i));
            if (i == 0 && !linking) {
                parts.add(name + " INTEGER PRIMARY KEY");
            } else if (i == names.size() - 1 && i > 2 && random.nextBoolean()) {
                parts.add(name + " TEXT AS (" + quoted(names.get(1)) + ")");
            } else {
                boolean refers = random.nextInt(3) == 0 || linking && i < 2;
                parts.add(name + " " + (refers ? "INTEGER" : any(TYPES))
                        + (random.nextBoolean() || linking && i < 2 ? " NOT NULL" : "")
                        + (random.nextInt(3) == 0 ? " DEFAULT 1" : "")
                        + (refers && random.nextInt(3) == 0 ? " UNIQUE" : ""));
                if (refers) {
                    keys.add("FOREIGN KEY (" + name + ") REFERENCES " + quoted(any(tables)));
                }
            }
        }
        if (linking) {
            parts.add("PRIMARY KEY (" + quoted(names.get(0)) + ", " + quoted(names.get(1)) + ")");
        }
        parts.addAll(keys);
        script.append("CREATE TABLE ")
                .append(quoted(table))
                .append(" (")
                .append(String.join(",\n", parts))
                .append(");\n");
    }
}
