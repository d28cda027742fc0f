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
}
