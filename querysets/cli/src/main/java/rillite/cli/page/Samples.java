package rillite.cli.page;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import rillite.cli.DriverMessage;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Printable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** Reads the first rows of tables: in five seconds for all of them at the most, and no more of a value than is shown. */
final class Samples {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_COLUMNS = 60;
    private static final int CHARACTERS = 80;
    private static final int BYTES = 16;
    private static final int TOO_LARGE = 1_000_000;

    private final OpenDatabase open;
    private final int most;
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    Samples(OpenDatabase open, int most) {
        this.open = open;
        this.most = most;
    }

    /**
     * The first rows of a table.
     *
     * @param columns the columns of which values are shown
     * @param problem why there is none, else null
     */
    record Sample(
            List<Column> columns,
            List<List<Cell>> rows,
            @Nullable String problem) {

        static final Sample NONE = new Sample(List.of(), List.of(), null);
    }

    /**
     * A value.
     *
     * @param type as SQLite calls it: {@code null}, {@code integer}, {@code real}, {@code text} or {@code blob}
     * @param text as it is shown
     */
    record Cell(String type, String text) {}

    Sample of(Table table) {
        if (most == 0 || table.problem() != null || table.kind() == Table.Kind.SHADOW) {
            return Sample.NONE;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
            return new Sample(List.of(), List.of(), "There was no time left to read it.");
        }
        List<Column> columns =
                table.visibleColumns().stream().limit(MOST_COLUMNS).toList();
        String sql = columns.stream()
                .map(column -> OpenDatabase.quoted(column.name()))
                .map(name -> "typeof(" + name + "), octet_length(" + name + "), " + beginning(name))
                .collect(Collectors.joining(
                        ", ", "SELECT ", " FROM " + OpenDatabase.quoted(table.name()) + " LIMIT ?1"));
        try {
            List<List<Cell>> rows = open.rows(sql, row -> cells(row, columns.size()), most)
                    .collectList()
                    .timeout(Duration.ofNanos(left))
                    .block();
            return new Sample(columns, Objects.requireNonNull(rows), null);
        } catch (RuntimeException e) {
            return new Sample(List.of(), List.of(), problem(e));
        }
    }

    private static String beginning(String name) {
        return "CASE WHEN octet_length(" + name + ") > " + TOO_LARGE + " THEN '' WHEN typeof(" + name
                + ") = 'blob' THEN hex(substr(" + name + ", 1, " + BYTES + ")) ELSE substr(" + name + ", 1, "
                + (CHARACTERS + 1) + ") END";
    }

    private static List<Cell> cells(Row row, int columns) {
        List<Cell> cells = new ArrayList<>(columns);
        for (int i = 0; i < 3 * columns; i += 3) {
            String type = Objects.requireNonNull(row.get(i, String.class));
            long bytes = Objects.requireNonNullElse(row.get(i + 1, Long.class), 0L);
            String text = Objects.requireNonNullElse(row.get(i + 2, String.class), "");
            cells.add(new Cell(type, shown(type, bytes, text)));
        }
        return cells;
    }

    private static String shown(String type, long bytes, String text) {
        if (type.equals("null")) {
            return "NULL";
        }
        if (bytes > TOO_LARGE) {
            return type + " of " + Numbers.bytes(bytes);
        }
        if (type.equals("blob")) {
            return "x'" + text + (bytes > BYTES ? "…' of " + Numbers.bytes(bytes) : "'");
        }
        return Printable.cut(text, CHARACTERS);
    }

    private static String problem(RuntimeException thrown) {
        Throwable error = Exceptions.unwrap(thrown);
        if (error instanceof TimeoutException || error.getCause() instanceof TimeoutException) {
            return "It takes too long to read.";
        }
        if (error instanceof R2dbcException refused) {
            return "It cannot be read: " + DriverMessage.brief(refused);
        }
        throw thrown;
    }
}
