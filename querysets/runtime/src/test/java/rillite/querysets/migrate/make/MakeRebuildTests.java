package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes a new table: rows, keys, indexes, triggers and views stay. */
final class MakeRebuildTests extends MakeCase {

    @Test
    void changedColumn_isRebuilt_inTheOrderThatSqliteAdvises() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, price INTEGER); INSERT INTO book VALUES (1, 5), (2, NULL);");
        String desired =
                "CREATE TABLE book (\n    id INTEGER PRIMARY KEY, -- the key\n    price REAL CHECK (price > 0)\n)";

        MigrationDraft draft = draft(make(desired));

        assertThat(draft.upSql()).isEqualTo("""
                -- rillite: foreign-keys off
                -- to rebuild table book: column price INTEGER becomes price REAL CHECK (price > 0)
                CREATE TABLE rillite_new_book (
                    id INTEGER PRIMARY KEY, -- the key
                    price REAL CHECK (price > 0)
                );
                INSERT INTO rillite_new_book (id, price)
                SELECT id, price
                FROM book;
                DROP TABLE book;
                ALTER TABLE rillite_new_book RENAME TO book;
                """);
        assertThat(draft.needsRebuild()).isTrue();
        apply(draft, desired);
        assertThat(query("SELECT id, price FROM book")).containsExactly("1|5.0", "2|null");
    }

    @Test
    void rowsThatReferenceARebuiltTable_stay_whateverTheyWouldDoOnDelete() {
        run(
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, boss INT REFERENCES author (id) ON DELETE CASCADE);"
                        + "CREATE TABLE book (id INTEGER PRIMARY KEY, author INT REFERENCES author ON DELETE CASCADE);"
                        + "INSERT INTO author VALUES (1, 'a', NULL), (2, 'b', 1); INSERT INTO book VALUES (1, 2);");
        String desired =
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', boss INT REFERENCES author (id) ON"
                        + " DELETE CASCADE);"
                        + "CREATE TABLE book (id INTEGER PRIMARY KEY, author INT REFERENCES author ON DELETE SET NULL);";

        MigrationDraft draft = draft(make(desired));

        assertThat(summaries(draft)).hasSize(2).allMatch(summary -> summary.startsWith("rebuild table"));
        apply(draft, desired);
        assertThat(query("SELECT * FROM author")).containsExactly("1|a|null", "2|b|1");
        assertThat(query("SELECT * FROM book")).containsExactly("1|2");
    }

    @Test
    void indexesTriggersAndViews_makeRoomAndComeBack() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE log (x); CREATE TABLE other (x);"
                + " CREATE INDEX partial ON book (title) WHERE id > 5; CREATE UNIQUE INDEX expression ON book (lower(title));"
                + " CREATE VIEW one AS SELECT title FROM book; CREATE VIEW two AS SELECT * FROM one;"
                + " CREATE VIEW apart AS SELECT * FROM other;"
                + " CREATE TRIGGER own AFTER DELETE ON book BEGIN INSERT INTO log VALUES (1); END;"
                + " CREATE TRIGGER over_two INSTEAD OF INSERT ON two BEGIN SELECT 1; END;"
                + " CREATE TRIGGER foreign_one AFTER INSERT ON other BEGIN INSERT INTO book (title) VALUES ('x'); END;"
                + " CREATE TRIGGER apart_too AFTER INSERT ON other BEGIN SELECT 1; END;"
                + " INSERT INTO book VALUES (1, 'Emma'), (7, 'Persuasion');");
        String desired = String.join(";", schema()).replace("title TEXT", "title TEXT COLLATE NOCASE");

        MigrationDraft draft = draft(make(desired));

        assertThat(draft.changes().stream()
                        .filter(change -> change instanceof SchemaChange.Drop)
                        .map(SchemaChange::summary))
                .containsExactly(
                        "drop trigger own",
                        "drop trigger over_two",
                        "drop trigger foreign_one",
                        "drop view one",
                        "drop view two");
        apply(draft, desired);
        assertThat(query("SELECT count(*) FROM log")).as("nothing fired").containsExactly("0");
        assertThat(query("SELECT * FROM two")).containsExactly("Emma", "Persuasion");
        assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void autoincrement_keepsCountingWhereItWas() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT); INSERT INTO book VALUES (40, 'x');"
                + " DELETE FROM book;");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT CHECK (t <> ''))";

        apply(draft(make(desired)), desired);

        run("INSERT INTO book (t) VALUES ('y')");
        assertThat(query("SELECT * FROM book")).containsExactly("41|y");
        assertThat(query("SELECT * FROM sqlite_sequence")).containsExactly("book|41");
    }

    @Test
    void options_change_withTheRows() {
        run("CREATE TABLE t (a INT, b TEXT, PRIMARY KEY (a)); INSERT INTO t VALUES (1, 'x'), (2, 'y');");
        String desired = "CREATE TABLE t (a INT, b TEXT, PRIMARY KEY (a)) WITHOUT ROWID, STRICT";

        MigrationDraft draft = draft(make(desired));

        assertThat(summaries(draft)).containsExactly("rebuild table t: a plain table becomes WITHOUT ROWID, STRICT");
        apply(draft, desired);
        assertThat(query("SELECT * FROM t")).containsExactly("1|x", "2|y");
    }

    @Test
    void rowids_stay_forWhoKnowsRowsByThem() {
        run(
                "CREATE TABLE note (t TEXT); INSERT INTO note (rowid, t) VALUES (7, 'a fox'), (9, 'a dog');"
                        + " CREATE VIRTUAL TABLE find USING fts5 (t, content='note'); INSERT INTO find (find) VALUES ('rebuild');");
        String desired =
                "CREATE TABLE note (t TEXT NOT NULL DEFAULT ''); CREATE VIRTUAL TABLE find USING fts5(t, content='note')";

        apply(draft(make(desired)), desired);

        assertThat(query("SELECT rowid, t FROM find WHERE find MATCH 'dog'")).containsExactly("9|a dog");
    }

    @Test
    void generatedColumns_areComputedAnew_andMayBecomeOrdinary() {
        run("CREATE TABLE t (a INT, b INT AS (a * 2) STORED, c INT AS (a + 1)); INSERT INTO t (a) VALUES (5);");
        String desired = "CREATE TABLE t (a INT, b INT AS (a * 3) STORED, c INT)";

        MigrationDraft draft = draft(make(desired));

        run(draft.upSql());
        assertThat(query("SELECT * FROM t")).containsExactly("5|15|6");
        run(draft.downSql());
        assertThat(query("SELECT * FROM t")).containsExactly("5|10|6");
        assertThat(refused(
                                DataLossException.class,
                                make("CREATE TABLE t (b INT AS (a * 2) STORED, c INT AS (a + 1), a AS (1), d)"))
                        .losses())
                .containsExactly("column t.a");
    }

    @Test
    void constraintThatLeavesRowsOut_doesNotWhileTheyAreCopied() {
        run("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (1);");

        MigrationDraft draft = draft(make("CREATE TABLE t (a INT UNIQUE ON CONFLICT IGNORE)"));

        assertThat(draft.upSql()).contains("INSERT OR ABORT INTO rillite_new_t");
        assertThat(warnings(draft))
                .contains(
                        "t: values of (a) that occur twice make the migration fail, because they become unique. Rows now: 1.");
    }

    @Test
    void declarationThatNamesItsTable_isBuiltUnderAnotherName() {
        run("CREATE TABLE \"the t\" (a INT CHECK (\"the t\".a > 0)); INSERT INTO \"the t\" VALUES (1);");
        String desired = "CREATE TABLE \"the t\" (a INT CHECK (\"the t\".a > 0 AND [the t].a < 9))";

        apply(draft(make(desired)), desired);

        assertThat(query("SELECT * FROM \"the t\"")).containsExactly("1");
    }

    @Test
    void viewsThatAreBroken_stayAsTheyAre() {
        run("CREATE TABLE t (a INT, b INT); CREATE VIEW broken AS SELECT * FROM nowhere;"
                + " CREATE TRIGGER broken_too AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END;");
        String desired = "CREATE TABLE t (x INT, b TEXT); CREATE VIEW broken AS SELECT * FROM nowhere;"
                + " CREATE TRIGGER broken_too AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END";

        MigrationDraft draft = draft(make(desired).rename("t.a", "x"));

        assertThat(summaries(draft))
                .startsWith("drop trigger broken_too", "drop view broken", "rename column t.a to x");
        apply(draft, desired);
    }

    @Test
    void keyThatIsNew_isTheRowid() {
        run("CREATE TABLE t (a TEXT); INSERT INTO t (rowid, a) VALUES (3, 'x');");
        String desired = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)";

        MigrationDraft draft = draft(make(desired));

        apply(draft, desired);
        assertThat(query("SELECT * FROM t")).containsExactly("3|x");
    }

    @Test
    void tableOfWhichNothingStays_keepsTheNumberOfRows() {
        run("CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1), (2);");
        String desired = "CREATE TABLE t (b BLOB, c TEXT DEFAULT 'c')";

        MigrationDraft draft = draft(make(desired).allowDataLoss());

        run(draft.upSql());
        assertThat(query("SELECT * FROM t")).containsExactly("null|c", "null|c");
    }

    @Test
    void notNull_takesTheDefault_orABackfill_orIsRefused() {
        run(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, NULL, 'B'), (2, 'x', NULL);");

        ValueNeededException error = refused(
                ValueNeededException.class,
                make("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, c BLOB NOT NULL)"));
        assertThat(error.columns()).containsExactly("t.a", "t.c");
        assertThat(error).hasMessageContaining("call backfill(\"t.a\", \"..\")");

        String desired =
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'd', b TEXT, c TEXT NOT NULL)";
        MigrationDraft draft = draft(make(desired).backfill("t.c", "ifnull(lower(b), 'none')"));
        assertThat(draft.upSql()).contains("SELECT id, ifnull(a, ('d')), b, ifnull(lower(b), 'none')\n");
        assertThat(draft.warnings())
                .anySatisfy(warning -> assertThat(warning.toString())
                        .isEqualTo("t.a: rows in which it is NULL get its default. Rows now: 1."));
        apply(draft, desired);
        assertThat(query("SELECT * FROM t")).containsExactly("1|d|B|b", "2|x|null|none");
    }

    @Test
    void columnThatGoes_comesBackWithABackfill_orAStandIn() {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT NOT NULL UNIQUE, c TEXT NOT NULL);"
                + " INSERT INTO t VALUES (3, 'x', 7, 'c'), (5, 'y', 8, 'd');");
        String desired = "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT NOT NULL)";

        MigrationDraft draft = draft(make(desired).allowDataLoss().backfill("t.a", "upper(c)"));

        assertThat(warnings(draft)).contains("Rollback: t.b: its values cannot be brought back: rows get id.");
        apply(draft, desired);
        run(draft.downSql());
        assertThat(query("SELECT * FROM t")).containsExactly("3|C|3|c", "5|D|5|d");
    }

    @Test
    void longTable_isCounted() {
        run(
                "CREATE TABLE t (a INT); INSERT INTO t WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 1234)"
                        + " SELECT v FROM n;");

        MigrationDraft draft = draft(make("CREATE TABLE t (a INT NOT NULL DEFAULT 0)"));

        DraftWarning rebuild = draft.warnings().get(0);
        assertThat(rebuild.kind()).isEqualTo(DraftWarning.Kind.REBUILD);
        assertThat(rebuild.rows()).isEqualTo(1234);
        assertThat(rebuild.toString())
                .isEqualTo(
                        "t is rebuilt: all its rows are copied, and nobody else writes meanwhile. Why: column a INT becomes"
                                + " a INT NOT NULL DEFAULT 0. Rows now: 1234.");
    }

    @Test
    void strictTable_warnsOfValuesThatDoNotFit() {
        run(
                "CREATE TABLE t (a INT, b TEXT, c REAL, d BLOB); INSERT INTO t VALUES (1, 'x', 1.5, x'00'), ('no', x'00', 'no', 'no'),"
                        + " ('12', 5, 3, NULL), (2.5, NULL, NULL, NULL);");

        MigrationDraft draft = draft(make("CREATE TABLE t (a INT, b TEXT, c REAL, d BLOB) STRICT"));

        assertThat(draft.warnings().stream()
                        .filter(warning -> warning.kind() == DraftWarning.Kind.VALUES && !warning.onRollback())
                        .map(warning -> warning.subject() + " " + warning.rows()))
                .isEqualTo(List.of("t.a 2", "t.b 1", "t.c 1", "t.d 1"));
        assertThat(warnings(draft))
                .contains(
                        "t.b: a value that is no TEXT makes the migration fail, because the table is STRICT. Rows now: 1.");
    }
}
