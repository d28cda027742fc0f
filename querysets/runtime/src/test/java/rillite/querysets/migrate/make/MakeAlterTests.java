package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What SQLite's own statements can do. */
final class MakeAlterTests extends MakeCase {

    @Test
    void equalSchemas_inAnotherLayout_giveAnEmptyDraft() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, \"title\" TEXT NOT NULL, CHECK (title <> 'A;b'));"
                + "CREATE INDEX by_title ON book(title);");

        MigrationDraft draft = draft(make(
                "create table IF NOT EXISTS [book] (\n  id integer primary key, -- the key\n  title text not null,\n"
                        + " check(`title`<>'A;b'));\ncreate index if not exists by_title on book (title)"));

        assertThat(draft.isEmpty()).isTrue();
        assertThat(draft.upSql()).isEmpty();
        assertThat(draft.downSql()).isEmpty();
        assertThat(draft.warnings()).isEmpty();
    }

    @Test
    void newColumn_atTheEnd_isAdded() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL); INSERT INTO book VALUES (1, 'Emma');");
        String desired =
                "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INT DEFAULT 0 NOT NULL)";

        MigrationDraft draft = draft(make(desired));

        assertThat(draft.upSql()).isEqualTo("ALTER TABLE book ADD COLUMN pages INT DEFAULT 0 NOT NULL;\n");
        assertThat(draft.downSql()).isEqualTo("ALTER TABLE book DROP COLUMN pages;\n");
        assertThat(draft.needsRebuild()).isFalse();
        assertThat(summaries(draft)).containsExactly("add column book.pages");
        assertThat(warnings(draft)).containsExactly("Rollback: book.pages: its values are lost.");
        apply(draft, desired);
        assertThat(query("SELECT * FROM book")).containsExactly("1|Emma|0");
    }

    @Test
    void newColumn_inTheMiddle_rebuilds_unlessOrderIsOfNoConcern() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO book VALUES (1, 'Emma');");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY, pages INT, title TEXT)";

        MigrationDraft exact = draft(make(desired));
        assertThat(summaries(exact))
                .containsExactly("rebuild table book: column pages stands elsewhere than ALTER TABLE would put it");

        MigrationDraft loose = draft(make(desired).anyColumnOrder());
        assertThat(loose.upSql()).isEqualTo("ALTER TABLE book ADD COLUMN pages INT;\n");
        apply(exact, desired);
        assertThat(query("SELECT * FROM book")).containsExactly("1|null|Emma");
        assertThat(draft(make("CREATE TABLE book (title TEXT, id INTEGER PRIMARY KEY, pages INT)")
                                .anyColumnOrder())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void droppedColumn_needsTheFlag() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, isbn TEXT); INSERT INTO book VALUES (1, 'x');");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY)";

        DataLossException error = refused(DataLossException.class, make(desired));
        assertThat(error.losses()).containsExactly("column book.isbn");
        assertThat(error)
                .hasMessage(
                        "The migration would lose data: column book.isbn. If that is meant, call allowDataLoss(); if"
                                + " something was renamed, call rename(..).");

        MigrationDraft draft = draft(make(desired).allowDataLoss());
        assertThat(draft.upSql()).isEqualTo("ALTER TABLE book DROP COLUMN isbn;\n");
        assertThat(draft.downSql()).isEqualTo("ALTER TABLE book ADD COLUMN isbn TEXT;\n");
        assertThat(warnings(draft)).containsExactly("book.isbn: its values are lost.");
        apply(draft, desired);
    }

    @Test
    void columnThatLooksRenamed_isAsked_neverGuessed() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO book VALUES (1, 'Emma');"
                + " CREATE INDEX by_name ON book (name); CREATE VIEW names AS SELECT name FROM book;"
                + " CREATE TRIGGER no_name AFTER INSERT ON book WHEN new.name = '' BEGIN DELETE FROM book; END;");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT);"
                + " CREATE INDEX by_name ON book (title); CREATE VIEW names AS SELECT title FROM book;"
                + " CREATE TRIGGER no_name AFTER INSERT ON book WHEN new.title = '' BEGIN DELETE FROM book; END;";

        RenameUndecidedException error =
                refused(RenameUndecidedException.class, make(desired).allowDataLoss());
        assertThat(error.questions()).containsExactly(new RenameQuestion("book", "name", java.util.List.of("title")));
        assertThat(error)
                .hasMessage("Was column book.name renamed to title? Answer with rename(\"book.name\", \"title\"), which"
                        + " keeps the data, or with notRenamed(\"book.name\").");

        MigrationDraft renamed = draft(make(desired).rename("book.name", "title"));
        assertThat(renamed.upSql()).startsWith("ALTER TABLE book RENAME COLUMN name TO title;\n");
        assertThat(renamed.downSql()).endsWith("ALTER TABLE book RENAME COLUMN title TO name;\n");
        assertThat(summaries(renamed))
                .as("the view has a column of another name; the rest is renamed by SQLite")
                .containsExactly("rename column book.name to title");
        apply(renamed, desired);
        assertThat(query("SELECT title FROM book")).containsExactly("Emma");
    }

    @Test
    void columnThatLooksRenamed_andIsNot_goes() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO book VALUES (1, 'Emma');");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT)";

        MigrationDraft draft = draft(make(desired).notRenamed("book.name").allowDataLoss());

        assertThat(summaries(draft)).containsExactly("drop column book.name", "add column book.title");
        apply(draft, desired);
        assertThat(query("SELECT * FROM book")).containsExactly("1|null");
    }

    @Test
    void columnOfAnotherType_isNoCandidate() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, name TEXT);");

        assertThat(summaries(draft(make("CREATE TABLE book (id INTEGER PRIMARY KEY, pages INT)")
                        .allowDataLoss())))
                .containsExactly("drop column book.name", "add column book.pages");
    }

    @Test
    void tableThatLooksRenamed_isAsked_andKeepsWhatRefersToIt() {
        run("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);"
                + "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INT REFERENCES author);"
                + "INSERT INTO author VALUES (1, 'Jane'); INSERT INTO book VALUES (1, 1);");
        String desired = "CREATE TABLE writer (id INTEGER PRIMARY KEY, name TEXT);"
                + "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INT REFERENCES writer)";

        assertThat(refused(RenameUndecidedException.class, make(desired)).questions())
                .containsExactly(new RenameQuestion("author", null, java.util.List.of("writer")));

        MigrationDraft draft = draft(make(desired).rename("author", "writer"));
        assertThat(draft.upSql()).isEqualTo("ALTER TABLE author RENAME TO writer;\n");
        assertThat(draft.downSql()).isEqualTo("ALTER TABLE writer RENAME TO author;\n");
        apply(draft, desired);
        assertThat(query("SELECT name FROM book JOIN writer ON writer.id = author_id"))
                .containsExactly("Jane");
    }

    @Test
    void tableAndItsColumn_renamedTogether_underEitherName() {
        run("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO author VALUES (1, 'Jane');");
        String desired = "CREATE TABLE writer (id INTEGER PRIMARY KEY, full_name TEXT)";

        for (String column : new String[] {"author.name", "writer.name"}) {
            MigrationDraft draft =
                    draft(make(desired).rename(column, "full_name").rename("author", "writer"));
            assertThat(summaries(draft))
                    .containsExactly("rename table author to writer", "rename column writer.name to full_name");
        }
    }

    @Test
    void swappedNames_goOverAThirdOne() {
        run(
                "CREATE TABLE a (x INT, y INT); CREATE TABLE b (z INT); INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (3);");
        String desired = "CREATE TABLE b (y INT, x INT); CREATE TABLE a (z INT)";

        MigrationDraft draft = draft(make(desired)
                .rename("a", "b")
                .rename("b", "a")
                .rename("a.x", "y")
                .rename("a.y", "x"));

        assertThat(draft.changes()).hasSize(6);
        apply(draft, desired);
        assertThat(query("SELECT x, y, z FROM a, b")).containsExactly("2|1|3");
    }

    @Test
    void namesThatDifferByCase_areRenamedWithoutAsking() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, Name TEXT); INSERT INTO book VALUES (1, 'Emma');"
                + " CREATE TABLE note (book INT REFERENCES book)");
        String desired =
                "CREATE TABLE Book (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE note (book INT REFERENCES Book)";

        MigrationDraft draft = draft(make(desired));

        assertThat(summaries(draft))
                .containsExactly(
                        "rename table book to rillite_book",
                        "rename table rillite_book to Book",
                        "rename column Book.Name to name");
        apply(draft, desired);
        assertThat(query("SELECT name FROM Book")).containsExactly("Emma");
    }

    @Test
    void indexesViewsAndTriggers_comeAndGoAndChange() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, pages INT);"
                + " CREATE INDEX gone ON book (pages); CREATE INDEX changed ON book (title);"
                + " CREATE VIEW seen AS SELECT title FROM book; CREATE VIEW old AS SELECT 1 AS one;"
                + " CREATE TRIGGER t AFTER INSERT ON book BEGIN SELECT 1; END;");
        String desired = "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, pages INT);"
                + " CREATE INDEX changed ON book (title) WHERE pages > 1; CREATE INDEX new ON book (lower(title));"
                + " CREATE VIEW seen AS SELECT title AS Title FROM book;"
                + " CREATE TRIGGER seen_insert INSTEAD OF INSERT ON seen BEGIN INSERT INTO book (title) VALUES (new.Title); END;"
                + " CREATE TRIGGER t AFTER INSERT ON book BEGIN SELECT 2; END;";

        MigrationDraft draft = draft(make(desired));

        assertThat(summaries(draft))
                .containsExactly(
                        "drop trigger t",
                        "drop view seen",
                        "drop view old",
                        "drop index gone",
                        "drop index changed",
                        "create index changed",
                        "create index new",
                        "create view seen",
                        "create trigger seen_insert",
                        "create trigger t");
        assertThat(draft.needsRebuild()).isFalse();
        apply(draft, desired);
    }

    @Test
    void tables_comeAndGo() {
        run("CREATE TABLE old (id INTEGER PRIMARY KEY, x BLOB); CREATE INDEX old_x ON old (x);"
                + " CREATE TRIGGER old_t AFTER INSERT ON old BEGIN SELECT 1; END; INSERT INTO old VALUES (1, x'00');");
        String desired = "CREATE TABLE \"new one\" (a INT, b INT, c INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;"
                + "CREATE INDEX i ON \"new one\" (c)";

        assertThat(refused(DataLossException.class, make(desired)).losses()).containsExactly("table old");

        MigrationDraft draft = draft(make(desired).allowDataLoss());
        assertThat(draft.upSql())
                .isEqualTo("-- rillite: foreign-keys off\nDROP TABLE old;\n"
                        + "CREATE TABLE \"new one\" (a INT, b INT, c INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;\n"
                        + "CREATE INDEX i ON \"new one\" (c);\n");
        assertThat(draft.needsRebuild()).isTrue();
        apply(draft, desired);
    }

    @Test
    void ignoredTables_andTheHistory_areLeftAlone() {
        run(
                "CREATE TABLE rillite_migration (x); CREATE TABLE rillite_import (x); CREATE TABLE auth_user (id INTEGER PRIMARY KEY);"
                        + " CREATE INDEX auth_i ON auth_user (id); CREATE TABLE Audit (x); CREATE TABLE book (id INTEGER PRIMARY KEY);"
                        + " CREATE TRIGGER log AFTER INSERT ON book BEGIN INSERT INTO audit VALUES (1); END;");
        String desired = "CREATE TABLE volume (id INTEGER PRIMARY KEY, t TEXT);"
                + " CREATE TRIGGER log AFTER INSERT ON volume BEGIN INSERT INTO audit VALUES (1); END;";

        MigrationDraft draft = draft(make(desired).ignoring("auth_*", "audit").rename("book", "volume"));

        assertThat(summaries(draft)).containsExactly("rename table book to volume", "add column volume.t");
        run(draft.upSql());
        assertThat(draft(make(desired).ignoring("auth_*", "audit")).isEmpty()).isTrue();
    }
}
