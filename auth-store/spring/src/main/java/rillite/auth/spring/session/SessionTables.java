package rillite.auth.spring.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.SchemaReport;
import rillite.querysets.Database;
import rillite.querysets.Nearest;
import rillite.querysets.Row;

/**
 * What {@link SqliteReactiveSessionRepository#migrate} did and found.
 *
 * @param created tables and indexes that were missing
 * @param remarks what is otherwise than in the tables of today and is put up with, one sentence each
 */
public record SessionTables(List<String> created, List<String> remarks) {

    private static final String FOUND = "SELECT name, tbl_name, type FROM sqlite_schema"
            + " WHERE type IN ('table', 'index') AND lower(tbl_name) IN (lower(?1), lower(?1 || '_ATTRIBUTES'))";
    private static final String COLUMNS = "SELECT upper(c.name) AS name FROM pragma_table_info(?1) c ORDER BY c.cid";
    private static final String UNIQUE =
            "SELECT 1 AS one FROM pragma_index_list(?1) i WHERE i.\"unique\" AND NOT i.partial"
                    + " AND (SELECT group_concat(upper(c.name)) FROM pragma_index_info(i.name) c) = 'SESSION_ID'";

    private static final List<String> OF_SESSIONS = List.of(
            "PRIMARY_ID",
            "SESSION_ID",
            "CREATION_TIME",
            "LAST_ACCESS_TIME",
            "MAX_INACTIVE_INTERVAL",
            "EXPIRY_TIME",
            "PRINCIPAL_NAME");
    private static final List<String> OF_ATTRIBUTES =
            List.of("SESSION_PRIMARY_ID", "ATTRIBUTE_NAME", "ATTRIBUTE_BYTES");

    /** Copies the lists. */
    public SessionTables {
        created = List.copyOf(created);
        remarks = List.copyOf(remarks);
    }

    static Mono<SessionTables> migrate(Database database, String table) {
        return database.inTransaction(transaction -> found(database, table).flatMap(before -> {
                    Map<String, String> tables = missing(before, tables(table));
                    Map<String, String> indexes = missing(before, indexes(table));
                    List<String> created = new ArrayList<>(tables.keySet());
                    created.addAll(indexes.keySet());
                    return created(database, tables)
                            .then(checked(database, table))
                            .then(created(database, indexes))
                            .then(remarks(database, table))
                            .map(remarks -> new SessionTables(created, remarks));
                }))
                .single();
    }

    private static Map<String, String> missing(Set<String> before, Map<String, String> wanted) {
        Map<String, String> missing = new LinkedHashMap<>(wanted);
        missing.keySet().removeIf(name -> before.contains(name.toUpperCase(Locale.ROOT)));
        return missing;
    }

    private static Mono<Void> created(Database database, Map<String, String> texts) {
        return Flux.fromIterable(texts.values())
                .concatMap(text -> database.sql(text).execute())
                .then();
    }

    private static Mono<Set<String>> found(Database database, String table) {
        return rows(database, FOUND, table)
                .map(row -> String.valueOf(row.get("name")).toUpperCase(Locale.ROOT))
                .collectList()
                .map(Set::copyOf);
    }

    private static Flux<Row> rows(Database database, String sql, String table) {
        return Flux.defer(() -> database.sql(sql, table).values().flux());
    }

    private static Mono<SchemaReport> checked(Database database, String table) {
        return Mono.zip(
                        problems(database, table, OF_SESSIONS),
                        problems(database, table + "_ATTRIBUTES", OF_ATTRIBUTES))
                .map(found -> {
                    List<String> problems = new ArrayList<>(found.getT1());
                    problems.addAll(found.getT2());
                    return new SchemaReport(problems, List.of()).orThrow();
                });
    }

    private static Mono<List<String>> remarks(Database database, String table) {
        String notUnique =
                table + ".SESSION_ID has no unique index, as in the tables of older versions of Spring Session."
                        + " Two rows with one id would both be treated as ended. Replace " + table
                        + "_IX1 by a UNIQUE index.";
        return rows(database, UNIQUE, table).hasElements().map(unique -> unique ? List.of() : List.of(notUnique));
    }

    private static Mono<List<String>> problems(Database database, String table, List<String> wanted) {
        return rows(database, COLUMNS, table)
                .map(row -> String.valueOf(row.get("name")))
                .collectList()
                .map(columns -> {
                    Set<String> others = new TreeSet<>(columns);
                    others.removeAll(wanted);
                    return wanted.stream()
                            .filter(column -> !columns.contains(column))
                            .map(column -> "column " + table + "." + column + " is missing."
                                    + Nearest.hint(Nearest.of(column, others)))
                            .toList();
                });
    }

    /** The statements by the name of what they create, in the order in which they must run. */
    private static Map<String, String> tables(String table) {
        String attributes = table + "_ATTRIBUTES";
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(
                table,
                "CREATE TABLE " + table + " (PRIMARY_ID CHARACTER(36) NOT NULL, SESSION_ID CHARACTER(36) NOT NULL,"
                        + " CREATION_TIME INTEGER NOT NULL, LAST_ACCESS_TIME INTEGER NOT NULL,"
                        + " MAX_INACTIVE_INTERVAL INTEGER NOT NULL, EXPIRY_TIME INTEGER NOT NULL,"
                        + " PRINCIPAL_NAME VARCHAR(100), CONSTRAINT " + table + "_PK PRIMARY KEY (PRIMARY_ID))");
        wanted.put(
                attributes,
                "CREATE TABLE " + attributes + " (SESSION_PRIMARY_ID CHAR(36) NOT NULL,"
                        + " ATTRIBUTE_NAME VARCHAR(200) NOT NULL, ATTRIBUTE_BYTES BLOB NOT NULL, CONSTRAINT "
                        + attributes
                        + "_PK PRIMARY KEY (SESSION_PRIMARY_ID, ATTRIBUTE_NAME), CONSTRAINT " + attributes
                        + "_FK FOREIGN KEY (SESSION_PRIMARY_ID) REFERENCES " + table
                        + "(PRIMARY_ID) ON DELETE CASCADE)");
        return wanted;
    }

    private static Map<String, String> indexes(String table) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(table + "_IX1", "CREATE UNIQUE INDEX " + table + "_IX1 ON " + table + " (SESSION_ID)");
        wanted.put(table + "_IX2", "CREATE INDEX " + table + "_IX2 ON " + table + " (EXPIRY_TIME)");
        wanted.put(table + "_IX3", "CREATE INDEX " + table + "_IX3 ON " + table + " (PRINCIPAL_NAME)");
        return wanted;
    }
}
