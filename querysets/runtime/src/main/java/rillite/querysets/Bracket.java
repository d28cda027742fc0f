package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.TransactionDefinition;
import reactor.core.publisher.Mono;

/** What stands before and after a piece of work on a connection. */
sealed interface Bracket {

    Mono<Void> begin();

    Mono<Void> commit();

    Mono<Void> rollback();

    /** A transaction. */
    record Whole(Connection connection, TransactionDefinition definition) implements Bracket {
        @Override
        public Mono<Void> begin() {
            return Mono.from(connection.beginTransaction(definition));
        }

        @Override
        public Mono<Void> commit() {
            return Mono.from(connection.commitTransaction());
        }

        @Override
        public Mono<Void> rollback() {
            return Mono.from(connection.rollbackTransaction());
        }
    }

    /** A part of a transaction. */
    record Part(Connection connection, String savepoint) implements Bracket {
        @Override
        public Mono<Void> begin() {
            return Mono.from(connection.createSavepoint(savepoint));
        }

        @Override
        public Mono<Void> commit() {
            return Mono.from(connection.releaseSavepoint(savepoint));
        }

        @Override
        public Mono<Void> rollback() {
            return Mono.from(connection.rollbackTransactionToSavepoint(savepoint))
                    .then(Mono.from(connection.releaseSavepoint(savepoint)));
        }
    }

    /** Nothing: reads in a transaction that is open. */
    record Nothing() implements Bracket {
        @Override
        public Mono<Void> begin() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> commit() {
            return Mono.empty();
        }

        @Override
        public Mono<Void> rollback() {
            return Mono.empty();
        }
    }
}
