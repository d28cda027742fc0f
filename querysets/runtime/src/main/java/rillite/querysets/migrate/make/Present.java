package rillite.querysets.migrate.make;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import rillite.querysets.SqlFunctions;
import rillite.querysets.migrate.Migrations;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/** The schema as it is now: that of a database, or the one to which migrations lead. */
sealed interface Present {

    /** Lends a connection to it for the time of the work. */
    <T> Mono<T> with(Function<Connection, Mono<T>> work);

    /** Whether there are rows that are worth counting. */
    boolean hasRows();

    private static <T> Mono<T> lend(ConnectionFactory connections, Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(connections.create(), work, Connection::close);
    }

    /** What is in a database. */
    record Live(ConnectionFactory connections) implements Present {

        @Override
        public <T> Mono<T> with(Function<Connection, Mono<T>> work) {
            return lend(connections, work);
        }

        @Override
        public boolean hasRows() {
            return true;
        }
    }

    /** What migrations make of an empty database, which is one in memory. */
    record Migrated(Migrations migrations) implements Present {

        @Override
        public <T> Mono<T> with(Function<Connection, Mono<T>> work) {
            return Mono.usingWhen(
                    Mono.fromSupplier(() -> SqliteConnectionFactory.from(SqlFunctions.addTo(
                                    SqliteConnectionConfiguration.builder().memory())
                            .build())),
                    connections -> migrations.migrate(connections).then(Mono.defer(() -> lend(connections, work))),
                    SqliteConnectionFactory::close);
        }

        @Override
        public boolean hasRows() {
            return false;
        }
    }
}
