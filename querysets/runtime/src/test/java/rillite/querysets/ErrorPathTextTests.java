package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The texts of errors about paths through relations, word for word. Each is thrown by the verb. */
final class ErrorPathTextTests extends LibraryTestCase {

    private static final String AUTHOR_NAMES =
            " Fields: id, name, email, age, mentor_id." + " Relations: mentor, mentees, awards, books, profile";

    private void check(Callable<?> call, Class<?> type, String message) {
        library.sent();
        assertThat(catchThrowable(call::call)).isExactlyInstanceOf(type).hasMessage(message);
        assertThat(library.sent()).isEmpty();
    }

    @Test
    void unknownColumn_behindAParent_namesItsTableAndPart() {
        check(
                () -> books.filter("author__nmae", "x"),
                UnknownFieldException.class,
                "Unknown field \"nmae\" on author (in \"author__nmae\", part 2). Did you mean name?" + AUTHOR_NAMES);
        check(
                () -> reviews.orderBy("-book__author__emial"),
                UnknownFieldException.class,
                "Unknown field \"emial\" on author (in \"book__author__emial\", part 3). Did you mean email?"
                        + AUTHOR_NAMES);
    }

    @Test
    void unknownColumn_ofSeveralRows_namesItsTableAndPart() {
        check(
                () -> authors.filter("books__pags__gt", 1),
                UnknownFieldException.class,
                "Unknown field \"pags\" on book (in \"books__pags__gt\", part 2). Did you mean pages or tags?"
                        + " Fields: id, title, author_id, publisher_id, pages, published, created."
                        + " Relations: author, publisher, book_tags, reviews, tags");
        check(
                () -> authors.annotate("n", Agg.sum("books__pags")),
                UnknownFieldException.class,
                "Unknown field \"pags\" on book (in \"books__pags\", part 2). Did you mean pages or tags?"
                        + " Fields: id, title, author_id, publisher_id, pages, published, created."
                        + " Relations: author, publisher, book_tags, reviews, tags");
        check(
                () -> authors.filter(Q.any("books", "titel", "x")),
                UnknownFieldException.class,
                "Unknown field \"titel\" on book. Did you mean title?"
                        + " Fields: id, title, author_id, publisher_id, pages, published, created."
                        + " Relations: author, publisher, book_tags, reviews, tags");
    }

    @Test
    void lookup_behindAParent_isOfferedToo() {
        check(
                () -> books.filter("author__isnul", true),
                UnknownFieldException.class,
                "Unknown field \"isnul\" on author (in \"author__isnul\", part 2). Did you mean isnull?"
                        + AUTHOR_NAMES);
    }

    @Test
    void columnTakenForItsRelation_namesTheRelation() {
        check(
                () -> books.filter("author_id__name", "Ann"),
                InvalidQueryException.class,
                "In \"author_id__name\" the part \"author_id\" is the column book.author_id, behind which only lookups"
                        + " follow. The relation over this column is \"author\": write \"author__name\".");
        check(
                () -> books.values("authorId__name"),
                InvalidQueryException.class,
                "In \"authorId__name\" the part \"authorId\" is the column book.author_id, behind which only lookups"
                        + " follow. The relation over this column is \"author\": write \"author__name\".");
    }

    @Test
    void unknownRelation_ofQuantifierAndNarrowing() {
        check(
                () -> authors.filter(Q.any("boks", "pages", 1)),
                UnknownFieldException.class,
                "Unknown field \"boks\" on author. Did you mean books?" + AUTHOR_NAMES);
        check(
                () -> authors.filter(Q.any("name", "pages", 1)),
                InvalidQueryException.class,
                "\"name\" does not lead to several rows, so any, none and every do not apply."
                        + " Name its columns with \"name__..\".");
        check(
                () -> authors.annotate("big", FilteredRelation.of("boks", Q.of("pages__gt", 1))),
                UnknownRelationException.class,
                "Unknown relation \"boks\" on author. Did you mean books?"
                        + " Relations: mentor, mentees, awards, books, profile");
        check(
                () -> authors.annotate("big", FilteredRelation.of("books__tags", Q.of("name", "x"))),
                InvalidQueryException.class,
                "Cannot narrow \"books__tags\": author.books leads to several rows."
                        + " Narrow it, and name the next relation in conditions.");
    }

