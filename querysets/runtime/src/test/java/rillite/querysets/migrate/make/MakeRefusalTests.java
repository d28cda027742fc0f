package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import rillite.querysets.MigrationException;

/** What is refused, and what is passed over. */
final class MakeRefusalTests extends MakeCase {

    @Test
    void statementThatSqliteRefuses_isToldWithItsLine() {
        InvalidSchemaException error = refused(
                InvalidSchemaException.class,
                make("-- the schema\nCREATE TABLE a (x INT);\n\nCREATE TABLE b (\n  x INT,,\n  y INT);"));

        assertThat(error)
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith(
                        "the desired schema, line 4: SQLite refuses CREATE TABLE b ( x INT,, y INT): [SQLITE_ERROR] near \",\"");
        assertThat(refused(InvalidSchemaException.class, make("CREAT TABLE a (x)")))
                .hasMessageContaining("line 1");
        assertThat(refused(InvalidSchemaException.class, make("CREATE TABLE a (x); CREATE TABLE A (y)")))
                .hasMessageContaining("already exists");
        assertThat(refused(InvalidSchemaException.class, make("CREATE TEMP TABLE a (x)")))
                .hasMessageContaining("TEMP");
    }

    @Test
    void fileThatIsNoText_isAnError() throws IOException {
        Path file = directory.resolve("schema.sql");
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageContaining("schema.sql")
                .hasMessageContaining("NoSuchFile");

        Files.write(file, "CREATE TABLE é (x)".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageContaining("UTF-8");

        Files.write(file, new byte[(16 << 20) + 1]);
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageContaining("larger than 16 MiB");

        Files.writeString(file, "\uFEFFCREATE TABLE t (x);\r\nCREATE INDEX i ON t (x);\r\n");
        assertThat(summaries(draft(make("").desired(file)))).containsExactly("create table t", "create index i");
    }

    @Test
    void statementThatIsNoSchema_isToldWithItsLine() {
        assertThat(refused(InvalidSchemaException.class, make("CREATE TABLE t (x);\nCREATE TABLE u (x DEFAULT (?));")))
                .hasMessage("the desired schema, line 2: the statement has a bind marker, and a schema has no values to"
                        + " bind. Quote text that contains it.");
        assertThat(refused(InvalidSchemaException.class, make("ATTACH 'other.db' AS other")))
                .hasMessage(
                        "the desired schema, line 1: the statement is about another file. A schema is that of one.");
        assertThat(directory.resolve("other.db")).doesNotExist();
    }

    @Test
    void fileWithoutASchema_isRefused() throws IOException {
        run("CREATE TABLE t (x);");
        Path file = directory.resolve("schema.sql");

        Files.writeString(file, "-- nothing yet\n");
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageEndingWith("schema.sql is empty: it has no CREATE statement, and a schema is made of them.");
        Files.writeString(file, "INSERT INTO t VALUES (1);\n");
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageContaining("schema.sql only writes rows: it has no CREATE statement");
        Files.writeString(file, "\nDROP TABLE IF EXISTS t;\n");
        assertThat(refused(InvalidSchemaException.class, make("").desired(file)))
                .hasMessageContaining("schema.sql, line 2: the statement is no CREATE statement");
    }

    @Test
    void dumpOfTheCommandLine_isUnderstood() {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT); CREATE VIEW v AS SELECT x FROM t;");

        MigrationDraft draft = draft(make("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"
                + "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT);\nINSERT INTO t VALUES(1,'a;b');\n"
                + "CREATE TABLE sqlite_sequence(name,seq);\nDELETE FROM sqlite_sequence;\n"
                + "CREATE VIEW v AS SELECT x FROM t\n/* v(x) */;\nANALYZE sqlite_schema;\nCOMMIT;\n"));

        assertThat(draft.isEmpty()).isTrue();
        assertThat(warnings(draft))
                .containsExactly(
                        "the desired schema has 2 statements that write rows. They are no part of a schema and were"
                                + " passed over.");
    }

