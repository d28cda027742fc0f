package rillite.cli;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import rillite.cli.Inspection.Rows;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** Looks into a database. Rows are counted for two seconds at the most, then they are estimated. */
final class Inspector {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> PRAGMAS = List.of(
            "journal_mode",
            "page_size",
            "page_count",
            "freelist_count",
            "auto_vacuum",
            "user_version",
            "application_id");

    private final OpenDatabase open;
    private final boolean exact;
    private final long end;

    private Inspector(OpenDatabase open, boolean exact) {
        this.open = open;
        this.exact = exact;
        end = System.nanoTime() + PATIENCE.toNanos();
    }

    /**
     * @param names the tables to look at; all of them when it is empty
     * @param exact whether to count to the end, however long it takes
     */
    static Inspection inspect(OpenDatabase open, List<String> names, boolean exact) {
        return new Inspector(open, exact).inspect(names);
    }

    private Inspection inspect(List<String> names) {
        Schema schema = open.database().schema();
        List<Table> shown = names.isEmpty()
                ? schema.tables().stream()
                        .filter(table -> table.kind() != Table.Kind.SHADOW)
                        .toList()
                : names.stream().distinct().map(this::find).toList();
        Map<String, Rows> rows = new LinkedHashMap<>();
        shown.forEach(table -> rows.put(table.name(), rows(table)));
        return new Inspection(open.path(), InputFile.size(open.path()), settings(schema), schema, shown, rows);
    }

    private Table find(String name) {
        return open.database().schema().find(name).orElseGet(() -> {
            // says which names are near
            open.database().objects(name);
            throw new IllegalStateException("no table " + name);
        });
    }

    private Map<String, Object> settings(Schema schema) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sqlite_version", schema.sqliteVersion());
        settings.put("encoding", schema.encoding());
        for (String name : PRAGMAS) {
            String value = open.text("PRAGMA " + name);
            settings.put(name, value.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(value) : value);
        }
        return settings;
    }

    private Rows rows(Table table) {
        String problem = table.problem();
        if (problem != null) {
            return new Rows(null, false, problem(open, table, problem));
        }
        // what a view costs is anybody's guess
        boolean view = table.kind() == Table.Kind.VIEW;
        if (view && !exact) {
            return Rows.UNKNOWN;
        }
        String name = OpenDatabase.quoted(table.name());
        Rows counted = number("SELECT count(*) FROM " + name, true);
        boolean estimable = counted == Rows.UNKNOWN && table.kind() == Table.Kind.TABLE && !table.withoutRowid();
        return estimable ? number("SELECT max(rowid) FROM " + name, false) : counted;
    }

    private Rows number(String sql, boolean isExact) {
        long left = end - System.nanoTime();
        if (isExact && !exact && left <= 0) {
            return Rows.UNKNOWN;
        }
        Mono<Long> number = open.rows(sql, row -> Objects.requireNonNullElse(row.get(0, Long.class), 0L))
                .next();
        try {
            Duration patience = isExact ? Duration.ofNanos(Math.max(1, left)) : PATIENCE;
            return new Rows((exact ? number : number.timeout(patience)).block(), isExact, null);
        } catch (RuntimeException e) {
            Throwable error = Exceptions.unwrap(e);
            if (error instanceof TimeoutException) {
                return Rows.UNKNOWN;
            }
            if (error instanceof R2dbcException refused) {
                return new Rows(null, false, DriverMessage.brief(refused));
            }
            throw e;
        }
    }

    /** Why a table or view cannot be read: what SQLite says about it by itself, if it says anything in time. */
    static String problem(OpenDatabase open, Table table, String known) {
        try {
            open.rows("EXPLAIN SELECT * FROM " + OpenDatabase.quoted(table.name()), row -> row)
                    .next()
                    .timeout(PATIENCE)
                    .block();
            return known;
        } catch (RuntimeException e) {
            return Exceptions.unwrap(e) instanceof R2dbcException refused ? DriverMessage.brief(refused) : known;
        }
    }
}