    @Test
    void unknownRelation_behindAnother_namesItsPart() {
        check(
                () -> reviews.selectRelated("book__autor"),
                UnknownRelationException.class,
                "Unknown relation \"autor\" on book (in \"book__autor\", part 2). Did you mean author?"
                        + " Relations: author, publisher, book_tags, reviews, tags");
        check(
                () -> authors.prefetchRelated("books__tag"),
                UnknownRelationException.class,
                "Unknown relation \"tag\" on book (in \"books__tag\", part 2). Did you mean tags?"
                        + " Relations: author, publisher, book_tags, reviews, tags");
        check(
                () -> books.only("author__mentr__name").toSql(),
                UnknownFieldException.class,
                "Unknown field \"mentr\" on author (in \"author__mentr__name\", part 2). Did you mean mentor?"
                        + AUTHOR_NAMES);
        check(
                () -> books.selectRelated("author_id"),
                UnknownRelationException.class,
                "The column \"author_id\" on book is no relation. Did you mean author?"
                        + " Relations: author, publisher, book_tags, reviews, tags");
    }

    @Test
    void nameOfSeveralRelations_isAmbiguous() {
        try (Fixture league = Fixture.ofScript(access, directory, """
                CREATE TABLE team (id INTEGER PRIMARY KEY);
                CREATE TABLE game (
                    id INTEGER PRIMARY KEY, home_id INTEGER REFERENCES team, guest_id INTEGER REFERENCES team
                );
                CREATE TABLE fan (id INTEGER PRIMARY KEY, favourite_id INTEGER REFERENCES team);
                """)) {
            QuerySet<Row> teams = league.db.objects("team");
            check(
                    () -> teams.filter("games__id", 1),
                    UnknownFieldException.class,
                    "Ambiguous name \"games\" on team (in \"games__id\"): it may be games_as_home or games_as_guest."
                            + " Name the one that is meant.");
            check(
                    () -> league.db.objects("game").filter("guest__games__id", 1),
                    UnknownFieldException.class,
                    "Ambiguous name \"games\" on team (in \"guest__games__id\", part 2): it may be games_as_home or"
                            + " games_as_guest. Name the one that is meant.");
            check(
                    () -> teams.prefetchRelated("games"),
                    UnknownRelationException.class,
                    "Ambiguous name \"games\" on team: it may be games_as_home or games_as_guest."
                            + " Name the one that is meant.");
            check(
                    () -> teams.prefetchRelated("fans"),
                    UnknownRelationException.class,
                    "Unknown relation \"fans\" on team. Did you mean fans_as_favourite?"
                            + " Relations: fans_as_favourite, games_as_home, games_as_guest");
        }
    }

    @Test
    void unknownLookup_namesItsPart_andListsTwentyOfThem() {
        check(
                () -> books.filter("author__name__startwith", "x"),
                InvalidLookupException.class,
                "Unknown lookup \"startwith\" on author.name (in \"author__name__startwith\", part 3)."
                        + " Did you mean startswith or istartswith? Lookups: exact, iexact, contains, icontains, startswith,"
                        + " istartswith, endswith, iendswith, like, gt, gte, lt, lte, range, in, isnull, regex, iregex,"
                        + " match, year and 15 more");
        check(
                () -> books.orderBy("author__name__lengt"),
                InvalidLookupException.class,
                "Unknown lookup \"lengt\" on author.name (in \"author__name__lengt\", part 3). Did you mean length?"
                        + " Lookups: exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, like,"
                        + " gt, gte, lt, lte, range, in, isnull, regex, iregex, match, year and 15 more");
    }

    @Test
    void valueOfWrongType_namesThePathThatLedThere() {
        check(
                () -> books.filter("author__age", "x"),
                InvalidValueException.class,
                "Invalid value for author.age (\"author__age\"): got a String, expected a whole number.");
        check(
                () -> authors.filter("books__pages__in", List.of(1, "x")),
                InvalidValueException.class,
                "Invalid value for book.pages (\"books__pages__in\"): got a String, expected a whole number.");
        check(
                () -> reviews.exclude(Q.of("stars", 1).or(Q.of("book__author__age__gte", "old"))),
                InvalidValueException.class,
                "Invalid value for author.age (\"book__author__age__gte\"): got a String, expected a whole number.");
        check(
                () -> authors.filter("name__icontains", 5.5),
                InvalidValueException.class,
                "Invalid value for author.name (\"name__icontains\"): got a Double, expected a text.");
    }

