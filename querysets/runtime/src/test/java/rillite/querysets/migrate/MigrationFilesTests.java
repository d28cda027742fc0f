package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a folder: names, encodings, limits, links. */
final class MigrationFilesTests extends MigrationCase {

    private static final String TABLE = "CREATE TABLE t (x);";

    private List<String> names() {
        return await(migrations().files()).stream().map(Migration::toString).toList();
    }

    @Test
    void numbers_giveTheOrder_notTheirWidth() {
        write("0010_c.up.sql", TABLE);
        write("00002_b.up.sql", TABLE);
        write("0001_a.sql", TABLE);
        write("20240131120000_d.sql", TABLE);

        assertThat(names()).containsExactly("0001_a", "00002_b", "0010_c", "20240131120000_d");
    }

    @ParameterizedTest
    @CsvSource({
        "1_create_users.up.sql, Should it be 0001_create_users.up.sql?",
        "0001_Create-Users.up.sql, Should it be 0001_create_users.up.sql?",
        "0001-create users.sql, Should it be 0001_create_users.sql?",
        "V7__add email.sql, Should it be 0007_add_email.sql?",
        "0001_create_users.UP.SQL, Should it be 0001_create_users.up.sql?",
        "0001_create_users.undo.sql, Should it be 0001_create_users_undo.sql?",
        "schema.sql, 4 to 14 digits",
        "0001.sql, 4 to 14 digits",
        "0001_.up.sql, 4 to 14 digits",
        "123456789012345_x.sql, 4 to 14 digits",
        "0001_ünïcode.sql, Should it be 0001_n_code.sql?",
        "0000_zero.sql, numbers begin at 0001"
    })
    void otherNames_areErrors_withTheRuleAndABetterOne(String name, String told) {
        Path file = write(name, TABLE);

        InvalidMigrationException error = invalid();

        assertThat(error).hasMessageStartingWith(file + ": ").hasMessageContaining(told);
        assertThat(error.place()).isEqualTo(file.toString());
        assertThat(error.line()).isZero();
    }

    @Test
    void everythingElse_isLeftAlone() throws IOException {
        write("0001_a.sql", TABLE);
        write("README.md", "text");
        write(".0002_hidden.sql", "nonsense");
        write("0003_backup.sql~", "nonsense");
        Files.createDirectories(folder().resolve("other"));
        write("other/0001_a.sql", "nonsense");

        assertThat(names()).containsExactly("0001_a");
    }

    @Test
    void twoFilesWithOneNumber_areAnError() {
        write("0001_create_users.up.sql", TABLE);
        Path second = write("00001_create_posts.up.sql", TABLE);
        Path first = folder().resolve("0001_create_users.up.sql");

        assertThat(invalid())
                .hasMessage(first + ": has the number of " + second
                        + ". Two branches may have taken it: give the one that is"
                        + " not applied anywhere the next number.");
    }

    @Test
    void wayDownWithoutWayUp_isAnError() {
        write("0001_create_users.down.sql", TABLE);
        write("0002_up_and_other_down.up.sql", TABLE);

        assertThat(invalid()).hasMessageEndingWith("has no way up: 0001_create_users.up.sql is missing.");
    }

    @Test
    void bothWaysInOneFile_areDividedByAMarker() {
        write("0001_a.sql", "-- up", TABLE, "", "  -- DOWN  ", "-- back again", "DROP TABLE t;");

        Migration migration = await(migrations().files()).get(0);

        assertThat(migration.up().statements()).containsExactly(new MigrationScript.Statement("CREATE TABLE t (x)", 2));
        assertThat(migration.isReversible()).isTrue();
        assertThat(java.util.Objects.requireNonNull(migration.down()).statements())
                .containsExactly(new MigrationScript.Statement("DROP TABLE t", 6));
    }

