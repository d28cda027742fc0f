package rillite.querysets;

import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteFeatures;

/** Runs queries whose rows bring related rows along: all their statements see one state of the database. */
final class RelatedRows {

    /** Owners of one chunk, unless the query says otherwise. */
    static final int CHUNK = 500;

    private static final List<String> GIVEN_UP = List.of("[TRANSACTION_IDLE]", "[CURSOR_IDLE]", "[SNAPSHOT_TOO_OLD]");

    private final Database database;

    RelatedRows(Database database) {
        this.database = database;
    }

    /**
     * Rows as they are requested: a chunk of them is read and completed, then handed out, while the next one is made ready,
     * and no more. The snapshot ends with the statements of the last chunk.
     */
    Flux<Row> stream(QueryState state) {
        int size = state.fetchSize() == 0 ? CHUNK : state.fetchSize();
        return database.runner()
                .inSnapshot(session ->
                        chunks(session, state, size).concatMap(chunk -> completed(session, chunk, state.plan()), 0))
                .onErrorMap(RelatedRows::isGivenUp, error -> LoadingErrors.pausedTooLong(state.table(), error))
                .concatMapIterable(chunk -> chunk, 1);
    }

    /** Whether the connection took its snapshot back, because the subscriber held it too long. */
    private static boolean isGivenUp(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return error instanceof R2dbcException && GIVEN_UP.stream().anyMatch(message::contains);
    }

    private Flux<List<Row>> chunks(Session session, QueryState state, int size) {
        RowReader reader = state.plan().reader();
        SqliteFeatures features = session.find(SqliteFeatures.class);
        if (features != null && features.concurrentStatements()) {
            return session.rows(state.text(state.selects().rows()), size, reader::read)
                    .buffer(size);
        }
        int most = database.limits().materialized();
        return session.rows(state.text(state.selects().rows()), size, reader::read)
                .take(most + 1L)
                .collectList()
                .flatMapMany(all -> all.size() > most
                        ? Flux.error(LoadingErrors.tooManyOwners(state.table(), most))
                        : Flux.fromIterable(all).buffer(size));
    }

    /** All rows, then one statement for each relation. */
    Mono<List<Row>> all(QueryState state) {
        return database.runner()
                .inSnapshot(session -> session.rows(
                                state.text(state.selects().rows()),
                                state.fetchSize(),
                                state.plan().reader()::read)
                        .collectList()
                        .flatMap(rows -> completed(session, rows, state.plan())))
                .single();
    }

    /** Rows whose related rows are loaded too, one statement for each relation. */
    Mono<List<Row>> completed(Session session, List<Row> rows, RowPlan plan) {
        int most = database.limits().prefetched();
        return new RelationLoader(session, most, false)
                .load(rows, plan.levels())
                .thenReturn(rows);
    }

    /** Copies of rows with relations that their query did not load. */
    Mono<List<Row>> load(List<Row> rows, List<Prefetch> prefetches, boolean again) {
        if (rows.isEmpty()) {
            return Mono.just(List.of());
        }
        String table = rows.get(0).tableName();
        for (Row row : rows) {
            if (!row.tableName().equals(table)) {
                throw LoadingErrors.mixedTables(table, row.tableName());
            }
        }
        QueryState state = QueryState.all(database, database.model(table)).prefetching(prefetches);
        List<Level> levels = state.plan().levels();
        return database.runner()
                .inSnapshot(session -> Mono.defer(() -> {
                    List<Row> copies = copies(rows, levels, table);
                    int most = database.limits().prefetched();
                    return new RelationLoader(session, most, again)
                            .load(distinct(copies), levels)
                            .thenReturn(copies);
                }))
                .single();
    }

    private static List<Row> copies(List<Row> rows, List<Level> levels, String table) {
        WiderShapes wider = new WiderShapes(levels.stream().map(Level::holder).toList(), Origin.of(table));
        Map<Row, @Nullable Row> copies = new IdentityHashMap<>();
        List<Row> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            all.add(copies.computeIfAbsent(row, wider::copy));
        }
        return all;
    }

    private static List<Row> distinct(List<Row> copies) {
        Map<Row, Boolean> known = new IdentityHashMap<>();
        return copies.stream().filter(row -> known.put(row, true) == null).toList();
    }
}
