package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Errors a statement can provoke: class, SQLState, extended code, SQL; and never a bound value. */
final class ErrorTests extends Contract {
    @BeforeEach
    void tables() {
        exec("CREATE TABLE u (a INTEGER PRIMARY KEY, b TEXT UNIQUE, c INTEGER NOT NULL CHECK (c < 10))");
        exec("CREATE TABLE child (p INTEGER REFERENCES u (a))");
        exec("CREATE TABLE strict_one (n INTEGER) STRICT");
        exec("CREATE TRIGGER no BEFORE DELETE ON u BEGIN SELECT RAISE(ABORT, 'keep it'); END");
        exec("INSERT INTO u VALUES (1, 'x', 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1 | R2dbcBadGrammarException | 42601 | 1",
                "SELECT * FROM nope | R2dbcBadGrammarException | 42S02 | 1",
                "SELECT nope FROM u | R2dbcBadGrammarException | 42S22 | 1",
                "INSERT INTO u (nope) VALUES (1) | R2dbcBadGrammarException | 42S22 | 1",
                "SELECT nope(1) | R2dbcBadGrammarException | 42883 | 1",
                "SELECT abs(1, 2) | R2dbcBadGrammarException | 42883 | 1",
                "CREATE TABLE u (a) | R2dbcBadGrammarException | 42S01 | 1",
                "INSERT INTO u VALUES (1) | R2dbcBadGrammarException | 21S01 | 1",
                "SELECT abs(-9223372036854775808) | R2dbcNonTransientException | 22003 | 1",
                "SELECT json('{') | R2dbcNonTransientException | 22032 | 1",
                "INSERT INTO u VALUES (2, 'x', 1) | R2dbcDataIntegrityViolationException | 23505 | 2067",
                "INSERT INTO u VALUES (1, 'y', 1) | R2dbcDataIntegrityViolationException | 23505 | 1555",
                "INSERT INTO u VALUES (2, 'y', NULL) | R2dbcDataIntegrityViolationException | 23502 | 1299",
                "INSERT INTO u VALUES (2, 'y', 10) | R2dbcDataIntegrityViolationException | 23514 | 275",
                "INSERT INTO child VALUES (99) | R2dbcDataIntegrityViolationException | 23503 | 787",
                "DELETE FROM u | R2dbcDataIntegrityViolationException | 23000 | 1811",
                "INSERT INTO strict_one VALUES ('x') | R2dbcDataIntegrityViolationException | 22018 | 3091",
                "INSERT INTO u VALUES ('x', 'y', 1) | R2dbcDataIntegrityViolationException | 22018 | 20"
            })
    void statement_wrong_hasClassStateCodeAndSql(String sql, String type, String state, int code) throws Exception {
        Throwable error = Await.error(TestDatabase.rows(connection, row -> row, sql));

        assertThat(error).isInstanceOf(Class.forName("io.r2dbc.spi." + type));
        R2dbcException r2dbc = (R2dbcException) error;
        assertThat(r2dbc.getSqlState()).isEqualTo(state);
        assertThat(r2dbc.getErrorCode()).isEqualTo(code);
        assertThat(r2dbc.getSql()).isEqualTo(sql);
    }

    @Test
    void unknownTableAndColumn_areNamedWithAdvice() {
        assertThat(Await.error(TestDatabase.rows(connection, row -> row, "SELECT * FROM custmer")))
                .hasMessageContaining("custmer")
                .hasMessageContaining("spelling");
        assertThat(Await.error(TestDatabase.rows(connection, row -> row, "SELECT u.emial FROM u")))
                .hasMessageContaining("emial");
    }

    @Test
    void boundValues_areInNoMessage() {
        String secret = "canary-4711";
        for (String sql : new String[] {
            "INSERT INTO u VALUES (1, ?, 1)", "INSERT INTO strict_one VALUES (?)", "SELECT json(?)", "SELEC ?"
        }) {
            Throwable error = Await.error(TestDatabase.rows(connection, row -> row, sql, secret));

            assertThat(Await.causes(error))
                    .allSatisfy(cause -> assertThat(cause.toString()).doesNotContain(secret));
        }
    }

    @Test
    void error_comesOnce_andTheSessionLives() {
        for (int i = 0; i < 20; i++) {
            assertThat(Await.error(TestDatabase.counts(connection, "INSERT INTO u VALUES (1, 'y', 1)")))
                    .isInstanceOf(R2dbcException.class);
        }

        assertThat(read(Integer.class, "SELECT count(*) FROM u")).containsExactly(1);
    }
}
