package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Relation.Kind;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** Which relations follow from foreign keys, and how they are called. */
final class RelationTests {

    @TempDir
    Path directory;

    private Schema schema(String script) {
        return Fixture.ofScript(Access.BARE, directory, script).db.schema();
    }

    private static List<String> names(Schema schema, String table) {
        return schema.relations(table).stream().map(Relation::name).toList();
    }

    private static Relation relation(Schema schema, String table, String name) {
        return schema.relation(table, name).orElseThrow();
    }

    private static List<String> columns(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    @Test
    void library_hasTheNamesOfItsCases() {
        Schema schema = Fixture.library(Access.BARE, directory).db.schema();
        assertThat(names(schema, "author")).containsExactly("mentor", "mentees", "awards", "books", "profile");
        assertThat(names(schema, "book")).containsExactly("author", "publisher", "book_tags", "reviews", "tags");
        assertThat(names(schema, "publisher")).containsExactly("books");
        assertThat(names(schema, "tag")).containsExactly("book_tags", "books");
        assertThat(names(schema, "review")).containsExactly("book");
        assertThat(names(schema, "book_tag")).containsExactly("book", "tag");
        assertThat(schema.notes()).isEmpty();
    }

    @Test
    void library_kindsColumnsAndInverses() {
        Schema schema = Fixture.library(Access.BARE, directory).db.schema();
        Relation mentor = relation(schema, "author", "mentor");
        assertThat(mentor.kind()).isEqualTo(Kind.TO_ONE);
        assertThat(mentor.optional()).isTrue();
        assertThat(mentor.inverse()).isEqualTo("mentees");
        assertThat(mentor.target()).isSameAs(mentor.owner());
        assertThat(relation(schema, "author", "mentees").kind()).isEqualTo(Kind.TO_MANY);
        assertThat(relation(schema, "author", "profile").kind()).isEqualTo(Kind.ONE_TO_ONE);
        assertThat(relation(schema, "author", "profile").optional()).isTrue();
        Relation author = relation(schema, "book", "author");
        assertThat(author.optional()).isFalse();
        assertThat(author).hasToString("book.author (book.author_id = author.id)");
        assertThat(relation(schema, "author", "books")).hasToString("author.books (author.id = book.author_id)");
        Relation tags = relation(schema, "book", "tags");
        assertThat(tags.kind()).isEqualTo(Kind.MANY_TO_MANY);
        assertThat(tags).hasToString("book.tags (book.id = book_tag.book_id, book_tag.tag_id = tag.id)");
        assertThat(tags.inverse()).isEqualTo("books");
        assertThat(tags.foreignKey().columns()).containsExactly("tag_id");
        assertThat(relation(schema, "tag", "books"))
                .hasToString("tag.books (tag.id = book_tag.tag_id, book_tag.book_id = book.id)");
    }

    @Test
    void everyRelation_isTheInverseOfItsInverse() {
        for (String script : List.of("library.sql", "bookshop.sql")) {
            Schema schema = schema(Fixture.script(script));
            schema.tables().stream()
                    .flatMap(table -> schema.relations(table.name()).stream())
                    .forEach(there -> {
                        Relation back = relation(schema, there.target().name(), there.inverse());
                        assertThat(back.inverse()).isEqualTo(there.name());
                        assertThat(back.target()).isEqualTo(there.owner());
                        assertThat(there.kind().isMany()
                                        || back.kind().isMany()
                                        || back.kind() == Kind.ONE_TO_ONE
                                        || there.kind() == Kind.ONE_TO_ONE)
                                .isTrue();
                    });
        }
    }

    @Test
    void withoutChosenNames_aSelfReferenceIsQualified() {
        assertThat(names(schema(Fixture.script("library.sql")), "author")).contains("mentor", "authors_as_mentor");
    }

    @Test
    void bookshop_linksByTextKey_andKeepsReviewsATable() {
        Schema schema = Fixture.bookshop(Access.BARE, directory).db.schema();
        assertThat(names(schema, "book"))
                .containsExactly(
                        "author", "publisher", "category", "awards", "book_tags", "order lines", "reviews", "tags");
        assertThat(names(schema, "order line")).containsExactly("book", "customer_ref");
        assertThat(names(schema, "customer")).containsExactly("order lines_as_customer_ref", "reviews");
        assertThat(relation(schema, "tag", "books").from().get(0).name()).isEqualTo("name");
        assertThat(names(schema, "category")).containsExactly("parent", "books", "categories_as_parent");
    }

    @Test
    void columnThatIsNamedLikeTheRelation_wins() {
        Schema schema = schema("""
                CREATE TABLE author (id INTEGER PRIMARY KEY, books TEXT, Profile INT);
                CREATE TABLE book (id INTEGER PRIMARY KEY, author TEXT, author_id INT REFERENCES author);
                CREATE TABLE profile (id INTEGER PRIMARY KEY REFERENCES author(id), pk_id INT REFERENCES book);
                """);
        assertThat(names(schema, "book")).containsExactly("author_ref", "profiles_as_pk");
        assertThat(names(schema, "author")).containsExactly("books_set", "profile_ref");
        assertThat(names(schema, "profile")).containsExactly("id_ref", "pk_ref");
        assertThat(schema.notes())
                .contains(
                        "book.author_ref, from book(author_id) -> author(id): \"author\" is already a column.",
                        "author.books_set, from book(author_id) -> author(id): \"books\" is already a column.",
                        "author.profile_ref, from profile(id) -> author(id): \"profile\" is already a column.");
    }

    @Test
    void keyThatEndsInTheWordId_namesTheRowWithoutIt() {
        Schema schema = schema("""
                CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY);
                CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, ArtistId INT REFERENCES Artist,
                  Seller2ID INT REFERENCES Artist, Träid INT REFERENCES Artist);
                CREATE TABLE AlbumTag (AlbumId INT REFERENCES Album, TagID INT REFERENCES Tags, PRIMARY KEY (AlbumId, TagID));
                CREATE TABLE Tags (TagID INTEGER PRIMARY KEY, ParentId INT REFERENCES Tags);
                """);
        assertThat(names(schema, "Album")).containsExactly("Artist", "Seller2", "Träid_ref", "AlbumTags", "Tags");
        assertThat(names(schema, "Artist")).containsExactly("Albums", "Albums_as_Seller2", "Albums_as_Träid_ref");
        assertThat(names(schema, "AlbumTag")).containsExactly("Album", "Tag");
        assertThat(names(schema, "Tags")).containsExactly("Parent", "AlbumTags", "Tags_as_Parent", "Albums");
        assertThat(schema.notes()).isEmpty();
    }

    @Test
    void lettersThatAreNoWordId_stayInTheName() {
        Schema schema = schema("""
                CREATE TABLE hub (id INTEGER PRIMARY KEY);
                CREATE TABLE spoke (Id INT REFERENCES hub, ID2 INT REFERENCES hub, HUBID INT REFERENCES hub,
                  paid INT REFERENCES hub, voiD INT REFERENCES hub,
                  Rim_ID INT REFERENCES hub, "9Id" INT REFERENCES hub, "éId" INT REFERENCES hub);
                CREATE TABLE rim ("hub Id" INT REFERENCES hub, _id INT REFERENCES hub);
                """);
        assertThat(names(schema, "spoke"))
                .containsExactly("Id_ref", "ID2_ref", "HUBID_ref", "paid_ref", "voiD_ref", "Rim", "9", "é");
        assertThat(names(schema, "rim")).containsExactly("hub Id_ref", "_id_ref");
    }

    @Test
    void nameWithoutTheWordId_neverTakesThatOfAColumn() {
        Schema schema = schema("""
                CREATE TABLE Artist (Id INTEGER PRIMARY KEY, albums TEXT);
                CREATE TABLE Album (ARTIST TEXT, ArtistId INT REFERENCES Artist, artist_ref TEXT, Artist_id INT REFERENCES Artist,
                  PkId INT REFERENCES Artist);
                """);
        assertThat(names(schema, "Album")).containsExactly("Artist_ref_2", "Artist_ref_3", "Pk_ref");
        assertThat(names(schema, "Artist")).containsExactly("Albums_set", "Albums_as_Artist_2", "Albums_as_Pk");
    }

    @Test
    void tableInThePlural_isMeantByTheNameOfOneRow() {
        Schema schema = schema("""
                CREATE TABLE customers (id INTEGER PRIMARY KEY);
                CREATE TABLE Categories (CategoryID INTEGER PRIMARY KEY);
                CREATE TABLE movies (id INTEGER PRIMARY KEY);
                CREATE TABLE orders (CUSTOMER_ID INT REFERENCES customers, CategoryID INT REFERENCES Categories,
                  movie_id INT REFERENCES movies, payer_id INT REFERENCES customers);
                """);
        assertThat(names(schema, "orders")).containsExactly("CUSTOMER", "Category", "movie", "payer");
        assertThat(names(schema, "customers")).containsExactly("orders", "orders_as_payer");
        assertThat(names(schema, "Categories")).containsExactly("orders");
        assertThat(names(schema, "movies")).containsExactly("orders");
    }

    @Test
    void relationOfPascalCase_isReachedByBothSpellings_andASlipIsAnswered() {
        Database db = Fixture.ofScript(Access.BARE, directory, """
                CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY, Name TEXT);
                CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, ArtistId INT REFERENCES Artist);
                INSERT INTO Artist VALUES (1, 'Ann'), (2, 'Bob');
                INSERT INTO Album VALUES (10, 1), (20, 2);
                """).db;
        for (String key : List.of("Artist__Name", "artist__name")) {
            StepVerifier.create(db.objects("Album")
                            .filter(key, "Bob")
                            .values("AlbumId")
                            .flat(Long.class))
                    .expectNext(20L)
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
        }
        StepVerifier.create(db.objects("Artist").filter("Albums__AlbumId", 10).count())
                .expectNext(1L)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThatThrownBy(() -> db.objects("Album").filter("ARTIST__Name", "Bob"))
                .isInstanceOf(UnknownFieldException.class)
                .hasMessageContaining("Did you mean Artist or ArtistId?");
        assertThatThrownBy(() -> db.objects("Album").filter("ArtistId__Name", "Bob"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("write \"Artist__Name\"");
    }

    @Test
    void relationsThatWantOneName_areToldApart() {
        Schema schema = schema("""
                CREATE TABLE person (id INTEGER PRIMARY KEY);
                CREATE TABLE tag (id INTEGER PRIMARY KEY, person_id INT REFERENCES person);
                CREATE TABLE pass (id INTEGER PRIMARY KEY, person_id INT UNIQUE REFERENCES person,
                  guard_id INT UNIQUE REFERENCES person);
                CREATE TABLE liked (person_id INT REFERENCES person, tag_id INT REFERENCES tag, UNIQUE (tag_id, person_id));
                CREATE TABLE owned (person_id INT REFERENCES person, tag_id INT REFERENCES tag, UNIQUE (person_id, tag_id));
                """);
        assertThat(names(schema, "person"))
                .containsExactly(
                        "likeds", "owneds", "tags", "pass", "pass_as_guard", "tags_via_liked", "tags_via_owned");
        assertThat(names(schema, "tag")).containsExactly("person", "likeds", "owneds", "persons", "persons_via_owned");
        assertThat(schema.notes()).hasSize(4);
    }

    @Test
    void compositeKey_isNamedAfterTheParent() {
        Schema schema = schema("""
                CREATE TABLE "order line" (a INT, b INT NOT NULL, c, PRIMARY KEY (b, a));
                CREATE TABLE parcel (id INTEGER PRIMARY KEY, x INT NOT NULL, y INT NOT NULL,
                  FOREIGN KEY (x, y) REFERENCES "ORDER LINE");
                """);
        Relation line = relation(schema, "parcel", "order line");
        assertThat(columns(line.from())).containsExactly("x", "y");
        assertThat(columns(line.to())).containsExactly("b", "a");
        assertThat(line.optional()).isFalse();
        assertThat(line.inverse()).isEqualTo("parcels");
    }

    @Test
    void linkTable_isFoundByItsShape() {
        String sides = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY);";
        String keys = "a_id INT NOT NULL REFERENCES a, b_id INT NOT NULL REFERENCES b";
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", PRIMARY KEY (b_id, a_id))"))
                .isTrue();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", at TEXT NOT NULL, PRIMARY KEY (a_id, b_id))"))
                .isTrue();
        assertThat(isLinked(sides + "CREATE TABLE l (id INTEGER PRIMARY KEY, " + keys + ", UNIQUE (b_id, a_id))"))
                .isTrue();
        assertThat(isLinked(sides + "CREATE TABLE l (id TEXT PRIMARY KEY, at DATE NOT NULL DEFAULT CURRENT_DATE, "
                        + keys + ", note, UNIQUE (a_id, b_id))"))
                .isTrue();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + "); CREATE UNIQUE INDEX u ON l (a_id, b_id)"))
                .isTrue();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ")")).isFalse();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", n INT NOT NULL, UNIQUE (a_id, b_id))"))
                .isFalse();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", UNIQUE (a_id), UNIQUE (a_id, b_id))"))
                .isFalse();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", c_id INT REFERENCES a, UNIQUE (a_id, b_id))"))
                .isFalse();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys
                        + "); CREATE UNIQUE INDEX u ON l (a_id, b_id) WHERE a_id > 1"))
                .isFalse();
        assertThat(isLinked(sides + "CREATE TABLE l (" + keys + ", at, UNIQUE (a_id, b_id, at))"))
                .isFalse();
    }

    private boolean isLinked(String script) {
        Schema schema = schema(script);
        assertThat(schema.relation("a", "bs").isPresent())
                .isEqualTo(schema.relation("b", "as").isPresent());
        return schema.relation("a", "bs").isPresent();
    }

    @Test
    void linkOfATableWithItself_isNamedAfterItsColumns() {
        String script = """
                CREATE TABLE user (id INTEGER PRIMARY KEY);
                CREATE TABLE follow (follower_id INT REFERENCES user, followed_id INT REFERENCES user,
                  PRIMARY KEY (follower_id, followed_id)) WITHOUT ROWID;
                """;
        assertThat(names(schema(script), "user"))
                .containsExactly("follows_as_follower", "follows_as_followed", "followeds", "followers");
        Schema named = schema(script)
                .withRelationNames(RelationNames.none()
                        .manyToMany("follow.followed_id", "following")
                        .relation("Follow.FOLLOWED_ID", "followed", "incoming"));
        assertThat(names(named, "user")).containsExactly("follows_as_follower", "incoming", "following", "followers");
        assertThat(relation(named, "user", "following").inverse()).isEqualTo("followers");
    }

    @Test
    void keysThatLeadNowhere_areNotedAndGiveNoRelation() {
        Schema schema = schema("""
                CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT, flag TEXT, UNIQUE (code));
                CREATE TABLE no_key (v);
                CREATE VIEW seen AS SELECT id FROM parent;
                CREATE TABLE child (
                  a_id INT REFERENCES nowhere, b_id INT REFERENCES parent(nope), c_id INT REFERENCES parent(flag),
                  d_id INT REFERENCES no_key, e_id TEXT REFERENCES PARENT(CODE), f_id INT REFERENCES seen(id),
                  g_id INT REFERENCES parent REFERENCES parent, h INT, i INT, FOREIGN KEY (h, i) REFERENCES parent);
                """);
        assertThat(names(schema, "child")).containsExactly("e", "g");
        assertThat(columns(relation(schema, "child", "e").to())).containsExactly("code");
        assertThat(schema.notes()).hasSize(7).anyMatch(note -> note.startsWith("child(a_id) -> nowhere is dangling"));
    }

    @Test
    void namesDifferingInMoreThanAsciiCase_areDifferentTables() {
        Schema schema = schema("""
                CREATE TABLE "Été" (id INTEGER PRIMARY KEY);
                CREATE TABLE "été" (id INTEGER PRIMARY KEY, x_id INT REFERENCES "ÉTÉ", y_id INT REFERENCES "ÉTé");
                """);
        assertThat(names(schema, "été")).containsExactly("y");
        assertThat(relation(schema, "été", "y").target().name()).isEqualTo("Été");
    }

    @Test
    void plurals() {
        Schema schema = schema("""
                CREATE TABLE hub (id INTEGER PRIMARY KEY);
                CREATE TABLE box (hub_id INT REFERENCES hub);
                CREATE TABLE bus_stops (hub_id INT REFERENCES hub);
                CREATE TABLE day (hub_id INT REFERENCES hub);
                CREATE TABLE entry (hub_id INT REFERENCES hub);
                CREATE TABLE match (hub_id INT REFERENCES hub);
                CREATE TABLE policies (hub_id INT UNIQUE REFERENCES hub);
                CREATE TABLE address (hub_id INT UNIQUE REFERENCES hub);
                CREATE TABLE boxes (hub_id INT UNIQUE REFERENCES hub);
                CREATE TABLE cars (hub_id INT UNIQUE REFERENCES hub);
                """);
        assertThat(names(schema, "hub"))
                .containsExactly("boxes", "bus_stops", "days", "entries", "matches", "address", "box", "car", "policy");
    }

    @Test
    void chosenNames_thatDoNotFit_areErrorsAtOpen() {
        Fixture library = Fixture.library(Access.BARE, directory);
        StepVerifier.create(Database.over(
                        library.connections,
                        DatabaseOptions.defaults().relation("author.mentr_id", "mentor", "mentees")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("author.mentr_id")
                        .hasMessageContaining("author.mentor_id"))
                .verify(Fixture.PATIENCE);
        StepVerifier.create(Database.over(
                        library.connections,
                        DatabaseOptions.defaults().relation("author.mentor_id", "name", "mentees")))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("author \"name\""))
                .verify(Fixture.PATIENCE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseOptions.defaults().relation("mentor_id", "a", "b"))
                .withMessageContaining("table.column");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseOptions.defaults().relation("author.mentor_id", " ", "b"));
    }

    @Test
    void equalRelations_haveEqualHashes_andDifferAcrossChangedColumns() {
        Schema one = Fixture.library(Access.BARE, directory).db.schema();
        Schema two = Fixture.library(Access.BARE, directory).db.schema();
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(relation(one, "book", "tags"))
                .isEqualTo(relation(two, "book", "tags"))
                .hasSameHashCodeAs(relation(two, "book", "tags"))
                .isNotEqualTo(relation(one, "tag", "books"));
        assertThat(Objects.requireNonNull(relation(one, "book", "tags").link())
                        .table()
                        .name())
                .isEqualTo("book_tag");
    }
}
