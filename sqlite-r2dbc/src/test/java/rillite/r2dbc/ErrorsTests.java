package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.r2dbc.spi.R2dbcException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.r2dbc.Errors.Phase;

final class ErrorsTests {
    private static final CommitContext GROUP = new CommitContext("s-7", "transfer", 12);

    @Test
    void of_uniqueViolation_saysWhatWhereAndWhatToDo() {
        R2dbcException error =
                Errors.of(2067, "UNIQUE constraint failed: u.x, u.y", "INSERT INTO u VALUES (?, ?)", null);
        assertThat(error)
                .hasMessage("[SQLITE_CONSTRAINT_UNIQUE] UNIQUE constraint failed: u.x, u.y."
                        + " A row with this key exists; use another key, or ON CONFLICT."
                        + " SQL: INSERT INTO u VALUES (?, ?)")
                .asInstanceOf(type(SqliteDataIntegrityException.class))
                .satisfies(violation -> {
                    assertThat(violation.kind()).isEqualTo(ConstraintKind.UNIQUE);
                    assertThat(violation.table()).isEqualTo("u");
                    assertThat(violation.constraintColumns()).containsExactly("x", "y");
                    assertThat(violation.constraintName()).isNull();
                    assertThat(violation.code()).isEqualTo(SqliteErrorCode.CONSTRAINT_UNIQUE);
                    assertThat(violation.extendedCode()).isEqualTo(2067);
                    assertThat(violation.getSqlState()).isEqualTo("23505");
                    assertThat(violation.getSql()).isEqualTo("INSERT INTO u VALUES (?, ?)");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1555 | UNIQUE constraint failed: t.id | PRIMARY_KEY | t | [id] | ",
                "2579 | UNIQUE constraint failed: t.rowid | ROWID | t | [rowid] | ",
                "2067 | UNIQUE constraint failed: a b.c, d, a b.e | UNIQUE | a b | [c, d, e] | ",
                "2067 | UNIQUE constraint failed: index 'ux' | UNIQUE | | [] | ux",
                "1299 | NOT NULL constraint failed: t.b | NOT_NULL | t | [b] | ",
                "275 | CHECK constraint failed: a > 0 | CHECK | | [] | a > 0",
                "275 | CHECK constraint failed: positive | CHECK | | [] | positive",
                "787 | FOREIGN KEY constraint failed | FOREIGN_KEY | | [] | ",
                "1811 | no way | TRIGGER | | [] | ",
                "3091 | cannot store TEXT value in INTEGER column st.a | DATATYPE | st | [a] | ",
                "20 | datatype mismatch | DATATYPE | | [] | ",
                "2323 | rtree constraint failed: rt.(x0<=x1) | OTHER | | [] | ",
                "19 | constraint failed | OTHER | | [] | ",
            })
    void of_constraint_isTakenApart(
            int code, String message, ConstraintKind kind, String table, String columns, String name) {
        assertThat(Errors.of(code, message, null, null))
                .asInstanceOf(type(SqliteDataIntegrityException.class))
                .satisfies(violation -> {
                    assertThat(violation.kind()).isEqualTo(kind);
                    assertThat(violation.table()).isEqualTo(table);
                    assertThat(violation.constraintColumns()).hasToString(columns);
                    assertThat(violation.constraintName()).isEqualTo(name);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "near \"selec\": syntax error | 42601",
                "incomplete input | 42601",
                "unrecognized token: \"'abc | 42601",
                "no such table: main.users | 42S02",
                "no such view: v | 42S02",
                "no such column: nope | 42S22",
                "no such column: \"nope\" - should this be a string literal in single-quotes? | 42S22",
                "table t has no column named nope | 42S22",
                "no such function: nofn | 42883",
                "wrong number of arguments to function abs() | 42883",
                "table t already exists | 42S01",
                "index i already exists | 42S01",
                "there is already a table named t | 42S01",
                "there is already an index named i | 42S01",
                "3 values for 2 columns | 21S01",
                "table t has 2 columns but 3 values were supplied | 21S01",
                "all VALUES must have the same number of terms | 21S01",
                "ambiguous column name: id | 42000",
                "no such savepoint: s | 42000",
                "too many SQL variables | 42000",
            })
    void of_plainErrorAboutTheSql_isBadGrammar(String message, String sqlState) {
        R2dbcException error = Errors.of(Phase.PREPARE, 1, message, "SELECT 1", null);
        assertThat(error).isExactlyInstanceOf(SqliteBadGrammarException.class);
        assertThat(error).hasMessageStartingWith("[SQLITE_ERROR] " + message);
        assertThat(error.getSqlState()).isEqualTo(sqlState);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer overflow | 22003",
                "malformed JSON | 22032",
                "JSON cannot hold BLOB values | 22000",
                "argument of ntile must be a positive integer | 22000",
                "cannot start a transaction within a transaction | 25001",
                "cannot VACUUM from within a transaction | 25001",
                "Safety level may not be changed inside a transaction | 25001",
                "cannot commit - no transaction is active | 25P01",
                "cannot rollback - no transaction is active | 25P01",
            })
    void of_plainErrorAboutDataOrState_isNonTransient(String message, String sqlState) {
        R2dbcException error = Errors.of(1, message, "SELECT 1", null);
        assertThat(error).isExactlyInstanceOf(SqliteNonTransientException.class);
        assertThat(error.getSqlState()).isEqualTo(sqlState);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no such column: u.emial | emial | Did you mean email?",
                "table u has no column named nmae | nmae | Did you mean name?",
                "no such table: main.usres | usres | Did you mean users?",
                "no such column: \"emial\" | emial | Did you mean email?",
            })
    void of_missingName_offersTheNearest(String message, String missing, String question) {
        List<String> known = List.of("id", "name", "email", "users");
        R2dbcException error = Errors.of(Phase.PREPARE, 1, message, "SELECT 1", known, null);
        assertThat(error).hasMessageContaining(". " + question + " ");
        assertThat(error)
                .asInstanceOf(type(SqliteBadGrammarException.class))
                .extracting(SqliteBadGrammarException::missingName)
                .isEqualTo(missing);
        assertThat(Errors.of(Phase.PREPARE, 1, message, "SELECT 1", List.of("zzzzzz"), null))
                .hasMessageNotContaining("Did you mean");
    }

