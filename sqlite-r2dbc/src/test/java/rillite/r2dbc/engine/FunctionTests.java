package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteFunction;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;

/** Functions of the application, on the writer and on readers. */
@ExtendWith(LeakFree.class)
final class FunctionTests {
    @TempDir
    Path directory;

    private @Nullable SqliteConnectionFactory factory;

    @AfterEach
    void close() {
        if (factory != null) {
            factory.close().block();
        }
    }

    private Connection connect(SqliteFunction... functions) {
        SqliteConnectionConfiguration.Builder builder =
                SqliteConnectionConfiguration.fromUrl(
                        directory.resolve("app.db").toString())
                        .toBuilder();
        Arrays.stream(functions).forEach(builder::function);
        factory = SqliteConnectionFactory.from(builder.build());
        return Await.one(factory.create());
    }

    private static List<Object> all(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.map((row, metadata) -> String.valueOf(row.get(0))))
                .cast(Object.class)
                .collectList()
                .block();
    }

    private static void run(Connection connection, String sql) {
        Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> Mono.from(result.getRowsUpdated()))
                .then()
                .block();
    }

    private static SqliteFunction twice() {
        return new SqliteFunction("twice", 1, true, arguments -> {
            Object value = arguments[0];
            return value instanceof Long number
                    ? (Object) (number * 2)
                    : value instanceof String text ? text + text : null;
        });
    }

    @Test
    void function_onReadersAndWriter_alsoInAnIndexAndACheck() {
        Connection connection = connect(twice());
        run(
                connection,
                "CREATE TABLE t (a INTEGER CHECK (twice(a) < 100), b TEXT GENERATED ALWAYS AS (twice(a)) VIRTUAL)");
        run(connection, "CREATE INDEX i ON t (twice(a))");
        run(connection, "INSERT INTO t (a) VALUES (1), (twice(10))");
        assertThat(all(connection, "SELECT twice(a) FROM t ORDER BY a")).containsExactly("2", "40");
        assertThat(all(connection, "SELECT b FROM t ORDER BY a")).containsExactly("2", "40");
        assertThat(all(connection, "SELECT twice('ab')")).containsExactly("abab");
        assertThat(all(connection, "SELECT twice(NULL) IS NULL")).containsExactly("1");
        assertThatThrownBy(() -> run(connection, "INSERT INTO t (a) VALUES (50)"))
                .isInstanceOf(R2dbcException.class);
        Await.done(connection.close());
    }

    @Test
    void function_anyNumberOfArguments_allTypes() {
        Connection connection = connect(new SqliteFunction("kinds", -1, false, arguments -> {
            StringBuilder kinds = new StringBuilder();
            for (Object argument : arguments) {
                kinds.append(argument == null ? "null" : argument.getClass().getSimpleName())
                        .append(' ');
            }
            return kinds.toString();
        }));
        assertThat(all(connection, "SELECT kinds(1, 1.5, 'x', x'00', NULL)"))
                .containsExactly("Long Double String byte[] null ");
        Await.done(connection.close());
    }

    @Test
    void functionThatFails_namesItself_andTellsNoValue() {
        Connection connection = connect(new SqliteFunction("broken", 1, false, arguments -> {
            throw new IllegalStateException("secret " + arguments[0]);
        }));
        assertThatThrownBy(() -> all(connection, "SELECT broken('hunter2')"))
                .isInstanceOf(R2dbcException.class)
                .hasMessageContaining("function broken failed with java.lang.IllegalStateException")
                .hasMessageNotContaining("secret");
        assertThat(all(connection, "SELECT 1")).containsExactly("1");
        Await.done(connection.close());
    }

    @Test
    void functionThatReturnsSomethingElse_isRefused() {
        Connection connection = connect(new SqliteFunction("odd", 0, false, arguments -> List.of()));
        assertThatThrownBy(() -> all(connection, "SELECT odd()"))
                .hasMessageContaining("function odd returned a")
                .hasMessageContaining("may return Long, Integer, Double, String, bytes, Boolean or null");
        Await.done(connection.close());
    }

    @Test
    void functionOptions_areChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SqliteFunction(" ", 0, false, arguments -> null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteFunction("f", 128, false, arguments -> null))
                .withMessage("arguments of function f must be from -1 (any number) to 127, was 128");
    }

    @Test
    void functionsOfTwoFactories_mustBeTheSame() {
        Connection connection = connect(twice());
        SqliteConnectionFactory other =
                SqliteConnectionFactory.fromUrl(directory.resolve("app.db").toString());
        assertThatThrownBy(() -> other.create().block()).hasMessageContaining("functions=[twice] (other: [])");
        Await.done(connection.close());
    }
}
