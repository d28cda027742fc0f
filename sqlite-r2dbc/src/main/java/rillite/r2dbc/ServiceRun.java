package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;
import rillite.core.Lanes;
import rillite.core.Session;

/** Work that takes long and writes nothing here (VACUUM INTO, integrity checks): a connection of its own, closed at the end. */
final class ServiceRun {
    private ServiceRun() {}

    static Mono<SqliteResult> of(
            Engine engine, SqliteSelect select, SqliteConnectionConfiguration configuration, Codecs codecs) {
        return Mono.defer(() -> {
            Lanes<SqlitePhysical> lanes = java.util.Objects.requireNonNull(engine.lanes());
            Session<SqlitePhysical> session = lanes.session(configuration.lockWaitTimeout());
            Mono<Void> ready = lanes.hasReaders() ? session.dedicate() : Mono.empty();
            return Mono.usingWhen(
                    Mono.just(session),
                    open -> ready.thenMany(open.read(select, (chunk, row) -> new SqliteRow(chunk, row, codecs)))
                            .collectList()
                            .map(rows -> SqliteResult.rows(chunks(rows), codecs)),
                    Session::close);
        });
    }

    private static List<RowChunk> chunks(List<SqliteRow> rows) {
        List<RowChunk> chunks = new ArrayList<>();
        for (SqliteRow row : rows) {
            if (chunks.isEmpty() || chunks.get(chunks.size() - 1) != row.chunk()) {
                chunks.add(row.chunk());
            }
        }
        return chunks;
    }
}
