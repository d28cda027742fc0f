package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * About how many rows tables have: as the statistics of the file say, but at least as many as are counted up to a bound.
 * Statistics may be missing or old, and counting a large table whole would take long.
 */
final class RowCounts {

    private static final String STATISTICS =
            "SELECT tbl, max(CAST(stat AS INTEGER)) AS row_count FROM sqlite_stat1 GROUP BY tbl";

    private final Database database;
    private final long bound;

    RowCounts(Database database, long bound) {
        this.database = database;
        this.bound = bound;
    }

    /** By table; what cannot be counted has 0. */
    Mono<Map<String, Long>> of(List<String> tables) {
        return analyzed()
                .flatMap(known -> Flux.fromIterable(tables)
                        .concatMap(table -> counted(table)
                                .map(rows -> Map.entry(table, Math.max(rows, known.getOrDefault(table, 0L)))))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Mono<Map<String, Long>> analyzed() {
        return database.sql(STATISTICS)
                .values()
                .flux()
                .collectMap(
                        row -> Objects.requireNonNull(row.get("tbl", String.class)),
                        row -> Objects.requireNonNullElse(row.get("row_count", Long.class), 0L))
                .onErrorReturn(Map.of());
    }

    private Mono<Long> counted(String table) {
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        return database.sql("SELECT count(*) FROM (SELECT 1 FROM " + quoted + " LIMIT " + bound + ")")
                .values()
                .flat(Long.class)
                .flux()
                .single()
                .onErrorReturn(0L);
    }
}
