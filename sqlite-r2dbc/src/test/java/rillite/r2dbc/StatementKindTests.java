package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementKindTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1 | SELECT",
                "select(1) | SELECT",
                "/* c */ -- d\u2028 | NONE",
                "VALUES (1), (2) | SELECT",
                "EXPLAIN SELECT 1 | SELECT",
                "EXPLAIN QUERY PLAN DELETE FROM t | SELECT",
                "EXPLAIN INSERT INTO t VALUES (1) RETURNING * | SELECT",
                "EXPLAIN BEGIN | SELECT",
                "EXPLAIN VACUUM | SELECT",
                "EXPLAIN ATTACH 'x' AS y | SELECT",
                "INSERT INTO t VALUES (1) | DML",
                "/* c */ insert into t select * from u | DML",
                "UPDATE t SET a = 1 | DML",
                "DELETE FROM t | DML",
                "REPLACE INTO t VALUES (1) | DML",
                "WITH x AS (SELECT 1) SELECT * FROM x | SELECT",
                "WITH x AS (SELECT 1) VALUES (1) | SELECT",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x | DML",
                "WITH x(a, b) AS (VALUES (1, 2)), y AS NOT MATERIALIZED (SELECT 1) UPDATE t SET a = 1 | DML",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) DELETE FROM t | DML",
                "WITH x AS (SELECT 1) REPLACE INTO t SELECT * FROM x | DML",
                "WITH replace AS (SELECT 1) SELECT * FROM replace | SELECT",
                "WITH replace(a) AS MATERIALIZED (SELECT 1) REPLACE INTO t SELECT * FROM replace | DML",
                "WITH \"as\" AS (SELECT ')' AS \"(\") /* DELETE */ SELECT 1 | SELECT",
                "WITH x AS (WITH y AS (SELECT 1) SELECT * FROM y) DELETE FROM t | DML",
                "EXPLAIN WITH x AS (SELECT 1) DELETE FROM t | SELECT",
                "WITH x AS (SELECT 1 | SELECT",
                "WITH | SELECT",
                "CREATE TABLE t(a) | DDL",
                "CREATE TABLE IF NOT EXISTS main.t(a) | DDL",
                "CREATE TABLE temp(a) | DDL",
                "CREATE TABLE main.temp(a) | DDL",
                "CREATE TABLE \"if\"(a) | DDL",
                "CREATE UNIQUE INDEX i ON t(a) | DDL",
                "CREATE VIEW v AS SELECT 1 | DDL",
                "CREATE VIRTUAL TABLE f USING fts5(a) | DDL",
                "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END | DDL",
                "DROP TABLE IF EXISTS t | DDL",
                "DROP INDEX i | DDL",
                "ALTER TABLE t RENAME TO u | DDL",
                "VACUUM | BARRIER",
                "VACUUM main | BARRIER",
                "VACUUM INTO 'x.db' | SERVICE",
                "vacuum main into ? | SERVICE",
                "REINDEX | BARRIER",
                "REINDEX t | BARRIER",
                "ANALYZE | BARRIER",
                "SET TRANSACTION READ ONLY | SET_TRANSACTION_READ_ONLY",
                "set /* c */ transaction Read only | SET_TRANSACTION_READ_ONLY",
                "SET TRANSACTION READ WRITE | SELECT",
                "SET TRANSACTION READ ONLY x | SELECT",
                "SELEC 1 | SELECT",
                "\u0131NSERT INTO t VALUES (1) | SELECT",
                "(SELECT 1) | SELECT",
                "% | SELECT"
            })
    void kind_ofFirstKeyword(String sql, String kind) {
        assertThat(kind(sql)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CREATE TEMP TABLE t(a) | TEMP table",
                "create temporary table t(a) | TEMP table",
                "CREATE TABLE temp.t(a) | TEMP table",
                "CREATE TABLE IF NOT EXISTS \"TEMP\".t(a) | TEMP table",
                "CREATE TABLE [temp] . t(a) | TEMP table",
                "CREATE TEMP VIEW v AS SELECT 1 | TEMP view",
                "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END | TEMP trigger",
                "CREATE TRIGGER temp.x AFTER INSERT ON t BEGIN SELECT 1; END | TEMP trigger",
                "CREATE UNIQUE INDEX IF NOT EXISTS temp.i ON t(a) | TEMP index",
                "CREATE VIRTUAL TABLE temp.f USING fts5(a) | TEMP table",
                "DROP TABLE IF EXISTS temp.t | TEMP table",
                "DROP VIEW `temp`.v | TEMP view",
                "ALTER TABLE temp.t RENAME TO u | TEMP table",
                "ATTACH DATABASE 'x.db' AS x | ATTACH",
                "detach x | DETACH",
                "PRAGMA foreign_keys = OFF | PRAGMA foreign_keys",
                "PRAGMA foreign_keys(0) | PRAGMA foreign_keys",
                "PRAGMA main.Cache_Size = -2000 | PRAGMA cache_size",
                "PRAGMA 'query_only' = 0 | PRAGMA query_only",
                "PRAGMA \"temp_store\"=2 | PRAGMA temp_store",
                "PRAGMA synchronous=NORMAL | PRAGMA synchronous",
                "PRAGMA busy_timeout=1 | PRAGMA busy_timeout",
                "PRAGMA recursive_triggers=1 | PRAGMA recursive_triggers",
                "PRAGMA writable_schema=RESET | PRAGMA writable_schema",
                "PRAGMA wal_autocheckpoint=0 | PRAGMA wal_autocheckpoint",
                "PRAGMA locking_mode=EXCLUSIVE | PRAGMA locking_mode",
                "PRAGMA not_known_yet=1 | PRAGMA not_known_yet",
                "PRAGMA temp.user_version=1 | PRAGMA user_version",
                "PRAGMA aux.journal_mode=WAL | PRAGMA journal_mode",
                "EXPLAIN PRAGMA foreign_keys=0 | PRAGMA foreign_keys",
                "EXPLAIN QUERY PLAN PRAGMA query_only=0 | PRAGMA query_only"
            })
    void refusal_ofSessionStatements_saysWhatTheyAre(String sql, String refusal) {
        ParsedStatement statement = ParsedSql.of(sql).statements().get(0);
        assertThat(statement.kind()).isEqualTo(StatementKind.SESSION);
        assertThat(statement.refusal()).isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "PRAGMA foreign_keys | PRAGMA_READ | foreign_keys",
                "PRAGMA main.journal_mode | PRAGMA_READ | journal_mode",
                "PRAGMA TABLE_INFO(t) | PRAGMA_READ | table_info",
                "PRAGMA table_xinfo = t | PRAGMA_READ | table_xinfo",
                "PRAGMA foreign_key_check(t) | PRAGMA_READ | foreign_key_check",
                "PRAGMA temp.table_list | PRAGMA_READ | table_list",
                "PRAGMA page_count | PRAGMA_READ | page_count",
                "PRAGMA unknown | PRAGMA_READ | unknown",
                "PRAGMA user_version | PRAGMA_READ | user_version",
                "PRAGMA user_version = 3 | PRAGMA_WRITE | user_version",
                "PRAGMA main.application_id(7) | PRAGMA_WRITE | application_id",
                "PRAGMA auto_vacuum = FULL | PRAGMA_WRITE | auto_vacuum",
                "PRAGMA journal_mode = WAL | BARRIER | journal_mode",
                "PRAGMA journal_mode(DELETE) | BARRIER | journal_mode",
                "PRAGMA optimize | BARRIER | optimize",
                "PRAGMA optimize(0x10002) | BARRIER | optimize",
                "PRAGMA incremental_vacuum(10) | BARRIER | incremental_vacuum",
                "PRAGMA wal_checkpoint | BARRIER | wal_checkpoint",
                "PRAGMA main.wal_checkpoint(TRUNCATE) | BARRIER | wal_checkpoint",
                "PRAGMA integrity_check | SERVICE | integrity_check",
                "PRAGMA quick_check(1) | SERVICE | quick_check",
                "PRAGMA defer_foreign_keys | PRAGMA_READ | defer_foreign_keys",
                "PRAGMA defer_foreign_keys = ON | DEFER_FOREIGN_KEYS | defer_foreign_keys",
                "PRAGMA | SELECT | ~~",
                "PRAGMA = 1 | SELECT | ~~"
            })
    void kind_ofPragma_followsItsName(String sql, StatementKind kind, String name) {
        ParsedStatement statement = ParsedSql.of(sql).statements().get(0);
        assertThat(statement.kind()).isEqualTo(kind);
        assertThat(statement.name()).isEqualTo(name);
        assertThat(statement.refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "BEGIN | BEGIN | ~~",
                "begin transaction | BEGIN | ~~",
                "BEGIN IMMEDIATE TRANSACTION x | BEGIN | ~~",
                "COMMIT | COMMIT | ~~",
                "END TRANSACTION x | COMMIT | ~~",
                "ROLLBACK | ROLLBACK | ~~",
                "rollback /* c */ transaction | ROLLBACK | ~~",
                "ROLLBACK TRANSACTION x | ROLLBACK | ~~",
                "ROLLBACK TO x | ROLLBACK_TO | x",
                "ROLLBACK TRANSACTION x TO SAVEPOINT \"a b\" | ROLLBACK_TO | a b",
                "ROLLBACK TRANSACTION TO [a] | ROLLBACK_TO | a",
                "SAVEPOINT a | SAVEPOINT | a",
                "SAVEPOINT 'it''s' | SAVEPOINT | it's",
                "SAVEPOINT savepoint | SAVEPOINT | savepoint",
                "RELEASE a | RELEASE | a",
                "RELEASE SAVEPOINT `a``b` | RELEASE | a`b",
                "COMMIT WORK | SELECT | ~~",
                "BEGIN x | SELECT | ~~",
                "BEGIN EXCLUSIVE x | SELECT | ~~",
                "COMMIT; | COMMIT | ~~",
                "ROLLBACK x | SELECT | ~~",
                "ROLLBACK TO | SELECT | ~~",
                "ROLLBACK TO SAVEPOINT | SELECT | ~~",
                "SAVEPOINT | SELECT | ~~",
                "SAVEPOINT a b | SELECT | ~~",
                "SAVEPOINT \"open | SELECT | ~~",
                "RELEASE SAVEPOINT | SELECT | ~~",
                "START TRANSACTION | SELECT | ~~"
            })
    void kind_ofTransactionControl_onlyWhenWellFormed(String sql, StatementKind kind, String name) {
        ParsedStatement statement = ParsedSql.of(sql).statements().get(0);
        assertThat(statement.kind()).isEqualTo(kind);
        assertThat(statement.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, NONE",
        "BEGIN TRANSACTION, NONE",
        "BEGIN DEFERRED, DEFERRED",
        "begin immediate transaction, IMMEDIATE",
        "BEGIN EXCLUSIVE TRANSACTION x, EXCLUSIVE"
    })
    void mode_ofBegin(String sql, BeginMode mode) {
        assertThat(ParsedSql.of(sql).statements().get(0).mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT INTO t VALUES (1), PLAIN",
        "INSERT OR ABORT INTO t VALUES (1), PLAIN",
        "INSERT OR IGNORE INTO t VALUES (1), PLAIN",
        "insert or replace into t values (1), PLAIN",
        "INSERT OR FAIL INTO t VALUES (1), SAVEPOINT",
        "INSERT OR /* c */ ROLLBACK INTO t VALUES (1), ALONE",
        "INSERT OR WHATEVER INTO t VALUES (1), SAVEPOINT",
        "UPDATE OR FAIL t SET a = 1, SAVEPOINT",
        "UPDATE OR ROLLBACK t SET a = 1, ALONE",
        "UPDATE t SET a = b OR c, PLAIN",
        "WITH x AS (SELECT 1) INSERT OR FAIL INTO t SELECT 1, SAVEPOINT",
        "WITH x AS (SELECT 1) UPDATE OR ROLLBACK t SET a = 1, ALONE",
        "DELETE FROM t, PLAIN",
        "REPLACE INTO t VALUES (1), PLAIN",
        "SELECT 1, PLAIN",
        "CREATE TABLE t(a), SAVEPOINT"
    })
    void conflict_ofStatement(String sql, ConflictRisk risk) {
        assertThat(ParsedSql.of(sql).statements().get(0).conflict()).isEqualTo(risk);
    }

    @Test
    void kind_ofEachStatement_isItsOwn() {
        assertThat(ParsedSql.of("BEGIN; INSERT INTO t VALUES (1); SELECT 1; COMMIT")
                        .statements())
                .extracting(ParsedStatement::kind)
                .containsExactly(StatementKind.BEGIN, StatementKind.DML, StatementKind.SELECT, StatementKind.COMMIT);
    }

    private static String kind(String sql) {
        var statements = ParsedSql.of(sql).statements();
        return statements.isEmpty() ? "NONE" : statements.get(0).kind().name();
    }
}
