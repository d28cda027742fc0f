package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a draft tells before it is run, and how many rows it is about. */
final class MakeWarningTests extends MakeCase {

    private static List<String> about(MigrationDraft draft, DraftWarning.Kind kind) {
        return draft.warnings().stream()
                .filter(warning -> warning.kind() == kind && !warning.onRollback())
                .map(DraftWarning::toString)
                .toList();
    }

    @Test
    void newConstraints_countTheRowsInTheWay() {
        run(
                "CREATE TABLE author (id INTEGER PRIMARY KEY); CREATE TABLE book (id INTEGER PRIMARY KEY, a INT, t TEXT);"
                        + " INSERT INTO author VALUES (1); INSERT INTO book VALUES (1, 1, 'x'), (2, 7, 'x'), (3, NULL, ''), (4, 8, 'y');");

        MigrationDraft draft =
                draft(make("CREATE TABLE author (id INTEGER PRIMARY KEY); CREATE TABLE book (id INTEGER PRIMARY"
                        + " KEY, a INT REFERENCES author, t TEXT UNIQUE CHECK (t <> '' -- not empty\n), n INT REFERENCES author,"
                        + " m INT CHECK (m > 0))"));

        assertThat(about(draft, DraftWarning.Kind.CONSTRAINT))
                .containsExactly(
                        "book: values of (t) that occur twice make the migration fail, because they become unique. Rows now: 1.",
                        "book: rows that do not fulfil CHECK (t <> '' -- not empty) make the migration fail. Rows now: 1.",
                        "book: rows whose parent does not exist make the migration fail: book(a) -> author(id). Rows now: 2.");
    }

    @Test
    void renamedColumns_areNotLookedFor() {
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO book VALUES (1, 'x');");

        MigrationDraft draft =
                draft(make("CREATE TABLE volume (id INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT '' UNIQUE)")
                        .rename("book", "volume")
                        .rename("book.a", "b"));

        assertThat(about(draft, DraftWarning.Kind.REBUILD))
                .singleElement()
                .asString()
                .as("the table of today has another name")
                .endsWith("Rows now: 1.");
        assertThat(about(draft, DraftWarning.Kind.CONSTRAINT))
                .containsExactly(
                        "volume: values of (b) that occur twice make the migration fail, because they become unique.");
        assertThat(about(draft, DraftWarning.Kind.VALUES))
                .containsExactly("volume.b: rows in which it is NULL get its default.");
    }

    @Test
    void otherTypes_tellWhatBecomesOfValues() {
        run(
                "CREATE TABLE t (a TEXT, b INT, c INT, d TEXT, e TEXT COLLATE BINARY UNIQUE); INSERT INTO t VALUES ('007', 7, 7, 'x', 'E');");

        MigrationDraft draft =
                draft(make("CREATE TABLE t (a INT, b TEXT, c REAL, d BLOB, e TEXT COLLATE NOCASE UNIQUE)"));

        assertThat(about(draft, DraftWarning.Kind.VALUES))
                .containsExactly(
                        "t.a: texts that look like numbers become numbers: '007' becomes 7. Other texts stay texts.",
                        "t.b: numbers become texts, so that they sort and compare as texts.",
                        "t.c: integers become floating-point numbers, exact up to 15 digits, and texts that look like numbers"
                                + " become numbers.");
        assertThat(about(draft, DraftWarning.Kind.CONSTRAINT))
                .containsExactly(
                        "t.e: texts that are different now and equal under NOCASE make the migration fail, because it"
                                + " is unique.");
        run(draft.upSql());
        assertThat(query("SELECT a, typeof(b), typeof(c), d, e FROM t")).containsExactly("7|text|real|x|E");
    }
}