    @Test
    void wayUp_hasOneChecksum_inWhateverFormItIsWritten() {
        write("0001_a.up.sql", TABLE, "");
        String alone = await(migrations().files()).get(0).checksum();
        delete("0001_a.up.sql");
        writeBytes(
                "0001_a.sql", ("\uFEFF" + TABLE + "\r\n\r\n-- down\r\nDROP TABLE t;").getBytes(StandardCharsets.UTF_8));

        assertThat(await(migrations().files()).get(0).checksum()).isEqualTo(alone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0001_a.sql | CREATE TABLE t (x)\\n-- down\\nDROP TABLE t; | line 2: -- down stands inside a statement or a comment. Is a semicolon missing before it?",
                "0001_a.sql | CREATE TABLE t (x);\\n/*\\n-- down\\n*/ | line 3: -- down stands inside a statement or a comment. Is a semicolon missing before it?",
                "0001_a.sql | CREATE TABLE t (x);\\n-- down\\n-- down\\n | line 3: a second -- down. The first is in line 2.",
                "0001_a.up.sql | CREATE TABLE t (x);\\n-- down\\n | line 2: -- down is for a file that holds both ways, called 0001_a.sql. Move what follows into 0001_a.down.sql.",
                "0001_a.sql | -- nothing\\n | : holds no statement.",
                "0001_a.sql | -- down\\nDROP TABLE t; | : holds no statement."
            })
    void markerInTheWrongPlace_isAnError(String name, String text, String told) {
        write(name, text.replace("\\n", "\n"));

        assertThat(invalid()).hasMessageEndingWith(told);
    }

    @Test
    void markerInAWayDown_isAnError() {
        write("0001_a.up.sql", TABLE);
        write("0001_a.down.sql", "-- down", "DROP TABLE t;");

        assertThat(invalid())
                .hasMessageEndingWith("holds a marker -- down, and is the way down itself. Remove the marker.");
    }

    @Test
    void aWayDownInBothForms_isAnError() {
        write("0001_a.sql", TABLE, "-- down", "DROP TABLE t;");
        write("0001_a.down.sql", "DROP TABLE t;");

        assertThat(invalid()).hasMessageContaining("line 2: -- down is for a file that holds both ways");
    }

    @Test
    void bytesThatAreNotUtf8_areToldWithLineAndOffset() {
        byte[] latin = "CREATE TABLE t (x);\n-- gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        writeBytes("0001_a.sql", latin);

        InvalidMigrationException error = invalid();

        assertThat(error)
                .hasMessageEndingWith("line 2: the byte 0xFC at offset 25 is not UTF-8. Save the file as UTF-8.");
        assertThat(error.line()).isEqualTo(2);
    }

    @Test
    void textCutInsideACharacter_isNotUtf8() {
        writeBytes("0001_a.sql", new byte[] {'-', '-', (byte) 0xE2, (byte) 0x82});

        assertThat(invalid()).hasMessageContaining("line 1: the byte 0xE2 at offset 2 is not UTF-8");
    }

    @Test
    void utf16_isNamed() {
        writeBytes("0001_a.sql", TABLE.getBytes(StandardCharsets.UTF_16));

        assertThat(invalid()).hasMessageEndingWith("line 1: the file is UTF-16. Save it as UTF-8.");
    }

    @Test
    void carriageReturnAlone_andZero_areErrors() {
        write("0001_a.sql", "CREATE TABLE t (x);", "-- x\rCREATE TABLE u (x);");
        assertThat(invalid()).hasMessageContaining("line 2: a line ends with a carriage return alone");

        write("0001_a.sql", "CREATE TABLE t (x);\0");
        assertThat(invalid()).hasMessageContaining("line 1: a zero character, where SQLite would stop reading");
    }

    @Test
    void lineEndsOfWindows_andAMark_areNoPartOfTheSql() {
        writeBytes(
                "0001_a.sql",
                "\uFEFFCREATE TABLE t (x);\r\nINSERT INTO t VALUES ('a\r\nb');\r\n".getBytes(StandardCharsets.UTF_8));

        await(migrations().migrate(connections()));

        assertThat(query("SELECT hex(x) FROM t")).containsExactly("610A62");
    }

