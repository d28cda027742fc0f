package rillite.r2dbc;

import java.time.Duration;
import reactor.core.publisher.Mono;
import rillite.core.Lanes;
import rillite.core.Session;

/**
 * Work that takes long and writes nothing here (VACUUM INTO, integrity checks): on a connection of its own, closed at the
 * end; on the only one where there is no other.
 */
final class ServiceRun {
    private ServiceRun() {}

    static Mono<SqliteResult> of(SqliteConnection connection, SqliteSelect select, Duration timeout) {
        SqliteConnectionConfiguration configuration = connection.configuration();
        long most = configuration.maxMaterializeBytes();
        Codecs codecs = connection.codecs();
        return Mono.defer(() -> {
            Lanes<SqlitePhysical> lanes = connection.engine().lanes();
            if (lanes == null || !lanes.hasReaders()) {
                return WholeRead.of(connection.session(), select, most, codecs);
            }
            return Mono.usingWhen(
                    Mono.fromSupplier(() -> lanes.session(configuration.lockWaitTimeout())),
                    session -> {
                        session.statementTimeout(timeout);
                        return session.dedicate().then(WholeRead.of(session, select, most, codecs));
                    },
                    Session::close);
        });
    }
}
