package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.querysets.schema.Schema;

/** Names of records, columns and relations. */
final class NamingTests {

    @TempDir
    Path directory;

    private Shapes shapes(String script, Naming naming) {
        Schema schema = Sample.schema(Sample.ofScript(directory, script), naming);
        return new Shapes(schema, CodegenOptions.of("app").naming(naming));
    }

    private List<String> rows(String script) {
        return shapes(script, Naming.derived()).tables().stream()
                .map(table -> table.names().row())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "author, Author, AUTHOR",
        "book_tag, BookTag, BOOK_TAG",
        "order line, OrderLine, ORDER_LINE",
        "Order Details, OrderDetail, ORDER_DETAIL",
        "users, User, USER",
        "categories, Category, CATEGORY",
        "CATEGORIES, Category, CATEGORY",
        "boxes, Box, BOX",
        "addresses, Address, ADDRESS",
        "address, Address, ADDRESS",
        "statuses, Status, STATUS",
        "houses, House, HOUSE",
        "sizes, Size, SIZE",
        "movies, Movie, MOVIE",
        "series, Series, SERIES",
        "tv_series, TvSeries, TV_SERIES",
        "news, News, NEWS",
        "PlaylistTrack, PlaylistTrack, PLAYLIST_TRACK",
        "HTTPLog, HTTPLog, HTTP_LOG",
        "Category Sales for 1997, CategorySalesFor1997, CATEGORY_SALES_FOR_1997",
        "1st, _1st, _1ST",
        "string, StringRow, STRING_ROW",
        "table, TableRow, TABLE_ROW",
        "!, Unnamed, UNNAMED",
        "été, Été, ÉTÉ",
    })
    void tables_giveNamesOfRowsAndConstants(String table, String row, String constant) {
        RowNames names = shapes("CREATE TABLE \"" + table + "\" (id INTEGER)", Naming.derived())
                .tables()
                .get(0)
                .names();

        assertThat(names.row()).isEqualTo(row);
        assertThat(names.constant()).isEqualTo(constant);
    }

    @Test
    void tablesWithNamesAlike_haveDifferentOnes() {
        assertThat(rows("CREATE TABLE user (id INTEGER); CREATE TABLE users (id INTEGER);"
                        + " CREATE TABLE \"user!\" (id INTEGER)"))
                .containsExactly("User", "UserRow", "Users");
        assertThat(rows("CREATE TABLE author (id INTEGER); CREATE TABLE new_author (id INTEGER);"
                        + " CREATE TABLE author_table (id INTEGER)"))
                .containsExactly("Author", "AuthorTableRow", "NewAuthorRow");
        assertThat(rows("CREATE TABLE foo_bar (id INTEGER); CREATE TABLE foobar (id INTEGER)"))
                .containsExactly("FooBar", "FoobarRow");
    }

    @ParameterizedTest
    @CsvSource({
        "mentor_id, mentorId",
        "order no, orderNo",
        "ISBN, isbn",
        "CREATED_AT, createdAt",
        "CustomerID, customerID",
        "ID, id",
        "class, class_",
        "hashCode, hashCode_",
        "is_null, isNull_",
        "2nd, _2nd",
        "_, unnamed",
    })
    void columns_giveNamesOfMembers(String column, String name) {
        assertThat(shapes("CREATE TABLE t (\"" + column + "\" TEXT)", Naming.derived())
                        .tables()
                        .get(0)
                        .columns())
                .extracting(ColumnShape::name)
                .containsExactly(name);
    }

    @Test
    void relations_areNamedAsTheDatabaseNamesThem() {
        TableShape author = shapes(
                        "CREATE TABLE authors (id INTEGER PRIMARY KEY, mentor_id INTEGER REFERENCES authors);"
                                + "CREATE TABLE Book (BookId INTEGER PRIMARY KEY, AuthorId INTEGER REFERENCES authors)",
                        Naming.derived())
                .tables()
                .get(1);
        assertThat(author.table().name()).isEqualTo("authors");
        assertThat(author.parts()).extracting(Part::name).containsExactly("id", "mentor", "books", "authorsAsMentor");
    }

    @Test
    void chosenNames_areUsed_andTellTheDatabase() {
        Naming naming = Naming.derived()
                .table("author", "Writer")
                .column("author.class", "rank")
                .relation("author.mentor_id", "mentor", "mentees")
                .relation("follow.a_id", "a", "out")
                .relation("follow.b_id", "b", "in")
                .manyToMany("follow.b_id", "following")
                .manyToMany("follow.a_id", "followers");
        String script = "CREATE TABLE author (id INTEGER PRIMARY KEY, class TEXT, mentor_id INTEGER REFERENCES author);"
                + "CREATE TABLE follow (a_id INTEGER NOT NULL REFERENCES author, b_id INTEGER NOT NULL REFERENCES author,"
                + " PRIMARY KEY (a_id, b_id))";
        Path file = Sample.ofScript(directory, script);
        GeneratedSources sources =
                Sample.generate(file, CodegenOptions.of("app").naming(naming));

        assertThat(shapes(script, naming).tables().get(0).parts())
                .extracting(Part::name)
                .containsExactly("id", "rank", "mentor", "mentees", "out", "in", "following", "followers");
        assertThat(sources.files()).extracting(GeneratedFile::path).contains("app/Writer.java", "app/NewWriter.java");
        assertThat(sources.files().stream()
                        .filter(one -> one.path().equals("app/Tables.java"))
                        .findFirst()
                        .orElseThrow()
                        .text())
                .contains(".relation(\"author.mentor_id\", \"mentor\", \"mentees\")")
                .contains(".manyToMany(\"follow.b_id\", \"following\")");
        try (Compiled compiled = Compiled.of(directory, sources)) {
            assertThat(compiled).isNotNull();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void namesWrittenAsTexts_areTheSame() {
        assertThat(Naming.derived()
                        .name("author = Writer")
                        .name(" author.class=rank ")
                        .relation("author.mentor_id = mentor , mentees")
                        .relation("a=b.first,second=one,many")
                        .relation("follow.b_id = following"))
                .isEqualTo(Naming.derived()
                        .table("author", "Writer")
                        .column("author.class", "rank")
                        .relation("author.mentor_id", "mentor", "mentees")
                        .relation("a=b.first,second", "one", "many")
                        .manyToMany("follow.b_id", "following"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "author", "= Writer", "author.name = ", "author = two words", "author.name = 1st"})
    void textsThatAreNoNames_areRefused(String text) {
        assertThatThrownBy(() -> Naming.derived().name(text)).isInstanceOf(CodegenException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "author.mentor_id", "author = mentor", "a.b = ", "a.b = one,", "a.b = ,many", "a.b = x,y,z"})
    void textsThatAreNoRelations_areRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Naming.derived().relation(text))
                .isInstanceOf(CodegenException.class)
                .hasMessage("Names are chosen like this: author.mentor_id = mentor, mentees; got \"" + text + "\".");
    }

    @Test
    void chosenNamesThatAreTaken_areRefused() {
        String script = "CREATE TABLE author (id INTEGER, name TEXT); CREATE TABLE book (id INTEGER)";

        assertThatThrownBy(() ->
                        shapes(script, Naming.derived().table("author", "Work").table("book", "Work")))
                .isInstanceOf(CodegenException.class)
                .hasMessage("The table \"book\" cannot be named \"Work\": a class of this name is needed for something"
                        + " else.");
        assertThatThrownBy(() -> shapes(script, Naming.derived().table("author", "Tables")))
                .hasMessageContaining("cannot be named \"Tables\"");
        assertThatThrownBy(() ->
                        shapes(script, Naming.derived().column("author.id", "x").column("author.name", "x")))
                .hasMessageContaining("The column author.name cannot be named \"x\"");
    }

    @Test
    void tablesLeftOut_leaveTheirRelationsOut() {
        Schema schema = Sample.schema(Sample.bookshop(directory));
        TableShape book = new Shapes(
                        schema,
                        CodegenOptions.of("app").only("book", "author", "*tag").without("book_tag"))
                .tables().stream()
                        .filter(table -> table.table().name().equals("book"))
                        .findFirst()
                        .orElseThrow();

        assertThat(book.relations()).extracting(RelationShape::name).containsExactly("author", "tags");
        assertThat(book.parts()).extracting(Part::name).contains("author", "publisherId", "categoryId");
    }
}
