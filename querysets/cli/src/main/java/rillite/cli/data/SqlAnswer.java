package rillite.cli.data;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Row;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import rillite.cli.OpenDatabase;
import rillite.cli.Titles;
import rillite.r2dbc.SqliteScript;

/** The rows of a SQL statement, with values as SQLite stores them. */
final class SqlAnswer {

    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES");

    private List<String> names = List.of();

    private SqlAnswer() {}

    static Answer of(OpenDatabase open, SqliteScript.Statement statement, List<?> binds) {
        return new Answer(() -> names(open, statement, binds), Flux.defer(() -> {
            SqlAnswer answer = new SqlAnswer();
            return open.rows(statement.sql(), answer::line, binds.toArray());
        }));
    }

    /**
     * The titles of a result without rows: those of the one row that an outer join gives it. The statement has been run,
     * and is not run again: what changes rows is not asked, and LIMIT 0 reads none.
     */
    private static List<String> names(OpenDatabase open, SqliteScript.Statement statement, List<?> binds) {
        if (statement.changesRows() || !QUERIES.contains(statement.verb())) {
            return List.of();
        }
        String joined = "SELECT * FROM (SELECT 1 AS \"the row\") LEFT JOIN (SELECT * FROM (" + statement.sql()
                + "\n) LIMIT 0) ON true LIMIT 1";
        List<String> names =
                open.rows(joined, SqlAnswer::names, binds.toArray()).blockFirst();
        return names == null ? List.of() : names.subList(1, names.size());
    }

    private Answer.Line line(Row row) {
        if (names.isEmpty()) {
            names = names(row);
        }
        List<@Nullable Object> values = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.add(value(row, i));
        }
        return new Answer.Line(names, values);
    }

    private static List<String> names(Row row) {
        return Titles.distinct(row.getMetadata().getColumnMetadatas().stream()
                .map(ColumnMetadata::getName)
                .toList());
    }

    /** The value in its storage class: declared types such as BOOLEAN are not looked at. */
    static @Nullable Object value(Row row, int position) {
        Object value;
        try {
            value = row.get(position);
        } catch (RuntimeException undecodable) {
            return row.get(position, String.class);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Boolean) {
            return stored(row, position, Long.class);
        }
        return value instanceof Temporal || value instanceof UUID ? stored(row, position, String.class) : value;
    }

    private static @Nullable Object stored(Row row, int position, Class<?> type) {
        try {
            return row.get(position, type);
        } catch (RuntimeException other) {
            return row.get(position, String.class);
        }
    }
}
