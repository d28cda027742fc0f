package rillite.r2dbc.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** No space left, made by a limit on the number of pages: a typed error, nothing lost, and on it goes without a restart. */
@ExtendWith(LeakFree.class)
final class DiskFullIT {
    private static final String INSERT = "INSERT INTO big VALUES (zeroblob(3000))";

    @Test
    void full_isTyped_keepsEarlierRows_andRecovers(@TempDir Path directory) {
        try (var database = TestDatabase.in(directory, "session=dedicated")) {
            database.run("CREATE TABLE big (b BLOB)");
            Connection connection = database.connect();
            Await.done(TestDatabase.rows(connection, row -> row, "PRAGMA max_page_count = 50"));

            AtomicInteger rows = new AtomicInteger();
            Throwable error = Await.error(TestDatabase.counts(connection, INSERT)
                    .doOnNext(count -> rows.incrementAndGet())
                    .repeat(1_000));
            int written = rows.get();

            assertThat(error).isInstanceOf(R2dbcNonTransientResourceException.class);
            assertThat(((R2dbcException) error).getSqlState()).isEqualTo("53100");
            assertThat(written).isBetween(10, 60);
            assertThat(database.value(Integer.class, "SELECT count(*) FROM big"))
                    .isEqualTo(written);

            Await.done(connection.beginTransaction());
            Throwable inTransaction = Await.error(TestDatabase.counts(connection, INSERT));
            assertThat(inTransaction).isInstanceOf(R2dbcException.class);
            Await.done(connection.rollbackTransaction());
            assertThat(connection.isAutoCommit()).isTrue();

            Await.done(TestDatabase.rows(connection, row -> row, "PRAGMA max_page_count = 100000"));
            assertThat(Await.<Long>one(TestDatabase.counts(connection, INSERT))).isEqualTo(1);
            Await.done(connection.close());
            assertThat(database.value(Integer.class, "SELECT count(*) FROM big"))
                    .isEqualTo(written + 1);
        }
    }
}
