package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.NOTE;
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
import static rillite.querysets.ast.Shelf.isNull;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.or;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.path;
import static rillite.querysets.ast.Shelf.via;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Branch;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Choice;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.Element;
import rillite.querysets.ast.Expression.Excluded;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Outer;
import rillite.querysets.ast.Expression.Output;
import rillite.querysets.ast.Expression.Raw;
import rillite.querysets.ast.Expression.Scalar;
import rillite.querysets.ast.Expression.Total;
import rillite.querysets.ast.Expression.Truth;
import rillite.querysets.ast.Expression.Window;

/** Trees are copied with their references moved, resolved or led another way; the rest is shared. */
final class RewriterTests {

    /** A condition that uses every kind of node around the given expression. */
    private static Condition everything(Expression inner) {
        Select nested = Select.of(
                        new Source.Derived(
                                Select.of(
                                        new Source.Compound(
                                                Source.Operation.UNION,
                                                List.of(from(BOOK, at(BOOK, "id")), from(AUTHOR, at(AUTHOR, "id"))),
                                                List.of("id")),
                                        List.of(new Output("id", false, 0))),
                                List.of("id")),
                        List.of(new Output("id", false, 0)))
                .withWhere(greater(new Output("id", false, 0), 0L))
                .withOrder(by(new Output("id", false, 0)));
        List<Expression> expressions = List.of(
                inner,
                new Arithmetic(Operator.PLUS, bind(1L), inner),
                new Negated(inner),
                new Cast(inner, Expression.Storage.TEXT),
                new Collated(inner, Expression.Collation.NOCASE),
                new Truth(isNull(inner)),
                new Call(Function.ABS, inner),
                new Window(
                        new Aggregate(Total.SUM, inner, false, isNull(inner), null), List.of(inner), by(inner), null),
                new Aggregate(Total.GROUP_CONCAT, inner, false, Condition.ALWAYS, inner),
                new Choice(List.of(new Branch(isNull(inner), inner)), inner),
                new Scalar(nested, true),
                new Raw(List.of("abs(", ")"), List.of(inner)),
                new Expression.Text("t"),
                new Expression.Number(1),
                new Element(-1, Elements.PLAIN),
                new Excluded(column(BOOK, "id")));
        return and(
                new Condition.Compare(Condition.Comparison.LESS, inner, inner),
                new Condition.Like(inner, inner),
                new Condition.Between(inner, inner, inner),
                not(isNull(inner)),
                new Condition.InValues(expressions, List.of(inner), Elements.PLAIN),
                new Condition.InSelect(List.of(inner), nested),
                not(new Condition.Exists(nested)),
                new Condition.Holds(inner),
                new Condition.Match(Path.ROOT, NOTE, null, inner),
                or(isNull(inner), Condition.odd(List.of(isNull(inner), new Condition.Holds(inner)))),
                new Condition.And(List.of(Condition.ALWAYS, isNull(inner))));
    }

    @Test
    void everyNode_isRewritten() {
        Condition before = everything(at(BOOK, "id"));
        Condition after = Rewriter.prefixing(path(TO_BOOKS)).apply(before);
        Condition expected = everything(via("id", TO_BOOKS));
        // MATCH searches the table at the end of the way as well.
        assertThat(after.toString()).isEqualTo(withMatch(expected).toString());
        Select select = keys(BOOK, before)
                .withColumns(List.of(at(BOOK, "pages")))
                .withGroups(List.of(at(BOOK, "id")), isNull(at(BOOK, "id")));
        assertThat(Rewriter.prefixing(path(TO_BOOKS)).apply(select)).isSameAs(select);
    }

    private static Condition withMatch(Condition condition) {
        List<Condition> parts = new java.util.ArrayList<>(((Condition.And) condition).parts());
        parts.replaceAll(part -> part instanceof Condition.Match match
                ? new Condition.Match(path(TO_BOOKS), match.table(), match.column(), match.query())
                : part);
        return new Condition.And(parts);
    }

