package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import rillite.r2dbc.testing.Await;

final class BindTests extends Contract {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "SELECT ? || ? -> ab",
                "SELECT ?2 || ?1 -> ba",
                "SELECT ?1 || ?2 || ?1 -> aba",
                "SELECT $2 || $1 -> ba",
                "SELECT $1 || $2 || $1 -> aba",
                "SELECT :x || :y || :x -> aba",
                "SELECT @x || @y -> ab",
                "SELECT $x || $y -> ab"
            })
    void index_everyStyle_meansWhatItSays(String sql, String expected) {
        assertThat(read(String.class, sql, "a", "b")).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"SELECT :name,name", "SELECT :name,:name", "SELECT @name,name", "SELECT $name,$name", "SELECT $1,$1"})
    void name_withAndWithoutPrefix_binds(String sql, String name) {
        assertThat(values(connection.createStatement(sql).bind(name, "v"))).containsExactly("v");
    }

    @Test
    void name_withSeveralPrefixes_needsOne() {
        Statement statement = connection.createStatement("SELECT :a || @a");

        assertThatThrownBy(() -> statement.bind("a", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(values(statement.bind(":a", "x").bind("@a", "y"))).containsExactly("xy");
    }

    @Test
    void name_unknown_suggestsTheNearest() {
        Statement statement = connection.createStatement("SELECT :customer");

        assertThatThrownBy(() -> statement.bind("custmer", 1))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("customer");
    }

    @Test
    void index_outOfRange_isRefusedAtOnce() {
        Statement statement = connection.createStatement("SELECT ?");

        assertThatThrownBy(() -> statement.bind(1, "x")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> statement.bind(-1, "x")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> statement.bindNull(1, String.class)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void numberedGap_isNullAndNotMissing() {
        assertThat(values(connection
                        .createStatement("SELECT ?3 || ?1")
                        .bind(0, "a")
                        .bind(2, "c")))
                .containsExactly("ca");
    }

    @Test
    void missingBinding_isRefusedAtOnce() {
        Statement statement = connection.createStatement("SELECT ? || ?").bind(0, "a");

        assertThatThrownBy(statement::execute).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(statement::add).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void markersInQuotesAndComments_areNone() {
        assertThat(read(String.class, "SELECT '?:a$1' || ? -- ? :b\n /* ?2 */", "x"))
                .containsExactly("?:a$1x");
    }

    @Test
    void parameters_inTypedInferredAndNull_areAccepted() {
        var statement = connection
                .createStatement("SELECT typeof(?) || typeof(?) || typeof(?)")
                .bind(0, Parameters.in(R2dbcType.INTEGER, 1))
                .bind(1, Parameters.in("text"))
                .bind(2, Parameters.in(R2dbcType.VARCHAR));

        assertThat(values(statement)).containsExactly("integertextnull");
    }

    @Test
    void parameters_outAndInOut_areRefused() {
        Statement statement = connection.createStatement("SELECT ?");

        assertThatThrownBy(() -> statement.bind(0, Parameters.out(R2dbcType.INTEGER)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bind(0, Parameters.inOut(R2dbcType.INTEGER, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, UUID.class, Short[].class, Object.class, int.class})
    void bindNull_anyClass_isNull(Class<?> type) {
        assertThat(values(connection.createStatement("SELECT typeof(?)").bindNull(0, type)))
                .containsExactly("null");
    }

    @Test
    void bind_whatSqliteCannotStore_isRefusedWithoutTheValue() {
        Statement statement = connection.createStatement("SELECT ?");

        for (Object value : List.of(Class.class, new int[] {4711}, Double.NaN, "4711\ud800", new StringBuilder[0])) {
            assertThatThrownBy(() -> statement.bind(0, value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("4711");
        }
    }

    @Test
    void statement_reboundAfterExecute_keepsTheFirstBinding() {
        Statement statement = connection.createStatement("INSERT INTO t VALUES (?)");

        Await.done(Flux.<Result>from(statement.bind(0, 1).execute()).concatMap(Result::getRowsUpdated));
        Await.done(Flux.<Result>from(connection
                        .createStatement("INSERT INTO t VALUES (?)")
                        .bind(0, 2)
                        .execute())
                .concatMap(Result::getRowsUpdated));

        assertThat(committed()).containsExactly(1, 2);
    }

    @Test
    void fetchSize_anyValue_changesNoRows() {
        for (int size : new int[] {0, 1, 7, 100_000}) {
            var statement = connection
                    .createStatement("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 500)"
                            + " SELECT x FROM n")
                    .fetchSize(size);

            assertThat(values(statement)).hasSize(500).startsWith("1").endsWith("500");
        }
    }

    @Test
    void manyParameters_bind() {
        int count = 10_000;
        Statement statement = connection.createStatement("SELECT ?1 + ?" + count);
        for (int i = 0; i < count; i++) {
            statement.bind(i, i + 1);
        }

        assertThat(values(statement)).containsExactly(String.valueOf(count + 1));
    }

    private static List<String> values(Statement statement) {
        return Await.all(Flux.<Result>from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> String.valueOf(row.get(0)))));
    }
}
