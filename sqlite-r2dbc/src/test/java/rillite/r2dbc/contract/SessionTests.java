package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** The session itself: its state, its end, what it refuses, what a session of its own may do. */
final class SessionTests extends Contract {
    @Test
    void validate_openAndClosed_tells() {
        Connection session = database.connect();

        assertThat(Await.<Boolean>one(session.validate(ValidationDepth.LOCAL))).isTrue();
        assertThat(Await.<Boolean>one(session.validate(ValidationDepth.REMOTE))).isTrue();
        done(session.close());
        assertThat(Await.<Boolean>one(session.validate(ValidationDepth.LOCAL))).isFalse();
        assertThat(Await.<Boolean>one(session.validate(ValidationDepth.REMOTE))).isFalse();
    }

    @Test
    void validate_whileAnotherHoldsTheWriter_isTrue() {
        done(connection.beginTransaction());
        Connection other = database.connect();

        assertThat(Await.<Boolean>one(other.validate(ValidationDepth.REMOTE))).isTrue();

        done(other.close());
        done(connection.rollbackTransaction());
    }

    @Test
    void close_twice_completes() {
        Connection session = database.connect();

        done(session.close());
        done(session.close());
    }

    @Test
    void use_afterClose_isAnError() {
        Connection session = database.connect();
        done(session.close());

        assertThatThrownBy(() -> done(TestDatabase.column(session, Integer.class, "SELECT 1")))
                .isInstanceOfAny(R2dbcException.class, IllegalStateException.class);
    }

    @Test
    void createStatement_null_isRefused() {
        assertThatThrownBy(() -> connection.createStatement(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metadata_namesTheProduct() {
        assertThat(database.factory().getMetadata().getName()).isEqualTo("SQLite");
        assertThat(connection.getMetadata().getDatabaseProductName()).isEqualTo("SQLite");
        assertThat(connection.getMetadata().getDatabaseVersion()).startsWith("3.");
    }

    @Test
    void connection_isNotWrapped() {
        assertThat(connection).isNotInstanceOf(Wrapped.class).isInstanceOf(Lifecycle.class);
    }

    @Test
    void lifecycle_preRelease_rollsBackAndIsIdempotent() {
        Lifecycle lifecycle = (Lifecycle) connection;
        done(lifecycle.postAllocate());
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");

        done(lifecycle.preRelease());
        done(lifecycle.preRelease());

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).isEmpty();
    }

    @Test
    void statementsAtOnce_onOneSession_queue() {
        var inserts =
                Flux.range(1, 200).flatMap(i -> TestDatabase.counts(connection, "INSERT INTO t VALUES (?)", i), 200);

        Await.done(inserts);

        assertThat(committed())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void manySessions_writeAtOnce_noneIsLocked() {
        Mono<Void> writes = Flux.range(1, 500)
                .flatMap(i -> database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?)", i)), 500)
                .then();

        Await.done(writes);

        assertThat(database.value(Integer.class, "SELECT count(*) FROM t")).isEqualTo(500);
    }

    @Test
    void write_afterItsOnComplete_isSeenByEverySession() {
        for (int i = 1; i <= 50; i++) {
            exec("INSERT INTO t VALUES (?)", i);

            assertThat(database.value(Integer.class, "SELECT max(a) FROM t")).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE tt (a)",
                "CREATE TEMPORARY VIEW tv AS SELECT 1",
                "ATTACH ':memory:' AS other",
                "DETACH other"
            })
    void sharedSession_whatNeedsItsOwnConnection_isRefusedWithAdvice(String sql) {
        assertThat(Await.error(TestDatabase.counts(connection, sql)))
                .isInstanceOf(R2dbcException.class)
                .hasMessageContaining("session=dedicated");
    }

    @Test
    void dedicatedSession_tempTableAndAttach_work(@TempDir Path directory) {
        try (var dedicated = TestDatabase.at(directory.resolve("own.db"), "session=dedicated")) {
            Connection own = dedicated.connect();
            Await.done(TestDatabase.counts(own, "CREATE TEMP TABLE tt (a); INSERT INTO tt VALUES (1), (2)"));
            Await.done(TestDatabase.counts(own, "ATTACH ':memory:' AS other"));
            Await.done(TestDatabase.counts(own, "CREATE TABLE other.o (a); INSERT INTO other.o VALUES (3)"));

            assertThat(Await.all(TestDatabase.column(
                            own, Integer.class, "SELECT a FROM tt UNION ALL SELECT a FROM other.o ORDER BY 1")))
                    .containsExactly(1, 2, 3);

            done(own.close());
        }
    }
}