    @Test
    void unchangedTree_staysTheSameInstance() {
        Condition condition = everything(at(BOOK, "id"));
        assertThat(Rewriter.resolving(key -> bind(key)).apply(condition)).isSameAs(condition);
        Select select = keys(BOOK, condition);
        assertThat(Rewriter.resolving(key -> bind(key)).apply(select)).isSameAs(select);
        assertThat(Rewriter.shifting(3).apply(select)).isSameAs(select);
        Condition half = and(condition, equal(new Outer("x"), 1L));
        Condition changed = Rewriter.resolving(key -> at(BOOK, "id"))
                .apply(new Condition.Exists(from(AUTHOR, at(AUTHOR, "id")).withWhere(half)));
        Condition.And where =
                (Condition.And) ((Condition.Exists) changed).select().where();
        assertThat(where.parts().get(0)).isSameAs(((Condition.And) half).parts().get(0));
        assertThat(where.parts()).hasSameSizeAs(((Condition.And) half).parts());
    }

    @Test
    void shifting_movesOnlyWhatLooksOut() {
        Select inner = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")),
                        equal(at(REVIEW, "id"), outside(2, AUTHOR, "id"))));
        Condition before = and(new Condition.Exists(inner), greater(at(BOOK, "pages"), 1L));
        Condition after = Rewriter.shifting(2).apply(before);
        Select shifted = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(3, BOOK, "id")),
                        equal(at(REVIEW, "id"), outside(4, AUTHOR, "id"))));
        assertThat(after).isEqualTo(and(new Condition.Exists(shifted), greater(outside(2, BOOK, "pages"), 1L)));
        Select asSubSelect = Rewriter.shifting(1).apply(inner);
        assertThat(asSubSelect.where())
                .isEqualTo(and(
                        equal(at(REVIEW, "book_id"), outside(2, BOOK, "id")),
                        equal(at(REVIEW, "id"), outside(3, AUTHOR, "id"))));
        assertThat(Rewriter.shifting(1).apply((Expression) new Output("n", true, 0)))
                .isEqualTo(new Output("n", true, 1));
    }

    @Test
    void shifting_leavesConditionsOfAWayWithItsRoot() {
        Hop big = TO_BOOKS.on(greater(via("pages", TO_BOOKS), outside(1, BOOK, "pages")), "big");
        Expression outside = via("title", big);
        assertThat(Rewriter.shifting(2).apply(outside)).isEqualTo(outside(2, BOOK, "title", big));
        Select inner = from(AUTHOR, via("title", big));
        Hop moved = TO_BOOKS.on(greater(via("pages", TO_BOOKS), outside(3, BOOK, "pages")), "big");
        assertThat(Rewriter.shifting(2).apply(inner)).isEqualTo(from(AUTHOR, via("title", moved)));
    }

    @Test
    void shifting_asksASearchOfTheRowFurtherOut(@TempDir java.nio.file.Path directory) throws SQLException {
        Condition match = new Condition.Match(Path.ROOT, NOTE, null, bind("water"));
        Select inside = from(NOTE, at(NOTE, "title")).withWhere(match);
        assertThat(Rewriter.shifting(1).apply(inside)).isSameAs(inside);
        assertThat(Rewriter.shifting(0).apply(match)).isSameAs(match);

        Select around = from(NOTE, at(NOTE, "title"))
                .withWhere(new Condition.Exists(from(AUTHOR, new Expression.Number(1))
                        .withWhere(Rewriter.shifting(1).apply(match))));
        try (Shelf shelf = Shelf.open(directory)) {
            Shelf.Result result = shelf.run(around);
            assertThat(result.plain())
                    .isEqualTo("SELECT note.title FROM note WHERE EXISTS (SELECT 1 FROM author WHERE note.title IN"
                            + " (SELECT note.title FROM note WHERE note.note MATCH ?))");
            assertThat(result.firsts()).containsExactly("sea");
        }
    }

    @Test
    void shifting_movesWhatASearchReads() {
        Condition match = new Condition.Match(Path.ROOT, NOTE, null, outside(1, BOOK, "title"));
        Condition.InSelect moved = (Condition.InSelect) Rewriter.shifting(2).apply(match);
        assertThat(moved.operands()).isEqualTo(List.of(outside(2, NOTE, "title")));
        assertThat(moved.select().where())
                .isEqualTo(new Condition.Match(Path.ROOT, NOTE, null, outside(4, BOOK, "title")));
    }

    @Test
    void resolving_looksUpNamesAtTheirDepth(@TempDir java.nio.file.Path directory) throws SQLException {
        Select deepest = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")),
                        greater(new Outer("mentor age"), at(REVIEW, "stars"))));
        Select books = from(BOOK, at(BOOK, "id"))
                .withWhere(and(equal(at(BOOK, "author_id"), new Outer("id")), new Condition.Exists(deepest)));
        Select resolved = Rewriter.resolving(key -> key.equals("id") ? at(AUTHOR, "id") : via("age", TO_MENTOR))
                .apply(books);
        try (Shelf shelf = Shelf.open(directory)) {
            Shelf.Result result = shelf.run(keys(AUTHOR, new Condition.Exists(resolved)));
            assertThat(result.plain())
                    .isEqualTo("SELECT author.id FROM author LEFT JOIN author AS author_2"
                            + " ON author_2.id = author.mentor_id WHERE EXISTS (SELECT book.id FROM book"
                            + " WHERE book.author_id = author.id AND EXISTS (SELECT 1 FROM review"
                            + " WHERE review.book_id = book.id AND author_2.age > review.stars)) ORDER BY author.id");
            assertThat(result.firsts()).containsExactly(2);
        }
    }

    @Test
    void resolving_leavesNamesOfTheQueryItself_andNewNames() {
        Outer own = new Outer("own");
        Rewriter rewriter = Rewriter.resolving(key -> new Outer("from " + key));
        assertThat(rewriter.apply((Expression) own)).isSameAs(own);
        assertThat(rewriter.apply(from(BOOK, own)).columns()).containsExactly(new Outer("from own"));
    }

    @Test
    void resolving_reachesConditionsOfJoins() {
        Hop big = TO_BOOKS.on(greater(via("pages", TO_BOOKS), new Outer("least")), "big");
        Select resolved = Rewriter.resolving(key -> at(BOOK, "pages")).apply(from(AUTHOR, via("title", big)));
        Hop known = TO_BOOKS.on(greater(via("pages", TO_BOOKS), outside(1, BOOK, "pages")), "big");
        assertThat(resolved).isEqualTo(from(AUTHOR, via("title", known)));
    }

    @Test
    void prefixing_changesTheLevelOfTheTreeAlone() {
        Select inner = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")),
                        equal(at(REVIEW, "id"), outside(2, AUTHOR, "id"))));
        Condition before = and(new Condition.Exists(inner), equal(via("name", TO_PUBLISHER), "Pub1"));
        Select led = from(REVIEW, new Expression.Number(1))
                .withWhere(and(
                        equal(at(REVIEW, "book_id"), outside(1, BOOK, "id", TO_BOOKS)),
                        equal(at(REVIEW, "id"), outside(2, AUTHOR, "id"))));
        assertThat(Rewriter.prefixing(path(TO_BOOKS)).apply(before))
                .isEqualTo(and(new Condition.Exists(led), equal(via("name", TO_BOOKS, TO_PUBLISHER), "Pub1")));
        Ordering order = new Ordering.By(at(BOOK, "id"), true, null);
        assertThat(Rewriter.prefixing(path(TO_BOOKS)).apply(order))
                .isEqualTo(new Ordering.By(via("id", TO_BOOKS), true, null));
        assertThat(Rewriter.prefixing(path(TO_BOOKS)).apply(new Ordering.Random()))
                .isEqualTo(new Ordering.Random());
    }

    @Test
    void prefixing_movesConditionsOfJoins(@TempDir java.nio.file.Path directory) throws SQLException {
        Hop liked =
                TO_REVIEWS.on(and(greater(via("stars", TO_REVIEWS), 3L), greater(at(BOOK, "pages"), 150L)), "liked");
        Expression moved = Rewriter.prefixing(path(TO_BOOKS)).apply((Expression) via("stars", liked));
        try (Shelf shelf = Shelf.open(directory)) {
            Shelf.Result result =
                    shelf.run(from(AUTHOR, at(AUTHOR, "id"), moved).withOrder(by(at(AUTHOR, "id"))));
            assertThat(result.plain())
                    .contains(" LEFT JOIN review ON review.book_id = book.id"
                            + " AND (review.stars > ? AND book.pages > ?)");
            assertThat(result.rows()).contains(List.of(2, 5));
        }
    }

    @Test
    void prefixing_withTheRoot_changesNothing() {
        Condition condition = equal(via("name", TO_AUTHOR), "Ann");
        assertThat(Rewriter.prefixing(Path.ROOT).apply(condition)).isSameAs(condition);
    }
}
