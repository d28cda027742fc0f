package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.NOTE;
import static rillite.querysets.ast.Shelf.REVIEW;
import static rillite.querysets.ast.Shelf.TO_PUBLISHER;
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
import static rillite.querysets.ast.Shelf.via;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Branch;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Choice;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.Frame;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Raw;
import rillite.querysets.ast.Expression.Scalar;
import rillite.querysets.ast.Expression.Total;
import rillite.querysets.ast.Expression.Window;

/** The text of every expression, and what SQLite makes of it. */
final class ExpressionTests {

    private static final Expression PAGES = at(BOOK, "pages");

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    /** Runs the expression without a table. */
    private Shelf.Result alone(Expression expression) throws SQLException {
        return shelf.run(Select.of(Source.NOTHING, List.of(expression)));
    }

    private static Aggregate total(Total function, Expression argument) {
        return new Aggregate(function, argument, false, Condition.ALWAYS, null);
    }

    private static Window over(Expression function, @Nullable Frame frame) {
        return new Window(function, List.of(), by(at(BOOK, "id")), frame);
    }

    @Test
    void aggregates_countSumAndFilter() throws SQLException {
        Select select = from(
                BOOK,
                Aggregate.rows(),
                total(Total.SUM, PAGES),
                new Aggregate(Total.COUNT, at(BOOK, "author_id"), true, Condition.ALWAYS, null),
                new Aggregate(Total.SUM, PAGES, false, greater(PAGES, 150L), null),
                new Aggregate(Total.GROUP_CONCAT, at(BOOK, "title"), false, Condition.ALWAYS, bind("; ")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT count(*), sum(book.pages), count(DISTINCT book.author_id),"
                        + " sum(book.pages) FILTER (WHERE book.pages > ?), group_concat(book.title, ?) FROM book");
        assertThat(result.binds()).containsExactly(150L, "; ");
        assertThat(result.rows()).containsExactly(List.of(3, 600, 2, 500, "A1; A2; B1"));
    }

    @Test
    void aggregate_refusesWhatSqliteCannot() {
        assertThatThrownBy(() -> new Aggregate(Total.COUNT, null, true, Condition.ALWAYS, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Aggregate(Total.GROUP_CONCAT, PAGES, true, Condition.ALWAYS, bind("-")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> over(new Aggregate(Total.SUM, PAGES, true, Condition.ALWAYS, null), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> over(PAGES, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void groups_havingAndOrder_standInPlace() throws SQLException {
        Select select = from(BOOK, at(BOOK, "author_id"), total(Total.MAX, PAGES))
                .withGroups(List.of(at(BOOK, "author_id")), greater(Aggregate.rows(), 1L))
                .withOrder(by(at(BOOK, "author_id")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT book.author_id, max(book.pages) FROM book GROUP BY book.author_id"
                        + " HAVING count(*) > ? ORDER BY book.author_id");
        assertThat(result.rows()).containsExactly(List.of(1, 200));
    }

    @Test
    void windows_withPartitionOrderAndFrame() throws SQLException {
        Window ranked = new Window(
                new Call(Function.ROW_NUMBER),
                List.of(at(BOOK, "author_id")),
                List.of(new Ordering.By(PAGES, true, null)),
                null);
        Window before = over(total(Total.SUM, PAGES), new Frame(Frame.Unit.ROWS, null, -1L));
        Window around = over(total(Total.SUM, PAGES), new Frame(Frame.Unit.ROWS, -1L, 1L));
        Window after = over(total(Total.SUM, PAGES), new Frame(Frame.Unit.GROUPS, 0L, null));
        Shelf.Result result =
                shelf.run(from(BOOK, ranked, before, around, after).withOrder(by(at(BOOK, "id"))));
        assertThat(result.plain())
                .isEqualTo("SELECT row_number() OVER (PARTITION BY book.author_id ORDER BY book.pages DESC),"
                        + " sum(book.pages) OVER (ORDER BY book.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),"
                        + " sum(book.pages) OVER (ORDER BY book.id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING),"
                        + " sum(book.pages) OVER (ORDER BY book.id"
                        + " GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
                        + " FROM book ORDER BY book.id");
        assertThat(result.rows())
                .containsExactly(
                        Arrays.asList(2, null, 300, 600), List.of(1, 100, 600, 500), List.of(1, 300, 500, 300));
    }

    @Test
    void windows_withoutAnything_andWithFilter() throws SQLException {
        Window all = new Window(Aggregate.rows(), List.of(), List.of(), null);
        Window framed = new Window(Aggregate.rows(), List.of(), List.of(), new Frame(Frame.Unit.ROWS, null, null));
        Window filtered = new Window(
                new Aggregate(Total.COUNT, null, false, greater(PAGES, 150L), null), List.of(), List.of(), null);
        Shelf.Result result = shelf.run(from(BOOK, all, framed, filtered).withWindow(1, 0));
        assertThat(result.plain())
                .startsWith("SELECT count(*) OVER (),"
                        + " count(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),"
                        + " count(*) FILTER (WHERE book.pages > ?) OVER () FROM");
        assertThat(result.rows()).containsExactly(List.of(3, 3, 2));
    }

    @Test
    void greatestOfOne_isTheValue_notTheMaximumOfAllRows() throws SQLException {
        Select select = from(
                        BOOK,
                        new Call(Function.GREATEST, PAGES),
                        new Call(Function.LEAST, PAGES),
                        new Call(Function.COALESCE, PAGES),
                        new Call(Function.GREATEST, PAGES, bind(150L)))
                .withOrder(by(at(BOOK, "id")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .startsWith("SELECT book.pages, book.pages, book.pages, max(book.pages, ?) FROM book");
        assertThat(result.rows())
                .containsExactly(List.of(100, 100, 100, 150), List.of(200, 200, 200, 200), List.of(300, 300, 300, 300));
    }

    @Test
    void operators_concatenateAndReadJson() throws SQLException {
        Expression json = new Arithmetic(Operator.CONCAT, bind("{\"a\":"), bind("{\"b\":7}}"));
        Expression object = new Arithmetic(Operator.JSON_TEXT, json, bind("$.a"));
        Shelf.Result result = alone(new Arithmetic(Operator.JSON_VALUE, object, bind("$.b")));
        assertThat(result.sql()).isEqualTo("SELECT (((? || ?) -> ?) ->> ?)");
        assertThat(result.firsts()).containsExactly(7);
    }

    @Test
    void signs_neverStartAComment() throws SQLException {
        assertThat(alone(new Negated(new Number(-5))).firsts()).containsExactly(5);
        assertThat(alone(new Negated(new Negated(new Number(5)))).firsts()).containsExactly(5);
        assertThat(alone(new Arithmetic(Operator.MINUS, new Number(1), new Number(-5)))
                        .firsts())
                .containsExactly(6);
        assertThat(alone(new Number(Long.MIN_VALUE)).firsts()).containsExactly(Long.MIN_VALUE);
    }

    @Test
    void texts_areEscaped() throws SQLException {
        assertThat(alone(new Expression.Text("it's \"?\"")).firsts()).containsExactly("it's \"?\"");
    }

    @Test
    void choice_takesTheFirstBranchThatHolds() throws SQLException {
        Choice choice = new Choice(
                List.of(
                        new Branch(isNull(at(AUTHOR, "age")), new Expression.Text("?")),
                        new Branch(greater(at(AUTHOR, "age"), 40L), bind("old"))),
                null);
        Shelf.Result result = shelf.run(from(AUTHOR, choice).withOrder(by(at(AUTHOR, "id"))));
        assertThat(result.plain())
                .startsWith("SELECT CASE WHEN author.age IS NULL THEN '?' WHEN author.age > ? THEN ? END FROM");
        assertThat(result.firsts()).containsExactly(null, "?", "old");
        Choice otherwise = new Choice(choice.branches(), new Number(0));
        assertThat(shelf.run(from(AUTHOR, otherwise)).plain()).contains(" ELSE 0 END");
    }

    @Test
    void scalar_readsOneValuePerRow() throws SQLException {
        Scalar stars = new Scalar(
                from(REVIEW, at(REVIEW, "stars"))
                        .withWhere(equal(at(REVIEW, "book_id"), outside(1, BOOK, "id")))
                        .withOrder(by(at(REVIEW, "stars")))
                        .withWindow(1, 0),
                true);
        Shelf.Result result = shelf.run(from(BOOK, at(BOOK, "id"), stars).withOrder(by(at(BOOK, "id"))));
        assertThat(result.plain())
                .startsWith("SELECT book.id, (SELECT review.stars FROM review WHERE review.book_id = book.id"
                        + " ORDER BY review.stars LIMIT ?) FROM book");
        assertThat(result.rows()).containsExactly(List.of(1, 2), Arrays.asList(2, null), List.of(3, 5));
    }

    @Test
    void raw_standsInParentheses() throws SQLException {
        Raw raw = new Raw(List.of("", " > ", " OR 0"), List.of(PAGES, bind(150L)));
        Condition where = and(new Condition.Holds(raw), greater(PAGES, 250L));
        Shelf.Result result = shelf.run(keys(BOOK, where));
        assertThat(result.plain()).contains("WHERE (book.pages > ? OR 0) AND book.pages > ?");
        assertThat(result.binds()).containsExactly(150L, 250L);
        assertThat(result.firsts()).containsExactly(3);
    }

    @Test
    void truthAndHolds_turnConditionsAndValuesIntoEachOther() throws SQLException {
        Shelf.Result result =
                shelf.run(keys(BOOK, not(new Condition.Holds(new Expression.Truth(greater(PAGES, 150L))))));
        assertThat(result.plain()).contains("WHERE NOT ((book.pages > ?))");
        assertThat(result.firsts()).containsExactly(1);
    }

    @Test
    void regexp_isACall() throws SQLException {
        Condition where = new Condition.Holds(new Call(Function.REGEXP, bind("^A"), at(BOOK, "title")));
        assertThat(shelf.run(keys(BOOK, where)).firsts()).containsExactly(1, 2);
    }

    @Test
    void match_searchesTheTableOrOneColumn() throws SQLException {
        Select titles = from(NOTE, at(NOTE, "title"));
        Shelf.Result all =
                shelf.run(titles.withWhere(new Condition.Match(Path.ROOT, NOTE, null, bind("land OR water"))));
        assertThat(all.plain()).isEqualTo("SELECT note.title FROM note WHERE note.note MATCH ?");
        assertThat(all.rows()).hasSize(2);
        Shelf.Result one = shelf.run(
                titles.withWhere(new Condition.Match(Path.ROOT, NOTE, column(NOTE, "body"), bind("land OR water"))));
        assertThat(one.plain()).endsWith("WHERE note.body MATCH ?");
        assertThat(one.firsts()).containsExactly("sea");
    }

    @Test
    void match_worksUnderAnAlias() throws SQLException {
        Condition inner = and(
                new Condition.Match(Path.ROOT, NOTE, null, bind("water")),
                equal(at(NOTE, "title"), outside(1, NOTE, "title")));
        Select exists = from(NOTE, new Number(1)).withWhere(inner);
        Shelf.Result result = shelf.run(from(NOTE, at(NOTE, "title")).withWhere(new Condition.Exists(exists)));
        assertThat(result.plain()).contains("FROM note AS note_2 WHERE note_2.note MATCH ?");
        assertThat(result.firsts()).containsExactly("sea");
    }

    @Test
    void collation_appliesToTheOperand() throws SQLException {
        Condition where = equal(new Collated(via("name", TO_PUBLISHER), Expression.Collation.NOCASE), "PUB2");
        assertThat(shelf.run(keys(BOOK, where)).firsts()).containsExactly(3);
    }

    @Test
    void not_followsWhatCanBeNull() {
        Expression stars = new Scalar(from(REVIEW, Aggregate.rows()), false);
        assertThat(notOf(equal(stars, 1L))).startsWith("NOT (");
        assertThat(notOf(equal(via("id", TO_PUBLISHER), 1L))).endsWith("IS NOT TRUE");
        assertThat(notOf(equal(via("id", Shelf.TO_AUTHOR), 1L))).startsWith("NOT (");
        assertThat(notOf(equal(new Arithmetic(Operator.DIVIDED, PAGES, new Number(7)), 1L)))
                .startsWith("NOT (");
        assertThat(notOf(equal(new Arithmetic(Operator.DIVIDED, PAGES, bind(7L)), 1L)))
                .endsWith("IS NOT TRUE");
        assertThat(notOf(equal(new Call(Function.COALESCE, at(BOOK, "publisher_id"), bind(0L)), 1L)))
                .startsWith("NOT (");
        assertThat(notOf(equal(new Call(Function.COALESCE, at(BOOK, "publisher_id"), bind(null)), 1L)))
                .endsWith("IS NOT TRUE");
        assertThat(notOf(equal(new Choice(List.of(new Branch(isNull(PAGES), PAGES)), PAGES), 1L)))
                .startsWith("NOT (");
        assertThat(notOf(equal(new Choice(List.of(new Branch(isNull(PAGES), PAGES)), null), 1L)))
                .endsWith("IS NOT TRUE");
        assertThat(notOf(or(isNull(PAGES), new Condition.Holds(new Raw(List.of("1"), List.of())))))
                .endsWith("IS NOT TRUE");
    }

    private String notOf(Condition condition) {
        String sql = shelf.compile(from(BOOK, new Number(1)).withWhere(not(condition)))
                .sql();
        return sql.substring(sql.indexOf(" WHERE ") + " WHERE ".length());
    }
}