    @Test
    void hugeFile_isRefusedBeforeItIsRead() throws IOException {
        Path file = write("0001_a.sql", TABLE);
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 40);
        }

        assertThat(invalid()).hasMessageContaining("the file has more than 16 MiB. Split it");
    }

    @Test
    void manyLargeFiles_areRefusedTogether() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Path file = write("000" + i + "_a.sql", TABLE);
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(15 << 20);
            }
        }

        assertThat(invalid()).hasMessageContaining("the migrations have more than 64 MiB together");
    }

    @Test
    void links_mayStayInside_andMayNotLeadOut() throws IOException {
        write("0001_a.sql", TABLE);
        Files.createSymbolicLink(folder().resolve("0002_b.sql"), Path.of("0001_a.sql"));
        assertThat(names()).containsExactly("0001_a", "0002_b");

        Path secret = Files.writeString(directory.resolve("secret"), "PASSWORD");
        Path link = Files.createSymbolicLink(folder().resolve("0003_c.sql"), secret);
        assertThat(invalid())
                .hasMessage(link + ": a link leads out of the migrations folder.")
                .hasMessageNotContaining("PASSWORD");
    }

    @Test
    void folderThatIsALink_isFollowed() throws IOException {
        write("0001_a.sql", TABLE);
        Path link = Files.createSymbolicLink(directory.resolve("link"), folder());

        assertThat(await(Migrations.of(link).files())).hasSize(1);
    }

    @Test
    void whatCannotBeRead_isTold() throws IOException {
        assertThat(invalid()).hasMessage(folder() + ": no such folder.");

        write("0001_a.sql", TABLE);
        assertThat(error(
                        InvalidMigrationException.class,
                        Migrations.of(folder().resolve("0001_a.sql")).files()))
                .hasMessageEndingWith("is a file, not a folder of migrations.");

        Files.createDirectories(folder().resolve("0002_folder.sql"));
        assertThat(invalid()).hasMessageEndingWith("0002_folder.sql: is no ordinary file.");
        delete("0002_folder.sql");

        Path loop = folder().resolve("0003_loop.sql");
        Files.createSymbolicLink(loop, loop);
        assertThat(invalid()).hasMessageContaining("0003_loop.sql: cannot be read: ");
    }

    @Test
    void environment_addsItsFolder() {
        write("0001_a.sql", TABLE);
        write("0003_c.sql", TABLE);
        write("dev/0002_seed.sql", TABLE);
        write("test/0002_fixture.sql", TABLE);

        assertThat(names()).containsExactly("0001_a", "0003_c");
        assertThat(await(migrations().environment("dev").files()))
                .extracting(Migration::toString)
                .containsExactly("0001_a", "0002_seed", "0003_c");
        assertThat(error(
                        InvalidMigrationException.class,
                        migrations().environment("prod").files()))
                .hasMessageEndingWith(
                        "the environment \"prod\" has no folder here. Create it, or leave environment(..) out.");
    }

    @Test
    void environmentFolder_mayNotLeadOut() throws IOException {
        write("0001_a.sql", TABLE);
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.createSymbolicLink(folder().resolve("dev"), other);

        assertThat(error(
                        InvalidMigrationException.class,
                        migrations().environment("dev").files()))
                .hasMessageContaining("a link leads out of the migrations folder");
        assertThatThrownBy(() -> migrations().environment("../other"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("The environment \"../other\" is none: 1 to 64 lower case letters, digits, - and _.");
    }

    @Test
    void filesInMemory_haveEnvironmentsToo() {
        Migrations inMemory =
                Migrations.ofFiles(Map.of("0001_a.sql", TABLE, "dev/0002_b.sql", TABLE, "x/0002_c.sql", "nonsense"));

        assertThat(await(inMemory.files())).extracting(Migration::toString).containsExactly("0001_a");
        assertThat(await(inMemory.environment("dev").files())).hasSize(2);
    }

    @Test
    void setNames_areChecked() {
        assertThatThrownBy(() -> migrations().set("App!"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("The set \"App!\" is none: 1 to 64 lower case letters, digits, - and _.");
    }
}
