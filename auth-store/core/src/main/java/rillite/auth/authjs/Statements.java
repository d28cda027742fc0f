package rillite.auth.authjs;

import static java.util.stream.Collectors.joining;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.auth.SchemaMismatchException;
import rillite.auth.UnknownUserException;
import rillite.querysets.Database;
import rillite.querysets.schema.Table;

/** The statements on the tables of a layout. Columns always stand with their table: SQLite takes a lone unknown one for a text. */
final class Statements {

    private static final Pattern MISSING =
            Pattern.compile("no such (table|column)(: \\w+(\\.\\w+)*)?|table \\w+ has no column named \\w+");
    private static final int UNIQUE = 2067;
    private static final int PRIMARY_KEY = 1555;
    private static final int FOREIGN_KEY = 787;

    private final Database database;
    private final Layout layout;
    private final Clock clock;
    private final Warnings warnings;
    private final Map<Part, String> fields = new EnumMap<>(Part.class);

    Statements(Database database, Layout layout, Clock clock, Warnings warnings) {
        this.database = database;
        this.layout = layout;
        this.clock = clock;
        this.warnings = warnings;
        layout.parts().forEach(part -> fields.put(part, listed(part)));
    }

    private String listed(Part part) {
        return part.fields().stream()
                .map(field -> field.selected(column(part, field.name())) + " AS "
                        + Layout.quoted(Stored.alias(part, field.name())))
                .collect(joining(", "));
    }

    Layout layout() {
        return layout;
    }

    Database database() {
        return database;
    }

    Clock clock() {
        return clock;
    }

    Values values(Part part) {
        return new Values(layout, part);
    }

    String column(Part part, String name) {
        return layout.quoted(part) + "." + Layout.quoted(name);
    }

    /** All fields of a table, to be selected. */
    String fields(Part part) {
        layout.table(part); // says what to do where the layout has none
        return fields.getOrDefault(part, "");
    }

    /** Finds rows by an index, and of them by their exact texts, whatever the columns compare as: bind {@link #twice}. */
    String where(Part part, String... names) {
        return " WHERE " + exactly(part, names);
    }

    private String exactly(Part part, String... names) {
        return equal(part, names) + " AND "
                + List.of(names).stream()
                        .map(name -> exact(column(part, name)) + " = ?")
                        .collect(joining(" AND "));
    }

    /** As the columns compare: it finds more than the exact texts, in a column of numbers or with another collation. */
    private String equal(Part part, String... names) {
        return List.of(names).stream().map(name -> column(part, name) + " = ?").collect(joining(" AND "));
    }

    /** A cast keeps the collation of its column. */
    private static String exact(String column) {
        return "CAST(" + column + " AS TEXT) COLLATE BINARY";
    }

    /** What {@link #where} binds. */
    static Object[] twice(String... values) {
        return Stream.concat(Stream.of(values), Stream.of(values)).toArray();
    }

    /** Whether a row is of a user, as texts: a userId that is declared uuid would be compared as a number, past the key. */
    String ofUser(Part part) {
        String user = column(Part.USER, "id");
        String of = "CAST(" + column(part, "userId") + " AS TEXT)";
        return user + " = " + of + " AND " + exact(user) + " = " + of;
    }

    /** The rows; nothing for texts that no row can hold. */
    Flux<Stored> rows(String sql, @Nullable Object... values) {
        for (Object value : values) {
            if (value instanceof String text && !Values.canBeStored(text)) {
                return Flux.empty();
            }
        }
        return Flux.defer(() -> database.sql(sql, values).values().flux())
                .onErrorMap(Statements::otherTables)
                .map(row -> new Stored(row, layout, warnings));
    }

    /** The row made first of those that a SELECT on a table gives. */
    Mono<Stored> first(Part part, String sql, @Nullable Object... values) {
        return rows(sql + " ORDER BY " + layout.quoted(part) + ".rowid LIMIT 1", values)
                .singleOrEmpty();
    }

    /** What a write gives back. It is read to its end, so that the commit is known. */
    Mono<Stored> written(String sql, @Nullable Object... values) {
        return rows(sql, values).collectList().flatMap(rows -> Mono.justOrEmpty(rows.isEmpty() ? null : rows.get(0)));
    }

