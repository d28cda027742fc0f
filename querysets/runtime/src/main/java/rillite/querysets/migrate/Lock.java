package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.MigrationScript.Mode;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteFeatures;
import rillite.r2dbc.SqliteRebuild;

/**
 * The write lock of the database, which is what keeps two migrators apart: each piece of work is one write transaction.
 *
 * @param patience how long to wait for others
 */
record Lock(Connection connection, Duration patience) {

    /** Settings of the connection that only this driver needs: migrations may take long, and may have to wait. */
    Mono<Void> prepare() {
        return SqliteCapabilities.find(connection, SqliteFeatures.class) == null
                ? Mono.empty()
                : Mono.from(connection.setStatementTimeout(Duration.ZERO))
                        .then(Mono.from(connection.setLockWaitTimeout(patience)));
    }

    /** Runs work in one transaction; what it gives is passed on after the commit. */
    <T> Mono<T> hold(String name, Mode mode, Supplier<Mono<T>> work) {
        return mode == Mode.REBUILD ? rebuild(name, work) : transaction(name, work);
    }

    private <T> Mono<T> rebuild(String name, Supplier<Mono<T>> work) {
        SqliteRebuild rebuild = SqliteCapabilities.find(connection, SqliteRebuild.class);
        return rebuild == null
                ? Mono.error(() -> MigrationErrors.invalidCall("Cannot run " + name
                        + ": it needs foreign keys off, which this connection does not offer (capability rebuildSession)."
                        + " Open the file with this library's driver."))
                : rebuild.rebuildSession(inner -> work.get());
    }

    private <T> Mono<T> transaction(String name, Supplier<Mono<T>> work) {
        return Mono.usingWhen(
                Mono.from(connection.beginTransaction(new Definition(name, patience)))
                        .thenReturn(connection),
                begun -> work.get()
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .delayUntil(value -> begun.commitTransaction())
                        .flatMap(Mono::justOrEmpty),
                begun -> Mono.empty(),
                (begun, error) -> Mono.from(begun.rollbackTransaction()).onErrorComplete(),
                Connection::rollbackTransaction);
    }

    private record Definition(String name, Duration patience) implements TransactionDefinition {
        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            if (option.equals(TransactionDefinition.NAME)) {
                return option.cast(name);
            }
            return option.equals(TransactionDefinition.LOCK_WAIT_TIMEOUT) ? option.cast(patience) : null;
        }
    }
}
