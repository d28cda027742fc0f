package rillite.examples.quickstart;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.schema.Table;

/** What a database holds, as far as the demo shows it. */
final class Tables {

    /** Stands for rows that could not be counted in time. */
    static final long UNCOUNTED = Long.MAX_VALUE;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Tables() {}

    /** Tables with rows of their own, by name. */
    static List<Table> of(Database database) {
        return database.schema().tables().stream()
                .filter(table -> table.problem() == null)
                .filter(table -> table.kind() == Table.Kind.TABLE || table.kind() == Table.Kind.VIRTUAL)
                .toList();
    }

    /** Views that can be read, by name. */
    static List<String> views(Database database) {
        return database.schema().tables().stream()
                .filter(table -> table.problem() == null && table.kind() == Table.Kind.VIEW)
                .map(Table::name)
                .toList();
    }

    /** Rows per table; {@link #UNCOUNTED} for what is not counted within two seconds for all. */
    static Map<Table, Long> count(Database database) {
        Map<Table, Long> counts = new LinkedHashMap<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Table table : of(database)) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            Mono<Long> rows = database.objects(table.name()).count();
            counts.put(
                    table,
                    rows.timeout(left).onErrorReturn(UNCOUNTED).blockOptional().orElse(UNCOUNTED));
        }
        return counts;
    }
}