    /** The one number that a SELECT gives. */
    Mono<Long> number(String sql) {
        return database.sql(sql).values().flat(Long.class).get();
    }

    Mono<Long> change(String sql, @Nullable Object... values) {
        return Mono.defer(() -> database.sql(sql, values).execute()).onErrorMap(Statements::otherTables);
    }

    /** A table or column is not there: it was made by nobody, or is called otherwise. Other errors stay as they are. */
    private static Throwable otherTables(Throwable error) {
        Matcher missing = MISSING.matcher(String.valueOf(error.getMessage()));
        return missing.find()
                ? new SchemaMismatchException(
                                LayoutReport.WRONG,
                                List.of(missing.group()),
                                "verifySchema() names all that is wrong; createTables() makes the tables of a new file.")
                        .initCause(error)
                : error;
    }

    /** Inserts a row. */
    Mono<Stored> insert(Values values) {
        stamp(values, "createdAt", "updatedAt");
        return inserted(values, "VALUES (" + places(values) + ")", values.values());
    }

    /** Inserts a row unless there is one with the same values in those columns: then nothing is given. */
    Mono<Stored> insertNew(Values values, String... key) {
        stamp(values, "createdAt", "updatedAt");
        List<@Nullable Object> bound = values.values();
        for (String name : key) {
            bound.add(bound.get(values.names().indexOf(name)));
        }
        String unless = "SELECT " + places(values) + " WHERE NOT EXISTS (SELECT 1 FROM " + layout.quoted(values.part())
                + " WHERE " + equal(values.part(), key) + ")"; // the keys of the table would refuse it too
        return inserted(values, unless, bound);
    }

    private Mono<Stored> inserted(Values values, String source, List<@Nullable Object> bound) {
        Part part = values.part();
        String sql = "INSERT INTO " + layout.quoted(part) + " ("
                + values.names().stream().map(Layout::quoted).collect(joining(", ")) + ") " + source + " RETURNING "
                + fields(part);
        return written(sql, bound.toArray());
    }

    private static String places(Values values) {
        return String.join(", ", Collections.nCopies(values.names().size(), "?"));
    }

    /** Writes the values into the row with that key; nothing is given when there is none. */
    Mono<Stored> update(Values values, String key, String id) {
        return updated(values, exactly(values.part(), key), id, id);
    }

    /** The same, but only if an expression still has that value. */
    Mono<Stored> updateIf(Values values, String key, String id, String expression, String expected) {
        return updated(values, exactly(values.part(), key) + " AND " + expression + " = ?", id, id, expected);
    }

    private Mono<Stored> updated(Values values, String condition, String... bound) {
        stamp(values, "updatedAt");
        Part part = values.part();
        String sets = values.names().stream()
                .map(name -> Layout.quoted(name) + " = ?")
                .collect(joining(", "));
        List<@Nullable Object> all = values.values();
        all.addAll(List.of(bound));
        return written(
                "UPDATE " + layout.quoted(part) + " SET " + sets + " WHERE " + condition + " RETURNING " + fields(part),
                all.toArray());
    }

    /** Deletes rows; none is as good as one. */
    Mono<Void> delete(Part part, String[] names, String... values) {
        if (!Values.canBeStored(values)) {
            return Mono.empty();
        }
        return change("DELETE FROM " + layout.quoted(part) + where(part, names), twice(values))
                .then();
    }

    /** Dates of the row, where the file had such columns when it was opened. */
    private void stamp(Values values, String... columns) {
        if (layout.rules().stamps()) {
            Optional<Table> table = database.schema().find(layout.table(values.part()));
            for (String column : columns) {
                if (table.flatMap(found -> found.column(column)).isPresent()) {
                    values.date(column, clock.instant());
                }
            }
        }
    }

    static boolean isTaken(Throwable error) {
        return error instanceof R2dbcDataIntegrityViolationException violation
                && (violation.getErrorCode() == UNIQUE || violation.getErrorCode() == PRIMARY_KEY);
    }

    /** The error when a row names a user who is not there. */
    static Throwable withoutUser(Throwable error, String userId) {
        return error instanceof R2dbcDataIntegrityViolationException violation
                        && violation.getErrorCode() == FOREIGN_KEY
                ? new UnknownUserException(
                        "There is no user " + userId + " to whom it could belong. Create them first.")
                : error;
    }
}
