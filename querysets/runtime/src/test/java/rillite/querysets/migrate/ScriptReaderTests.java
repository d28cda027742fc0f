package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.querysets.migrate.MigrationScript.Mode;
import rillite.querysets.migrate.MigrationScript.Statement;

/** Which statements a script has, which it must not have, and how it runs. */
final class ScriptReaderTests {

    private static MigrationScript read(String... lines) {
        return ScriptReader.read("0001_a.sql", String.join("\n", lines), 1, true);
    }

    @Test
    void statements_areThoseOfTheDriver_withTheirLines() {
        assertThat(read(
                                "/* head; */ CREATE TABLE t (x DEFAULT ';');",
                                "",
                                "CREATE TRIGGER g AFTER INSERT ON t BEGIN",
                                "  DELETE FROM t; -- a comment; with semicolons;",
                                "END; -- tail",
                                "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)")
                        .statements())
                .containsExactly(
                        new Statement("CREATE TABLE t (x DEFAULT ';')", 1),
                        new Statement(
                                "CREATE TRIGGER g AFTER INSERT ON t BEGIN\n  DELETE FROM t; -- a comment; with semicolons;\nEND",
                                3),
                        new Statement("INSERT INTO t VALUES (1)", 6),
                        new Statement("INSERT INTO t VALUES (2)", 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT x", "RELEASE x"})
    void transactionControl_isRefused(String sql) {
        assertThatThrownBy(() -> read("SELECT 1;", sql + ";"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("0001_a.sql, line 2: " + sql.split(" ")[0]
                        + " is the migrator's: each migration is one transaction already. Remove it.");
    }

    @ParameterizedTest
    @CsvSource({
        "VACUUM, VACUUM",
        "VACUUM INTO 'x', VACUUM",
        "PRAGMA journal_mode = DELETE, PRAGMA JOURNAL_MODE",
        "PRAGMA wal_checkpoint(TRUNCATE), PRAGMA WAL_CHECKPOINT",
        "PRAGMA integrity_check, PRAGMA INTEGRITY_CHECK",
        "ATTACH 'x' AS y, ATTACH",
        "DETACH y, DETACH"
    })
    void whatCannotRunInATransaction_isRefused_unlessTheFileSaysSo(String sql, String verb) {
        assertThatThrownBy(() -> read("CREATE TABLE t (x);", sql))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage(
                        "0001_a.sql, line 2: " + verb + " cannot run in a transaction. Move it into a migration of its"
                                + " own that says \"-- rillite: no-transaction\".");

        assertThat(read("-- rillite: no-transaction", sql).mode()).isEqualTo(Mode.ALONE);
    }

    @Test
    void withoutATransaction_onlyWhatMayRunTwice_isTaken() {
        assertThat(read("-- rillite: no-transaction", "PRAGMA auto_vacuum = 1;", "VACUUM;", "ANALYZE; REINDEX")
                        .mode())
                .isEqualTo(Mode.ALONE);
        assertThatThrownBy(() -> read("-- rillite: no-transaction", "VACUUM;", "INSERT INTO t VALUES (1)"))
                .hasMessage("0001_a.sql, line 3: INSERT belongs into a transaction, and this file says"
                        + " \"-- rillite: no-transaction\": move it into a migration of its own.");
    }

    @Test
    void markers_areRefused() {
        assertThatThrownBy(() -> read("INSERT INTO t VALUES (?)"))
                .hasMessageContaining("line 1: INSERT has a bind marker, and a migration has no values to bind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE t (x) | TRANSACTION",
                "ALTER TABLE t ADD COLUMN y | TRANSACTION",
                "DROP INDEX i | TRANSACTION",
                "CREATE TABLE n (x); DROP TABLE t; ALTER TABLE n RENAME TO t | REBUILD",
                "drop /* x */ table t | REBUILD",
                "PRAGMA foreign_keys = OFF; UPDATE t SET x = 1; PRAGMA foreign_keys = ON | REBUILD",
                "-- rillite: foreign-keys off\\nUPDATE t SET x = 1 | REBUILD",
                "-- rillite:  foreign-keys   on\\nDROP TABLE t | TRANSACTION"
            })
    void mode_followsFromTheFile(String sql, Mode mode) {
        assertThat(read(sql.replace("\\n", "\n")).mode()).isEqualTo(mode);
    }

    @Test
    void pragmaForeignKeys_saysHowToRun_andIsNotSent() {
        assertThat(read("PRAGMA foreign_keys=OFF;", "DROP TABLE t;", "PRAGMA foreign_keys=ON;")
                        .statements())
                .containsExactly(new Statement("DROP TABLE t", 2));
    }

    @Test
    void directives_areChecked() {
        assertThatThrownBy(() -> read("SELECT 1;", "-- rillite: no-transactions"))
                .hasMessage("0001_a.sql, line 2: \"-- rillite: no-transactions\" is not known. Known: no-transaction,"
                        + " foreign-keys off, foreign-keys on.");
        assertThatThrownBy(() -> read("-- rillite: foreign-keys off", "-- rillite: foreign-keys on", "SELECT 1"))
                .hasMessage(
                        "0001_a.sql, line 2: \"-- rillite: foreign-keys on\" contradicts the one before it. Keep one of"
                                + " them.");
        assertThatThrownBy(() -> read("-- rillite: foreign-keys on", "PRAGMA foreign_keys = OFF; SELECT 1"))
                .hasMessageContaining("contradicts its PRAGMA foreign_keys");
        assertThat(read("-- rillite is nice", "SELECT 1").mode()).isEqualTo(Mode.TRANSACTION);
    }

    @Test
    void wayDown_mayBeEmpty() {
        assertThat(ScriptReader.read("0001_a.down.sql", "-- nothing to undo", 1, false)
                        .statements())
                .isEmpty();
    }

    @Test
    void manyStatements_areReadInTime() {
        String text = "INSERT INTO t VALUES (1);\n".repeat(200_000);
        long begin = System.nanoTime();

        assertThat(ScriptReader.read("0001_a.sql", text, 1, true).statements())
                .hasSize(200_000)
                .last()
                .extracting(Statement::line)
                .isEqualTo(200_000);
        assertThat(System.nanoTime() - begin).isLessThan(MigrationCase.PATIENCE.toNanos());
    }
}