    @Test
    void missing_tellsWhichNamesToGather() {
        assertThat(Errors.missing(1, "[SQLITE_ERROR] SQL error or missing database (no such column: t.x)"))
                .isEqualTo(new MissingObject(MissingObject.Kind.COLUMN, "t", "x"));
        assertThat(Errors.missing(1, "table t has no column named x"))
                .isEqualTo(new MissingObject(MissingObject.Kind.COLUMN, "t", "x"));
        assertThat(Errors.missing(1, "no such table: t"))
                .isEqualTo(new MissingObject(MissingObject.Kind.TABLE, null, "t"));
        assertThat(Errors.missing(1, "no such function: f"))
                .isEqualTo(new MissingObject(MissingObject.Kind.FUNCTION, null, "f"));
        assertThat(Errors.missing(1, "integer overflow")).isNull();
        assertThat(Errors.missing(19, "no such table: t")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no such column: hunter2 | no such column: ",
                "no such table: hunter2 | no such table: ",
                "fts5: syntax error near \"hunter2\" | fts5: syntax error near ",
                "bad JSON path: 'hunter2' | bad JSON path: ",
                "JSON path error near 'hunter2' | JSON path error near ",
                "unknown special query: hunter2 | unknown special query: ",
                "malformed MATCH expression: [x hunter2] | malformed MATCH expression: ",
                "unknown database 'hunter2' | unknown database ",
                "unable to open database: /srv/hunter2.db | unable to open database: ",
                "java.lang.IllegalStateException: hunter2 | java.lang.IllegalStateException: ",
            })
    void of_messageThatQuotesABindValue_leavesItOut(String message, String kept) {
        RuntimeException cause = new RuntimeException(message);
        String sql = "SELECT * FROM t WHERE t MATCH ?";
        for (Phase phase : List.of(Phase.RUN, Phase.AUTOCOMMIT_WRITE, Phase.COMMIT)) {
            assertThat(Errors.of(phase, 1, message, sql, cause))
                    .hasNoCause()
                    .hasMessageStartingWith("[SQLITE_ERROR] " + kept + " (something that is not in the SQL)")
                    .hasMessageNotContaining("hunter2");
            assertThat(Errors.of(phase, 14, message, null, cause)).hasMessageNotContaining("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no such column: t.nope | SELECT T.NOPE FROM t",
                "no such column: \"nope\" - should this be a string literal in single-quotes? | SELECT \"nope\"",
                "no such table: main.nope | SELECT * FROM nope",
                "near \"selec\": syntax error | SELEC 1",
                "unrecognized token: \"'abc\" | SELECT 'abc",
                "fts5: syntax error near \"\" | SELECT * FROM t(?)",
                "malformed MATCH expression: [a AND] | SELECT * FROM t WHERE t MATCH 'a AND'",
                "cannot INSERT into generated column \"b\" | INSERT INTO g(b) VALUES (1)",
            })
    void of_messageThatQuotesTheSql_isKept(String message, String sql) {
        RuntimeException cause = new RuntimeException(message);
        assertThat(Errors.of(1, message, sql, cause))
                .hasMessageStartingWith("[SQLITE_ERROR] " + message)
                .hasCause(cause);
    }

    @Test
    void missingName_leftOutOfTheMessage_isNull() {
        assertThat(Errors.of(1, "no such column: hunter2", "SELECT * FROM t(?)", null))
                .asInstanceOf(type(SqliteBadGrammarException.class))
                .extracting(SqliteBadGrammarException::missingName)
                .isNull();
    }

    @Test
    void of_missingColumnWhilePreparing_isNamedAlsoFromAView() {
        assertThat(Errors.of(Phase.PREPARE, 1, "no such column: inner_name", "SELECT * FROM v", null))
                .hasMessageContaining("no such column: inner_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNIQUE constraint failed: t.a (b)",
                "[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: t.a (b))",
                "[SQLITE_NOMEM] A malloc() failed (UNIQUE constraint failed: t.a (b))",
                "[UNKNOWN_ERROR] ? (UNIQUE constraint failed: t.a (b))"
            })
    void strip_frameOfSqliteJdbc_isRemoved(String message) {
        assertThat(Errors.strip(message)).isEqualTo("UNIQUE constraint failed: t.a (b)");
    }

    @Test
    void of_longSqlAndMessage_areCut() {
        String sql = "SELECT '" + "x".repeat(100_000) + "'";
        R2dbcException error = Errors.of(1, "m".repeat(100_000), sql, null);
        assertThat(error.getSql()).hasSize(1000).endsWith("...").startsWith("SELECT 'xxx");
        assertThat(error.getMessage()).hasSizeLessThan(2200);
        String emoji = "\uD83D\uDE00".repeat(1000);
        assertThat(Errors.of(1, "m", emoji, null).getSql())
                .hasSizeBetween(999, 1000)
                .doesNotContain("\uD83D...");
        assertThat(Errors.of(1, "m", null, null).getSql()).isNull();
    }

    @Test
    void of_cause_isKept() {
        RuntimeException cause = new RuntimeException("x");
        assertThat(Errors.of(5, "database is locked", "SELECT 1", cause)).hasCause(cause);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 266, 778, 1034, 1290, 3082, 3850, 2058, 5386, 8714, 7, 11, 267, 779, 15})
    void ofCommit_ioMemoryCorruptionProtocol_leavesTheOutcomeUnknown(int code) {
        for (Phase phase : List.of(Phase.COMMIT, Phase.AUTOCOMMIT_WRITE)) {
            R2dbcException error = Errors.of(phase, code, "disk I/O error", "COMMIT", null);
            assertThat(error).isExactlyInstanceOf(SqliteOutcomeUnknownException.class);
            assertThat(error.getSqlState()).isEqualTo("08007");
            assertThat(error.getErrorCode()).isEqualTo(code);
        }
        assertThat(Errors.of(Phase.RUN, code, "disk I/O error", "SELECT 1", null)
                        .getSqlState())
                .isNotEqualTo("08007");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 261, 517, 13, 787, 2067, 9, 8, 531, 1})
    void ofCommit_knownNotApplied_isMappedAsEverywhere(int code) {
        R2dbcException error = Errors.ofCommit(code, "text", "COMMIT", GROUP, null);
        assertThat(error).hasSameClassAs(Errors.of(code, "text", "COMMIT", null));
        assertThat(error.getSqlState()).isEqualTo(SqliteErrorCode.of(code).sqlState());
    }

    @Test
    void ofCommit_outcomeUnknown_namesSessionTransactionAndGroup() {
        assertThat(Errors.ofCommit(1034, "disk I/O error", "INSERT INTO t VALUES (?)", GROUP, null))
                .hasMessage("[SQLITE_IOERR_FSYNC] Outcome unknown: the commit in session s-7 in transaction transfer"
                        + " shared by 12 commands was sent and may or may not have taken place (disk I/O error)."
                        + " Do not repeat the write; read back first what is in the database."
                        + " SQL: INSERT INTO t VALUES (?)")
                .asInstanceOf(type(SqliteOutcomeUnknownException.class))
                .satisfies(unknown -> {
                    assertThat(unknown.session()).isEqualTo("s-7");
                    assertThat(unknown.transactionName()).isEqualTo("transfer");
                    assertThat(unknown.groupMembers()).isEqualTo(12);
                });
    }

    @Test
    void outcomeUnknown_withoutACode_isNotCalledOk() {
        R2dbcException error =
                Errors.outcomeUnknown(0, "the engine was closed while COMMIT ran", null, CommitContext.UNKNOWN, null);
        assertThat(error).hasMessageStartingWith("[OUTCOME_UNKNOWN] Outcome unknown: the commit was sent");
        assertThat(error.getSqlState()).isEqualTo("08007");
        assertThat(((SqliteException) error).code()).isEqualTo(SqliteErrorCode.OK);
    }

    @ParameterizedTest
    @EnumSource(EngineFault.class)
    void engine_fault_hasDetailAdviceAndState(EngineFault fault) {
        RuntimeException cause = new RuntimeException("x");
        R2dbcException error = Errors.engine(fault, "8192 commands wait", "SELECT 1", cause);
        assertThat(error)
                .hasMessage("[" + fault.name() + "] 8192 commands wait. " + fault.advice() + " SQL: SELECT 1")
                .hasCause(cause)
                .isInstanceOf(SqliteException.class);
        assertThat(error.getSqlState()).isEqualTo(fault.sqlState());
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL, SqliteTransientResourceException, 53400",
        "TOO_MANY_CURSORS, SqliteTransientResourceException, 53400",
        "LOCK_WAIT, SqliteTimeoutException, 55P03",
        "STATEMENT_TIMEOUT, SqliteTimeoutException, 57014",
        "INTERRUPTED_BY_CLOSE, SqliteNonTransientResourceException, 57014",
        "CURSOR_IDLE, SqliteTransientResourceException, 57014",
        "SNAPSHOT_TOO_OLD, SqliteTransientResourceException, 57014",
        "TRANSACTION_IDLE, SqliteRollbackException, 40000",
        "TRANSACTION_KILLED, SqliteRollbackException, 40000",
        "ENGINE_CLOSED, SqliteNonTransientResourceException, 08003",
        "FILE_HELD, SqliteNonTransientResourceException, 08001",
        "OTHER_OPTIONS, SqliteNonTransientResourceException, 08001",
        "CONNECT_TIMEOUT, SqliteTimeoutException, 08001",
        "READ_ONLY, SqlitePermissionDeniedException, 25006",
    })
    void engine_fault_isMappedToClassAndState(EngineFault fault, String name, String sqlState) {
        R2dbcException error = Errors.engine(fault, "detail", null, null);
        assertThat(error.getClass().getSimpleName()).isEqualTo(name);
        assertThat(error.getSqlState()).isEqualTo(sqlState);
    }
}
