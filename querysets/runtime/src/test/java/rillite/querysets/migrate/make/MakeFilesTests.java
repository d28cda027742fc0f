package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rillite.querysets.Database;
import rillite.querysets.migrate.Migrations;

/** Drafts as files, run by the migrator. */
final class MakeFilesTests extends MakeCase {

    private Path folder() {
        return directory.resolve("migrations");
    }

    private MigrationFiles write(MigrationDraft draft, String name) {
        return await(draft.writeTo(folder(), name));
    }

    @Test
    void files_haveTheNextNumber() throws IOException {
        MigrationDraft draft = draft(make("CREATE TABLE t (x INT)"));

        MigrationFiles first = write(draft, "create_t");
        assertThat(first.up())
                .isEqualTo(folder().resolve("0001_create_t.up.sql"))
                .hasContent("CREATE TABLE t (x INT);\n");
        assertThat(first.down())
                .isEqualTo(folder().resolve("0001_create_t.down.sql"))
                .hasContent("-- rillite: foreign-keys off\nDROP TABLE t;");

        Files.writeString(folder().resolve("notes.txt"), "");
        Files.writeString(folder().resolve("00041_x.sql"), "");
        assertThat(write(draft, "again").up().getFileName()).hasToString("00042_again.up.sql");
        Files.createDirectories(folder().resolve("dev"));
        Files.writeString(folder().resolve("dev/0043_rows.sql"), "");
        assertThat(write(draft, "after_dev").up().getFileName()).hasToString("0044_after_dev.up.sql");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(".part"));
        }
    }

    @Test
    void folderThatHasNoPlace_isAnError() throws IOException {
        MigrationDraft draft = draft(make("CREATE TABLE t (x INT)"));
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("99999999999999_x.sql"), "");

        assertThat(catchThrowableOfType(
                        DraftFileException.class,
                        () -> draft.writeTo(folder(), "t").block(PATIENCE)))
                .hasMessageContaining("no number of 14 digits");

        Path file = directory.resolve("file");
        Files.writeString(file, "");
        assertThat(catchThrowableOfType(
                        DraftFileException.class, () -> draft.writeTo(file, "t").block(PATIENCE)))
                .hasMessageContaining("Cannot write a migration to " + file);
        assertThat(file).isEmptyFile();
    }

    @Test
    void nameThatIsNone_andEmptyDraft_areRefusedAtOnce() {
        MigrationDraft draft = draft(make("CREATE TABLE t (x INT)"));

        for (String name : new String[] {"", "Add", "a b", "../a", "a.up"}) {
            assertThatThrownBy(() -> draft.writeTo(folder(), name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> draft(make("")).writeTo(folder(), "nothing"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void migrator_runsWhatWasMade_upAndDown() throws IOException {
        Path schema = directory.resolve("schema.sql");
        Migrations migrations = Migrations.of(folder());
        Database db = await(Database.open(file()));
        try {
            String first = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);\n"
                    + "CREATE TABLE book (id INTEGER PRIMARY KEY, author INT REFERENCES author ON DELETE CASCADE, note TEXT"
                    + " DEFAULT '${x} $${y}');";
            Files.writeString(schema, first);
            write(draft(Make.of(db).desired(schema)), "start");
            assertThat(await(migrations.migrate(db)).names()).containsExactly("0001_start");
            assertThat(draft(Make.of(db).desired(schema)).isEmpty()).isTrue();
            assertThat(query("SELECT dflt_value FROM pragma_table_info('book') WHERE name = 'note'"))
                    .containsExactly("'${x} $${y}'");
            run("INSERT INTO author VALUES (1, 'Jane'); INSERT INTO book VALUES (1, 1, 'x');");

            Files.writeString(schema, first.replace("name TEXT", "name TEXT NOT NULL DEFAULT ''"));
            MigrationDraft fromFiles = draft(Make.of(migrations).desired(schema));
            assertThat(draft(Make.of(db).desired(schema)).upSql()).isEqualTo(fromFiles.upSql());
            assertThat(fromFiles.warnings())
                    .allSatisfy(warning -> assertThat(warning.rows()).isEqualTo(-1));
            write(fromFiles, "name_not_null");
            assertThat(await(migrations.migrate(db)).names()).containsExactly("0002_name_not_null");

            assertThat(Objects.requireNonNull(db.objects("book").count().block(PATIENCE)))
                    .isEqualTo(1);
            assertThat(draft(Make.of(migrations).desired(schema)).isEmpty()).isTrue();
            assertThat(await(migrations.rollback(db, 2)).names()).containsExactly("0002_name_not_null", "0001_start");
            assertThat(query("SELECT name FROM sqlite_schema WHERE type = 'table'"))
                    .containsExactly("rillite_migration");
        } finally {
            db.close().block(PATIENCE);
        }
    }
}
