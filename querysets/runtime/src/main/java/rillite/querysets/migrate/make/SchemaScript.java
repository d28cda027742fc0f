package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteScript;
import rillite.r2dbc.SqliteScript.Kind;

/**
 * The text of a {@code schema.sql}: its statements that make up a schema. What the command line of SQLite writes beside them
 * when it dumps a database is passed over.
 *
 * @param name what to call it in messages
 * @param statements what is to be run
 * @param rows how many statements there are that write rows, which are no part of a schema
 */
record SchemaScript(String name, List<Line> statements, int rows) {

    private static final Set<String> WRITES = Set.of("INSERT", "REPLACE", "UPDATE", "DELETE", "WITH");
    private static final Set<String> OTHERS = Set.of("SELECT", "VALUES", "ANALYZE", "REINDEX", "VACUUM", "EXPLAIN");

    /** A statement and the line on which it begins, the first one being 1. */
    record Line(String sql, int number) {}

    SchemaScript {
        statements = List.copyOf(statements);
    }

    static SchemaScript of(String name, String text) {
        List<Line> lines = new ArrayList<>();
        int rows = 0;
        int line = 1;
        int counted = 0;
        for (SqliteScript.Statement statement : cut(name, text).statements()) {
            line += (int) text.substring(counted, statement.start())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            counted = statement.start();
            String verb = statement.verb();
            if (WRITES.contains(verb)) {
                rows++;
            } else if (statement.kind() != Kind.CONTROL
                    && !verb.startsWith("PRAGMA")
                    && !OTHERS.contains(verb)
                    && !isSqlites(statement)) {
                check(name, statement, line);
                lines.add(new Line(statement.sql(), line));
            }
        }
        return new SchemaScript(name, lines, rows);
    }

    /** The same, where it is a schema: an empty file would be a wish to drop everything. */
    SchemaScript withSchema() {
        if (statements.isEmpty()) {
            throw MakeErrors.nothing(name, rows);
        }
        if (statements.stream().noneMatch(line -> line.sql().regionMatches(true, 0, "CREATE", 0, 6))) {
            throw MakeErrors.noSchema(
                    name,
                    statements.get(0).number(),
                    "is no CREATE statement, and no other one is. A schema is made of them.");
        }
        return this;
    }

    private static void check(String name, SqliteScript.Statement statement, int line) {
        if (statement.parameters() > 0) {
            throw MakeErrors.noSchema(
                    name, line, "has a bind marker, and a schema has no values to bind. Quote text that contains it.");
        }
        if (statement.verb().equals("ATTACH") || statement.verb().equals("DETACH")) {
            throw MakeErrors.noSchema(name, line, "is about another file. A schema is that of one.");
        }
    }

    private static SqliteScript cut(String name, String text) {
        try {
            return SqliteScript.of(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSchemaException(name + " is no SQL text: " + e.getMessage(), e);
        }
    }

    /** The tables that SQLite makes by itself, and that a dump lists all the same. */
    private static boolean isSqlites(SqliteScript.Statement statement) {
        return statement.verb().equals("CREATE TABLE")
                && statement
                        .sql()
                        .substring("CREATE TABLE".length())
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .startsWith("sqlite_");
    }

    /** Builds the schema. */
    Mono<SchemaDump> in(Scratch scratch) {
        return scratch.run(statements.stream().map(Line::sql).toList())
                .flatMap(refusal -> Mono.<SchemaDump>error(MakeErrors.refused(this, refusal)))
                .switchIfEmpty(scratch.dump());
    }

    int lineOf(String sql) {
        return statements.stream()
                .filter(line -> line.sql().equals(sql))
                .mapToInt(Line::number)
                .findFirst()
                .orElse(1);
    }
}