    @Test
    void unknownAlias_isListedAmongTheFields() {
        check(
                () -> authors.alias("written", Agg.count("books")).filter("writen__gt", 1),
                UnknownFieldException.class,
                "Unknown field \"writen\" on author (in \"writen__gt\"). Did you mean written?"
                        + " Fields: id, name, email, age, mentor_id, written."
                        + " Relations: mentor, mentees, awards, books, profile");
    }

    @Test
    void severalRows_whereOneValueIsNeeded_sayWhatToUse() {
        check(
                () -> authors.orderBy("books__pages"),
                InvalidQueryException.class,
                "Cannot order by \"books__pages\": author.books leads to several rows."
                        + " Use an aggregate of them, for example Agg.min(\"books__pages\").");
        check(
                () -> authors.filter(F.of("books__pages").plus(1).gt(3)),
                InvalidQueryException.class,
                "Cannot compute with \"books__pages\": author.books leads to several rows."
                        + " Use an aggregate of them, for example Agg.min(\"books__pages\").");
        check(
                () -> authors.filter("books__pages__gt", F.of("awards__id")),
                InvalidQueryException.class,
                "Cannot read \"awards__id\": author.awards leads to several rows."
                        + " Beside rows of another relation only an aggregate of them has a meaning.");
        check(
                () -> authors.annotate("x", Agg.sum(F.of("books__tags__id").plus(F.of("books__reviews__id")))),
                InvalidQueryException.class,
                "Cannot aggregate \"books__reviews__id\" together with rows of tag:"
                        + " each row of one would be paired with each of the other.");
    }

    @Test
    void aggregates_thatNeedGroups_sayHowToGetThem() {
        check(
                () -> books.annotate("n", Agg.sum("pages")),
                InvalidQueryException.class,
                "The aggregate \"n\" is over columns of book itself, which needs groups:"
                        + " call values(..) before annotate, or aggregate(..).");
        check(
                () -> books.filter(Agg.sum("pages").gt(1)),
                InvalidQueryException.class,
                "A condition on an aggregate over columns of book itself needs groups:"
                        + " call values(..) and annotate before filter.");
        check(
                () -> books.orderBy(Agg.sum("pages").desc()),
                InvalidQueryException.class,
                "An order by an aggregate over columns of book itself needs groups:"
                        + " call values(..) and annotate before orderBy.");
        check(
                () -> books.values("pages").annotate("n", Agg.count("id")).values("title"),
                InvalidQueryException.class,
                "Cannot read \"title\" of a group: it differs within the group."
                        + " Name it in values(..) before the aggregate.");
    }

    @Test
    void longLists_areCutAtTwenty() {
        String columns = IntStream.rangeClosed(1, 30).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        try (Fixture wide =
                Fixture.ofScript(access, directory, "CREATE TABLE wide (id INTEGER PRIMARY KEY, " + columns + ");")) {
            check(
                    () -> wide.db.objects("wide").filter("zzzzzz", 1),
                    UnknownFieldException.class,
                    "Unknown field \"zzzzzz\" on wide. Fields: id, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,"
                            + " c13, c14, c15, c16, c17, c18, c19 and 11 more");
        }
    }

    @Test
    void outerName_thatNoQueryKnows_isUnknownWhereItIsUsed() {
        check(
                () -> authors.filter(Q.exists(books.filter("author", F.outer("idd")))),
                UnknownFieldException.class,
                "Unknown field \"idd\" on author. Did you mean id?" + AUTHOR_NAMES);
        check(
                () -> F.outer(F.of("id")),
                InvalidQueryException.class,
                "F.outer takes the name of a column, or F.outer(..) for a query further out; for other expressions"
                        + " compute with F.outer(\"..\").");
    }

    @Test
    void rowOfAnotherTable_isNoValueOfARelation() {
        Row publisher = row("publisher");
        check(
                () -> authors.filter("books", publisher),
                InvalidValueException.class,
                "Invalid value for book.pk: got a Row, expected a key or row of book.");
        check(
                () -> books.filter("author__in", List.of(publisher)),
                InvalidValueException.class,
                "Invalid value for author.pk: got a Row, expected a key or row of author.");
    }
}
