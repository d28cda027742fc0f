package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.migrate.MigrationTester;
import rillite.querysets.migrate.Migrations;
import rillite.querysets.migrate.make.DraftWarning;
import rillite.querysets.migrate.make.Make;
import rillite.querysets.migrate.make.MigrationDraft;
import rillite.querysets.migrate.make.MigrationFiles;
import rillite.querysets.migrate.make.RenameQuestion;
import rillite.querysets.migrate.make.RenameUndecidedException;

/** guides/migrations-make.md */
final class MigrationsMakeTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PAGE = Pages.text("guides/migrations-make.md");
    private static final Pattern SQL = Pattern.compile("<!-- file: ([\\w./]+) -->\\n```sql\\n(.*?)```", Pattern.DOTALL);

    private Path folder;
    private Path schemaSql;
    private Database db;
    private final List<String> shown = new ArrayList<>();
    private String name = "";

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        folder = Files.createDirectories(directory.resolve("migrations"));
        schemaSql = Files.writeString(directory.resolve("schema.sql"), file("schema.sql"));
        Files.writeString(
                folder.resolve("0001_create_author.sql"),
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n-- down\nDROP TABLE author;\n");
        Files.writeString(
                folder.resolve("0002_create_book.sql"),
                "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author ON DELETE CASCADE,"
                        + " title TEXT NOT NULL);\nCREATE INDEX book_author ON book (author_id);\n-- down\nDROP TABLE book;\n");
        db = Database.open(directory.resolve("shop.db")).block(LIMIT);
        Migrations.of(folder).migrate(db).block(LIMIT);
        run("INSERT INTO author VALUES (1, 'Ada')");
        run("INSERT INTO book VALUES (7, 1, 'Notes'), (8, 1, 'notes')");
    }

    @AfterEach
    void close() {
        db.close().block(LIMIT);
    }

    /** A block of the page. */
    private static String file(String name) {
        return SQL.matcher(PAGE)
                .results()
                .filter(found -> found.group(1).equals(name))
                .map((MatchResult found) -> found.group(2))
                .findFirst()
                .orElseThrow();
    }

    private void run(String sql) {
        db.sql(sql).execute().block(LIMIT);
    }

    private void show(String text) {
        shown.add(text);
    }

    private boolean ask(List<RenameQuestion> questions) {
        questions.forEach(question -> show(question.toString()));
        return questions.get(0).candidates().contains(name);
    }

    @Test
    void make_writesTheNextMigration_andTheMigratorRunsIt() {
        // tag::make[]
        Mono<MigrationFiles> files = Make.of(db)
                .desired(schemaSql)
                .draft()
                .doOnNext(draft -> draft.warnings().forEach(warning -> show(warning.toString())))
                .flatMap(draft -> draft.writeTo(folder, "check_title"));
        // end::make[]

        assertThat(files.block(LIMIT).up())
                .hasFileName("0003_check_title.up.sql")
                .hasContent(file("0003_check_title.up.sql"));
        assertThat(shown).hasSize(4).first().asString().contains("Rows now: 2.");
        Migrations.of(folder).migrate(db).block(LIMIT);
        assertThat(db.objects("book").count().block(LIMIT)).isEqualTo(2);
        assertThat(Make.of(db).desired(schemaSql).draft().block(LIMIT).isEmpty())
                .isTrue();
        MigrationTester.of(Migrations.of(folder))
                .seed("0001", "INSERT INTO author VALUES (1, 'Ada')")
                .seed("0002", "INSERT INTO book VALUES (1, 1, 'Notes')")
                .run()
                .block(LIMIT)
                .assertNothingLost();
    }

    @Test
    void migrations_areComparedThemselves() {
        // tag::migrations[]
        Mono<MigrationDraft> draft =
                Make.of(Migrations.of(folder)).desired(schemaSql).draft();
        // end::migrations[]

        assertThat(draft.block(LIMIT).upSql()).isEqualTo(file("0003_check_title.up.sql"));
    }

    @Test
    void question_isAnswered() {
        Make make = Make.of(db)
                .desired("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                        + "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author ON DELETE"
                        + " CASCADE, name TEXT NOT NULL DEFAULT '');"
                        + "CREATE INDEX book_author ON book (author_id);");
        // tag::question[]
        Mono<MigrationDraft> draft = make.draft()
                .onErrorResume(
                        RenameUndecidedException.class,
                        error -> ask(error.questions()) // Was column book.title renamed to name?
                                ? make.rename("book.title", "name").draft()
                                : make.notRenamed("book.title").allowDataLoss().draft());
        // end::question[]

        name = "name";
        assertThat(draft.block(LIMIT).upSql()).contains("RENAME COLUMN title TO name");
        name = "other";
        assertThat(draft.block(LIMIT).upSql())
                .isEqualTo(
                        "ALTER TABLE book DROP COLUMN title;\nALTER TABLE book ADD COLUMN name TEXT NOT NULL DEFAULT '';\n");
        assertThat(shown).containsOnly("Was column book.title renamed to name?");
    }

    @Test
    void backfill_fillsRowsThatExist() throws IOException {
        Files.writeString(schemaSql, file("schema.sql").replace("pages INTEGER", "slug TEXT NOT NULL"));
        // tag::backfill[]
        Mono<MigrationDraft> draft = Make.of(db)
                .desired(schemaSql)
                .backfill("book.slug", "lower(title)")
                .draft();
        // end::backfill[]

        assertThat(draft.block(LIMIT).upSql()).contains("SELECT id, author_id, title, lower(title)\nFROM book");
    }

    @Test
    void warnings_tellWhatIsInTheWay() throws IOException {
        Files.writeString(
                schemaSql,
                file("schema.sql").replace("title TEXT NOT NULL", "title TEXT NOT NULL COLLATE NOCASE UNIQUE"));
        run("UPDATE book SET title = 'Notes'");
        // tag::warnings[]
        Mono<List<DraftWarning>> inTheWay = Make.of(db)
                .desired(schemaSql)
                .draft()
                .flatMapIterable(MigrationDraft::warnings)
                .filter(warning -> warning.kind() == DraftWarning.Kind.CONSTRAINT && warning.rows() > 0)
                .collectList();
        // end::warnings[]

        assertThat(inTheWay.block(LIMIT))
                .singleElement()
                .satisfies(warning -> assertThat(warning.findSql()).contains("GROUP BY title HAVING count(*) > 1"));
    }
}