    @Test
    void namesThatAreWrong_areToldWithThoseThatAreThere() {
        run("CREATE TABLE rillite_migration (x); CREATE TABLE other (x);"
                + " CREATE TABLE book (id INTEGER PRIMARY KEY, name TEXT);");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE other (x);";

        assertThat(refused(InvalidDecisionException.class, make(desired).rename("book.nam", "title")))
                .hasMessage(
                        "rename(\"book.nam\"): there is no such table or column. Columns are named as in book.title. Tables:"
                                + " book, other");
        assertThat(refused(InvalidDecisionException.class, make(desired).rename("book.name", "titel")))
                .hasMessage(
                        "rename(\"book.name\", \"titel\"): the desired schema has no column titel. It has: id, title");
        assertThat(refused(InvalidDecisionException.class, make(desired).rename("book", "volume")))
                .hasMessageContaining("no table volume");
        assertThat(refused(InvalidDecisionException.class, make(desired).rename("book", "other")))
                .hasMessageContaining("has a table other already");
        assertThat(refused(InvalidDecisionException.class, make(desired).rename("book.name", "id")))
                .hasMessageContaining("has a column id already");
        assertThat(refused(InvalidDecisionException.class, make(desired).notRenamed("book.nam")))
                .hasMessageStartingWith("notRenamed(\"book.nam\")");
        Make decided = make(desired).rename("book.name", "title");
        assertThat(refused(InvalidDecisionException.class, decided.backfill("book.nothing", "1")))
                .hasMessageStartingWith("backfill(\"book.nothing\")");
        assertThat(refused(InvalidDecisionException.class, decided.backfill("book.title", "1")))
                .hasMessageContaining("it has no effect");
    }

    @Test
    void expressionThatIsNone_isToldByTryingItOut() {
        run("CREATE TABLE t (a INT);");

        assertThat(refused(
                        InvalidSchemaException.class,
                        make("CREATE TABLE t (a INT, b INT NOT NULL)").backfill("t.b", "nosuch + 1")))
                .hasMessageStartingWith(
                        "The way up was tried out in memory, and SQLite refuses INSERT INTO rillite_new_t")
                .hasMessageContaining("nosuch");
    }

    @Test
    void virtualTable_comesAndGoes_butDoesNotChange() {
        run("CREATE TABLE note (id INTEGER PRIMARY KEY, t TEXT); INSERT INTO note VALUES (1, 'a fox');"
                + " CREATE VIRTUAL TABLE own USING fts5 (a);");
        String create = "CREATE TABLE note (id INTEGER PRIMARY KEY, t TEXT);";
        String desired = create + "CREATE VIRTUAL TABLE own USING fts5(A);"
                + "CREATE VIRTUAL TABLE find USING fts5(t, content='note', content_rowid='id');";

        MigrationDraft draft = draft(make(desired));
        assertThat(draft.upSql())
                .isEqualTo("CREATE VIRTUAL TABLE find USING fts5(t, content='note', content_rowid='id');\n"
                        + "INSERT INTO find (find) VALUES ('rebuild');\n");
        assertThat(draft.downSql()).isEqualTo("DROP TABLE find;\n");
        apply(draft, desired);
        assertThat(query("SELECT rowid FROM find WHERE find MATCH 'fox'")).containsExactly("1");

        UnsupportedChangeException error =
                refused(UnsupportedChangeException.class, make(desired.replace("fts5(A)", "fts5(a, b)")));
        assertThat(error.changes()).containsExactly("virtual table own");
        assertThat(error)
                .hasMessageStartingWith("The definition of virtual table own changes, and SQLite has no statement");

        assertThat(refused(DataLossException.class, make(create)).losses())
                .as("find can be filled again, own cannot")
                .containsExactly("virtual table own");
    }

    @Test
    void columnCalledRowid_isNotRenamedBySqlite() {
        run("CREATE TABLE t (rowid TEXT, a INT); INSERT INTO t VALUES ('x', 1);");
        String desired = "CREATE TABLE t (label TEXT, a INT)";

        assertThat(refused(UnsupportedChangeException.class, make(desired).rename("t.rowid", "label")))
                .hasMessageContaining("say notRenamed(\"t.rowid\"), backfill(\"t.label\", \"rowid\"), for the way back"
                        + " backfill(\"t.rowid\", \"label\"), and allowDataLoss()");

        apply(
                draft(make(desired)
                        .notRenamed("t.rowid")
                        .backfill("t.label", "rowid")
                        .backfill("t.rowid", "label")
                        .allowDataLoss()),
                desired);
        assertThat(query("SELECT * FROM t")).containsExactly("x|1");
    }

    @Test
    void withoutDesiredSchema_thereIsNothingToCompareWith() {
        assertThat(refused(
                        IllegalStateException.class,
                        Make.of(rillite.r2dbc.SqliteConnectionFactory.fromUrl("r2dbc:sqlite::memory:"))))
                .hasMessageContaining("desired(..)");
    }
}
