package rillite.r2dbc;

import reactor.core.publisher.Mono;
import rillite.core.Session;

/** Reads a query to its end at once, up to a bound, where what follows it must not change what it reads. */
final class WholeRead {
    private WholeRead() {}

    static Mono<SqliteResult> of(Session<SqlitePhysical> session, SqliteSelect select, long mostBytes, Codecs codecs) {
        return Mono.defer(() -> {
            long[] bytes = {0};
            return session.read(select, (chunk, row) -> row == chunk.size() - 1 ? chunk : null)
                    .<RowChunk>handle((chunk, sink) -> {
                        bytes[0] += chunk.bytes();
                        if (bytes[0] > mostBytes) {
                            sink.error(Errors.engine(
                                    EngineFault.QUERY_TOO_LARGE,
                                    "The rows exceed maxMaterializeBytes (" + mostBytes + ")",
                                    select.label(),
                                    null));
                        } else {
                            sink.next(chunk);
                        }
                    })
                    .collectList()
                    .map(chunks -> SqliteResult.rows(chunks, codecs));
        });
    }
}
