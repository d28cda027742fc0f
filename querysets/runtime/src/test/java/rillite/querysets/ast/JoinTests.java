package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.AUTHOR_2;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.PUBLISHER;
import static rillite.querysets.ast.Shelf.Q;
import static rillite.querysets.ast.Shelf.REVIEW;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.TO_BOOKS;
import static rillite.querysets.ast.Shelf.TO_MENTOR;
import static rillite.querysets.ast.Shelf.TO_PUBLISHER;
import static rillite.querysets.ast.Shelf.TO_REVIEWS;
import static rillite.querysets.ast.Shelf.and;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.by;
import static rillite.querysets.ast.Shelf.column;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.greater;
import static rillite.querysets.ast.Shelf.hop;
import static rillite.querysets.ast.Shelf.isNull;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.or;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.path;
import static rillite.querysets.ast.Shelf.plain;
import static rillite.querysets.ast.Shelf.table;
import static rillite.querysets.ast.Shelf.via;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Table;

/** Joins follow from the ways in use: one for each, INNER or LEFT, under names that never collide. */
final class JoinTests {

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    @Test
    void way_usedEverywhere_isJoinedOnce() throws SQLException {
        Select select = from(BOOK, at(BOOK, "id"), via("name", TO_AUTHOR))
                .withWhere(greater(via("age", TO_AUTHOR), 1L))
                .withOrder(by(via("name", TO_AUTHOR)));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT book.id, author.name FROM book JOIN author ON author.id = book.author_id"
                        + " WHERE author.age > ? ORDER BY author.name");
        assertThat(result.rows()).containsExactly(List.of(1, "Ann"), List.of(2, "Ann"));
    }

    @Test
    void joins_standInOrderOfFirstUse_parentsFirst() throws SQLException {
        Select select =
                from(BOOK, via("name", TO_AUTHOR, TO_MENTOR), via("name", TO_PUBLISHER), via("name", TO_AUTHOR));
        assertThat(shelf.run(select).plain())
                .isEqualTo("SELECT author_2.name, publisher.name, author.name FROM book"
                        + " JOIN author ON author.id = book.author_id"
                        + " LEFT JOIN author AS author_2 ON author_2.id = author.mentor_id"
                        + " LEFT JOIN publisher ON publisher.id = book.publisher_id");
    }

    @Test
    void optionalJoin_isLeft_andSoIsWhatFollows() throws SQLException {
        Hop back = hop(PUBLISHER, "id", BOOK, "id", false, false);
        Select select =
                from(BOOK, at(BOOK, "id"), via("title", TO_PUBLISHER, back)).withOrder(by(at(BOOK, "id")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .contains(" LEFT JOIN publisher ON", " LEFT JOIN book AS book_2 ON book_2.id = publisher.id");
        assertThat(result.rows()).hasSize(3);
    }

    @Test
    void requiredEnd_makesTheWholeWayInner() throws SQLException {
        Select select = keys(AUTHOR, equal(via("name", TO_MENTOR, TO_MENTOR), "Ann"));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .contains(" FROM author JOIN author AS author_2 ON author_2.id = author.mentor_id"
                        + " JOIN author AS author_3 ON author_3.id = author_2.mentor_id WHERE");
        assertThat(result.firsts()).containsExactly(3);
    }

    @Test
    void compositeJoin_comparesAllColumns() throws SQLException {
        Hop stock = new Hop(
                Shelf.STOCK,
                List.of(column(BOOK, "author_id"), column(BOOK, "id")),
                List.of(column(Shelf.STOCK, "shop"), column(Shelf.STOCK, "book")),
                true,
                false,
                Condition.ALWAYS,
                "");
        Shelf.Result result = shelf.run(keys(BOOK, equal(via("amount", stock), 20L)));
        assertThat(result.plain()).contains(" JOIN stock ON stock.shop = book.author_id AND stock.book = book.id ");
        assertThat(result.firsts()).containsExactly(2);
    }

    @Test
    void namedJoinWithCondition_keepsAllRows_andMeansItselfInside() throws SQLException {
        Hop big = TO_BOOKS.on(greater(via("pages", TO_BOOKS), 150L), "big");
        Select select = from(AUTHOR, at(AUTHOR, "id"), via("title", big), via("title", TO_BOOKS))
                .withOrder(by(at(AUTHOR, "id"), via("title", TO_BOOKS)));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT author.id, book.title, book_2.title FROM author"
                        + " LEFT JOIN book ON book.author_id = author.id AND book.pages > ?"
                        + " LEFT JOIN book AS book_2 ON book_2.author_id = author.id"
                        + " ORDER BY author.id, book_2.title");
        assertThat(result.binds()).containsExactly(150L);
        assertThat(result.rows())
                .containsExactly(
                        List.of(1, "A2", "A1"),
                        List.of(1, "A2", "A2"),
                        List.of(2, "B1", "B1"),
                        java.util.Arrays.asList(3, null, null));
    }

    @Test
    void namedJoin_thatIsRequired_isInner() throws SQLException {
        Hop big = TO_BOOKS.on(greater(via("pages", TO_BOOKS), 150L), "big");
        Shelf.Result result = shelf.run(keys(AUTHOR, equal(via("title", big), "A2")));
        assertThat(result.plain()).contains(" FROM author JOIN book ON book.author_id = author.id AND book.pages > ? ");
        assertThat(result.binds()).containsExactly(150L, "A2");
        assertThat(result.firsts()).containsExactly(1);
    }

    @Test
    void notNullJoinWithAName_isLeft() {
        Hop named = TO_AUTHOR.on(Condition.ALWAYS, "writer");
        assertThat(shelf.compile(from(BOOK, via("name", named))).sql()).contains(" LEFT JOIN ");
        assertThat(shelf.compile(keys(BOOK, not(equal(via("name", named), "x"))))
                        .sql())
                .contains("IS NOT TRUE");
    }

    @Test
    void conditionOfAJoin_mayReadOtherJoins_whichThenStandBeforeIt() throws SQLException {
        Condition older = greater(via("age", TO_AUTHOR), 20L);
        Hop reviews = TO_REVIEWS.on(or(older, isNull(via("body", TO_REVIEWS))), "of old");
        Shelf.Result result = shelf.run(from(BOOK, at(BOOK, "id"), via("stars", reviews)));
        assertThat(result.plain())
                .endsWith(" FROM book JOIN author ON author.id = book.author_id"
                        + " LEFT JOIN review ON review.book_id = book.id AND (author.age > ? OR review.body IS NULL)");
    }

    @Test
    void conditionOfAJoin_mayContainSubSelects() throws SQLException {
        Select ofTheBook = from(REVIEW, new Expression.Number(1))
                .withWhere(equal(at(REVIEW, "book_id"), outside(1, BOOK, "id", TO_BOOKS)));
        Hop reviewed = TO_BOOKS.on(new Condition.Exists(ofTheBook), "reviewed");
        Shelf.Result result =
                shelf.run(from(AUTHOR, at(AUTHOR, "id"), via("title", reviewed)).withOrder(by(at(AUTHOR, "id"))));
        assertThat(result.plain())
                .contains(" LEFT JOIN book ON book.author_id = author.id"
                        + " AND EXISTS (SELECT 1 FROM review WHERE review.book_id = book.id)");
        assertThat(result.rows()).hasSize(3).contains(List.of(1, "A1"), List.of(2, "B1"));
    }

    @Test
    void conditionOfAJoin_thatReadsWhatFollowsIt_isRefused() {
        Hop broken = TO_BOOKS.on(equal(via("stars", TO_BOOKS, TO_REVIEWS), 5L), "broken");
        assertThatThrownBy(() -> shelf.compile(from(AUTHOR, via("title", broken))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("joined after it");
    }

    @Test
    void equalConditions_shareAJoin_othersDoNot() {
        Hop first = TO_BOOKS.on(greater(via("pages", TO_BOOKS), 1L), "");
        Hop same = TO_BOOKS.on(greater(via("pages", TO_BOOKS), 1L), "");
        Hop other = TO_BOOKS.on(greater(via("pages", TO_BOOKS), 2L), "");
        SqlText shared = shelf.compile(from(AUTHOR, via("id", first), via("title", same)));
        assertThat(shared.binds()).containsExactly(1L);
        assertThat(plain(shared.sql())).startsWith("SELECT book.id, book.title FROM");
        SqlText apart = shelf.compile(from(AUTHOR, via("id", first), via("title", other)));
        assertThat(apart.binds()).containsExactly(1L, 2L);
        assertThat(plain(apart.sql())).startsWith("SELECT book.id, book_2.title FROM");
    }

    @Test
    void wayOfAnOuterQuery_isJoinedThere() throws SQLException {
        Select inner = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")),
                        equal(at(REVIEW, "body"), outside(1, PUBLISHER, "name", TO_PUBLISHER))));
        Shelf.Result result = shelf.run(keys(BOOK, not(new Condition.Exists(inner))));
        assertThat(result.plain())
                .isEqualTo("SELECT book.id FROM book LEFT JOIN publisher ON publisher.id = book.publisher_id"
                        + " WHERE NOT (EXISTS (SELECT 1 FROM review WHERE review.book_id = book.id"
                        + " AND review.body = publisher.name)) ORDER BY book.id");
        assertThat(result.firsts()).containsExactly(1, 2, 3);
    }

    @Test
    void referenceTwoQueriesOut_findsItsTable() throws SQLException {
        Select innermost = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")),
                        greater(outside(2, AUTHOR, "age"), at(REVIEW, "stars"))));
        Select middle = from(BOOK, new Expression.Number(1))
                .withWhere(
                        and(equal(at(BOOK, "author_id"), outside(1, AUTHOR, "id")), new Condition.Exists(innermost)));
        Shelf.Result result = shelf.run(keys(AUTHOR, new Condition.Exists(middle)));
        assertThat(result.plain()).contains("review.book_id = book.id AND author.age > review.stars");
        assertThat(result.firsts()).containsExactly(1);
    }

    @Test
    void sameTableInACorrelatedSubSelect_isNumbered() throws SQLException {
        Select younger =
                from(AUTHOR, new Expression.Number(1)).withWhere(greater(outside(1, AUTHOR, "age"), at(AUTHOR, "age")));
        Shelf.Result result = shelf.run(keys(AUTHOR, new Condition.Exists(younger)));
        assertThat(result.plain())
                .isEqualTo("SELECT author.id FROM author WHERE EXISTS (SELECT 1 FROM author AS author_2"
                        + " WHERE author.age > author_2.age) ORDER BY author.id");
        assertThat(result.firsts()).containsExactly(3);
    }

    @Test
    void independentSubSelect_keepsItsOwnNames() throws SQLException {
        Select old = from(AUTHOR, at(AUTHOR, "id")).withWhere(greater(at(AUTHOR, "age"), 40L));
        Shelf.Result result = shelf.run(keys(AUTHOR, new Condition.InSelect(List.of(at(AUTHOR, "id")), old)));
        assertThat(result.plain())
                .isEqualTo("SELECT author.id FROM author WHERE author.id IN"
                        + " (SELECT author.id FROM author WHERE author.age > ?) ORDER BY author.id");
        assertThat(result.firsts()).containsExactly(3);
    }

    @Test
    void alias_stepsOverTablesOfTheStatement() throws SQLException {
        Hop sideways = hop(AUTHOR, "id", AUTHOR_2, "id", true, false);
        Select select =
                from(AUTHOR, via("name", TO_MENTOR), via("name", sideways)).withWhere(equal(at(AUTHOR, "id"), 1L));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .contains("LEFT JOIN author AS author_3 ON", "LEFT JOIN author_2 ON author_2.id = author.id");
        assertThat(result.rows()).containsExactly(java.util.Arrays.asList(null, "x"));
    }

    @Test
    void aliases_compareWithoutCase() {
        Table shout = table("AUTHOR_2", "id INTEGER!", "name TEXT");
        Hop sideways = hop(AUTHOR, "id", shout, "id", true, false);
        assertThat(plain(shelf.compile(from(AUTHOR, via("name", TO_MENTOR), via("name", sideways)))
                        .sql()))
                .contains("author AS author_3", "LEFT JOIN AUTHOR_2 ON");
    }

    @Test
    void derivedAlias_stepsOverATableOfThatName() throws SQLException {
        Select inner = from(Q, at(Q, "id"), at(Q, "we\"ird"));
        Select select = Select.of(
                new Source.Derived(inner, List.of("id", "we\"ird")),
                List.of(new Expression.Output("we\"ird", true, 0)));
        Shelf.Result result = shelf.run(select);
        assertThat(result.sql())
                .isEqualTo(
                        "SELECT \"q_2\".\"we\"\"ird\" FROM (SELECT \"q\".\"id\", \"q\".\"we\"\"ird\" FROM \"q\") AS \"q_2\"");
        assertThat(result.firsts()).containsExactly("w");
    }

    @Test
    void tableNameWithQuotes_isEscapedInItsAliasToo() {
        Table odd = table("o\"dd", "id INTEGER!", "up INTEGER");
        Hop up = hop(odd, "up", odd, "id", true, false);
        assertThat(shelf.compile(from(odd, via("id", up))).sql())
                .isEqualTo("SELECT \"o\"\"dd_2\".\"id\" FROM \"o\"\"dd\" LEFT JOIN \"o\"\"dd\" AS \"o\"\"dd_2\""
                        + " ON \"o\"\"dd_2\".\"id\" = \"o\"\"dd\".\"up\"");
    }

    @Test
    void statementThatWrites_cannotJoin() {
        Condition joined = equal(via("name", TO_AUTHOR), "Ann");
        assertThatThrownBy(() -> shelf.compile(new Write.Delete(BOOK, joined, List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot join author");
        Select inner = from(REVIEW, new Expression.Number(1))
                .withWhere(equal(at(REVIEW, "body"), outside(1, AUTHOR, "name", TO_AUTHOR)));
        assertThatThrownBy(() -> shelf.compile(new Write.Update(
                        BOOK,
                        List.of(new Write.Assignment(column(BOOK, "pages"), bind(1L))),
                        new Condition.Exists(inner),
                        List.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void referenceToNowhere_isRefused() {
        assertThatThrownBy(() -> shelf.compile(from(BOOK, outside(1, BOOK, "id"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 queries outwards");
    }

    @Test
    void sharedSubTree_isRenderedWhereverItStands() throws SQLException {
        Select mentors = from(AUTHOR, at(AUTHOR, "id")).withWhere(isNull(via("name", TO_MENTOR)));
        Condition shared = new Condition.InSelect(List.of(at(BOOK, "author_id")), mentors);
        Shelf.Result result = shelf.run(keys(BOOK, or(shared, and(shared, equal(at(BOOK, "id"), 1L)))));
        assertThat(result.firsts()).containsExactly(1, 2);
    }

    @Test
    void way_then_joinsWays() {
        assertThat(path(TO_AUTHOR).then(path(TO_MENTOR))).isEqualTo(path(TO_AUTHOR, TO_MENTOR));
        assertThat(Path.ROOT.then(path(TO_AUTHOR))).isEqualTo(path(TO_AUTHOR));
        assertThat(path(TO_AUTHOR).then(Path.ROOT)).isEqualTo(path(TO_AUTHOR));
        assertThat(path(TO_AUTHOR, TO_MENTOR).mayBeAbsent()).isTrue();
        assertThat(path(TO_AUTHOR).mayBeAbsent()).isFalse();
        assertThat(new ColumnRef(path(TO_AUTHOR), column(AUTHOR, "id"), 0)).isEqualTo(via("id", TO_AUTHOR));
    }
}
