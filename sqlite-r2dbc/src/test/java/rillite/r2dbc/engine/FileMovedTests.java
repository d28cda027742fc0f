package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** A file that is deleted or replaced under a live engine: noticed, refused, and open again after the engine is closed. */
final class FileMovedTests extends EngineCase {
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a)");
        exec(connection, "INSERT INTO t VALUES (1)");
    }

    private void move(String how) throws IOException {
        Path file = database.file();
        if (how.equals("replaced")) {
            Path other = Files.createFile(directory.resolve("other.db"));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(file, directory.resolve("elsewhere.db"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replaced", "moved"})
    void validation_noticesIt_andStatementsAreRefused(String how) throws IOException {
        assertThat(Await.<Boolean>one(connection.validate(ValidationDepth.REMOTE)))
                .isTrue();
        move(how);

        assertThat(Await.<Boolean>one(connection.validate(ValidationDepth.REMOTE)))
                .isFalse();
        assertThat(Await.<Boolean>one(connection.validate(ValidationDepth.LOCAL)))
                .isFalse();
        for (String sql :
                new String[] {"SELECT * FROM t", "INSERT INTO t VALUES (2)", "VACUUM", "PRAGMA user_version"}) {
            assertThat(assertFails(connection, sql, R2dbcNonTransientResourceException.class, "58030"))
                    .hasMessageContaining("app.db")
                    .hasMessageContaining("replaced")
                    .extracting(R2dbcException::getErrorCode)
                    .isEqualTo(1032);
        }
    }

    @Test
    void writes_noticeIt_afterAWhile() throws IOException {
        move("moved");

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        exec(connection, "INSERT INTO t VALUES (2)");
                    }
                })
                .isInstanceOf(R2dbcNonTransientResourceException.class)
                .hasMessageContaining("replaced");
    }

    @Test
    void openedAgain_isTheNewFile() throws IOException {
        move("replaced");
        done(connection.close());
        database.close();

        assertThat(open().value(Long.class, "SELECT count(*) FROM sqlite_schema"))
                .isZero();
    }

    /** The outside check of {@link TestDatabase} would look at another file: these tests end theirs themselves. */
    @RegisterExtension
    final AfterTestExecutionCallback closing = context -> {
        done(connection.close());
        database.close();
    };

    @AfterEach
    void clean() throws IOException {
        Files.deleteIfExists(directory.resolve("app.db-wal"));
        Files.deleteIfExists(directory.resolve("app.db-shm"));
    }
}
