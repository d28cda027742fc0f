package rillite.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Nearest;
import rillite.querysets.migrate.Migrations;

/** Makes the tables, and compares those that are there with what is needed. */
final class AuthSchema {

    private static final String SET = "rillite-auth";
    private static final String FOLDER = "rillite/auth/migrations";

    private static final String COLUMNS = "SELECT t.name AS tab, t.strict AS strict, c.name AS col,"
            + " c.type || iif(c.\"notnull\", '!', '') AS kind"
            + " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
            + " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    private static final String KEYS =
            "SELECT t.name || '(' || group_concat(c.name, ',' ORDER BY c.seqno) || ')' AS name"
                    + " FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c"
                    + " WHERE t.schema = 'main' AND t.name LIKE 'auth!_%' ESCAPE '!' AND i.\"unique\" AND NOT i.partial"
                    + " GROUP BY t.name, i.name";
    private static final String PARENTS = "SELECT t.name || '.' || f.\"from\" AS name FROM pragma_table_list t"
            + " JOIN pragma_foreign_key_list(t.name) f"
            + " WHERE t.schema = 'main' AND t.name LIKE 'auth!_%' ESCAPE '!' AND upper(f.on_delete) = 'CASCADE'";
    private static final String TRIGGERS =
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'auth!_%' ESCAPE '!'";
    private static final String ORPHANS =
            "SELECT \"table\" AS tab, parent, count(*) AS rows FROM pragma_foreign_key_check"
                    + " WHERE \"table\" LIKE 'auth!_%' ESCAPE '!' GROUP BY 1, 2";

    private AuthSchema() {}

    static Mono<Void> migrate(Store store) {
        ClassLoader loader = AuthSchema.class.getClassLoader();
        return Migrations.ofResources(loader, FOLDER)
                .set(SET)
                .migrate(store.database())
                .then(store.durable());
    }

    static Mono<SchemaReport> verify(Store store) {
        Mono<List<String>> problems = Mono.zip(
                        store.rows(COLUMNS).collectList(),
                        names(store, KEYS),
                        names(store, PARENTS),
                        names(store, TRIGGERS))
                .map(found -> {
                    Map<String, Map<String, String>> tables = new TreeMap<>();
                    Set<String> loose = new TreeSet<>();
                    found.getT1().stream().map(Fields::of).forEach(row -> {
                        String table = row.text("tab");
                        tables.computeIfAbsent(table, none -> new TreeMap<>()).put(row.text("col"), row.text("kind"));
                        if (!row.flag("strict")) {
                            loose.add(table);
                        }
                    });
                    List<String> wrong = problems(tables, loose, found.getT2(), found.getT3());
                    ExpectedTables.triggers().stream()
                            .filter(trigger -> tables.containsKey("auth_generation"))
                            .filter(trigger -> !found.getT4().contains(trigger))
                            .forEach(trigger -> wrong.add("trigger " + trigger + " is missing"));
                    return wrong;
                });
        Mono<List<String>> orphans = store.rows(ORPHANS)
                .map(Fields::of)
                .map(row ->
                        row.number("rows") + " rows of " + row.text("tab") + " have no row in " + row.text("parent"))
                .collectList();
        return Mono.zip(problems, orphans, SchemaReport::new);
    }

    private static Mono<Set<String>> names(Store store, String sql) {
        Flux<String> names = store.rows(sql).map(row -> Fields.of(row).text("name"));
        return names.collect(TreeSet::new, Set::add);
    }

    private static List<String> problems(
            Map<String, Map<String, String>> tables, Set<String> loose, Set<String> keys, Set<String> parents) {
        List<String> problems = new ArrayList<>();
        Set<String> others = new TreeSet<>(tables.keySet());
        others.removeAll(ExpectedTables.columns().keySet());
        ExpectedTables.columns().forEach((table, wanted) -> {
            Map<String, String> columns = tables.get(table);
            if (columns == null) {
                problems.add("table " + table + " is missing" + hint(table, others));
                return;
            }
            if (loose.contains(table)) {
                problems.add("table " + table + " is not STRICT");
            }
            wanted.forEach((column, kind) -> check(table, column, kind, columns, wanted.keySet(), problems));
            ExpectedTables.keys().stream()
                    .filter(key -> key.startsWith(table + "(") && !keys.contains(key))
                    .forEach(key -> problems.add("key " + key + " is not unique"));
            ExpectedTables.parents().stream()
                    .filter(parent -> parent.startsWith(table + ".") && !parents.contains(parent))
                    .forEach(parent ->
                            problems.add("column " + parent + " does not reference its parent ON DELETE CASCADE"));
        });
        return problems;
    }

    private static void check(
            String table,
            String column,
            String kind,
            Map<String, String> columns,
            Set<String> wanted,
            List<String> problems) {
        String found = columns.get(column);
        if (found == null) {
            Set<String> others = new TreeSet<>(columns.keySet());
            others.removeAll(wanted);
            problems.add("column " + table + "." + column + " is missing" + hint(column, others));
        } else if (!found.equalsIgnoreCase(kind)) {
            problems.add("column " + table + "." + column + " is " + words(found) + " and should be " + words(kind));
        }
    }

    private static String words(String kind) {
        return kind.replace("!", " NOT NULL");
    }

    private static String hint(String name, Set<String> others) {
        List<String> nearest = Nearest.of(name, others);
        return nearest.isEmpty() ? "" : " (is it " + String.join(" or ", nearest) + "?)";
    }
}
