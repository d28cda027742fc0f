package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.TO_PUBLISHER;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.by;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.greater;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.via;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Expression.Element;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Output;
import rillite.querysets.ast.Expression.Window;
import rillite.querysets.ast.Source.Compound;
import rillite.querysets.ast.Source.Derived;
import rillite.querysets.ast.Source.Operation;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** What may stand in FROM: sub-selects, set operations, lists of values. */
final class SourceTests {

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    private static Output output(String name) {
        return new Output(name, false, 0);
    }

    private static Select over(Source source, Expression... columns) {
        return Select.of(source, List.of(columns));
    }

    @Test
    void derived_withoutNames_hasNoAlias() throws SQLException {
        Select slice = keys(BOOK, greater(at(BOOK, "pages"), 1L)).withWindow(2, 1);
        Shelf.Result result = shelf.run(over(new Derived(slice, List.of()), Aggregate.rows()));
        assertThat(result.plain())
                .isEqualTo("SELECT count(*) FROM (SELECT book.id FROM book WHERE book.pages > ?"
                        + " ORDER BY book.id LIMIT ? OFFSET ?)");
        assertThat(result.binds()).containsExactly(1L, 2L, 1L);
        assertThat(result.firsts()).containsExactly(2);
    }

    @Test
    void derived_namesOnlyWhatIsNotNamedSo() throws SQLException {
        Window number = new Window(new Call(Function.ROW_NUMBER), List.of(), by(at(BOOK, "pages")), null);
        Select inner = from(BOOK, at(BOOK, "id"), at(BOOK, "title"), number);
        Select select = over(new Derived(inner, List.of("id", "name", "n")), output("id"), output("name"))
                .withWhere(equal(output("n"), 2L))
                .withOrder(by(output("n")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT q.id, q.name FROM (SELECT book.id, book.title AS name,"
                        + " row_number() OVER (ORDER BY book.pages) AS n FROM book) AS q WHERE q.n = ? ORDER BY q.n");
        assertThat(result.rows()).containsExactly(List.of(2, "A2"));
    }

    @Test
    void derived_nestsAndCounts() throws SQLException {
        Select inner = from(BOOK, at(BOOK, "id"), at(BOOK, "pages"));
        Select middle = over(new Derived(inner, List.of("id", "pages")), output("id"), output("pages"))
                .withWhere(greater(output("pages"), 100L));
        Select select =
                over(new Derived(middle, List.of("id", "size")), output("size")).withOrder(by(output("id")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo("SELECT q.size FROM (SELECT q.id, q.pages AS size FROM"
                        + " (SELECT book.id, book.pages FROM book) AS q WHERE q.pages > ?) AS q ORDER BY q.id");
        assertThat(result.firsts()).containsExactly(200, 300);
    }

    @Test
    void derived_columnsAreAlsoReadByTheirOwnNames_andJoin() throws SQLException {
        Select inner = from(BOOK, at(BOOK, "id"), at(BOOK, "publisher_id"), at(BOOK, "author_id"))
                .withOrder(by(at(BOOK, "id")))
                .withWindow(2, 0);
        Select select =
                over(new Derived(inner, List.of()), at(BOOK, "id"), via("name", TO_PUBLISHER), via("name", TO_AUTHOR));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .startsWith("SELECT q.id, publisher.name, author.name FROM (SELECT")
                .endsWith(") AS q LEFT JOIN publisher ON publisher.id = q.publisher_id"
                        + " JOIN author ON author.id = q.author_id");
        assertThat(result.rows()).hasSize(2).contains(List.of(1, "Pub1", "Ann"));
    }

    @Test
    void derived_isSeenFromSubSelects() throws SQLException {
        Select inner = from(AUTHOR, at(AUTHOR, "id"));
        Select books = from(BOOK, Aggregate.rows()).withWhere(equal(at(BOOK, "author_id"), new Output("id", false, 1)));
        Select select = over(new Derived(inner, List.of("id")), new Expression.Scalar(books, false))
                .withOrder(by(output("id")));
        assertThat(shelf.run(select).firsts()).containsExactly(2, 1, 0);
    }

    @Test
    void derived_namesEveryFormOfTheRowid() throws SQLException {
        Column oid = new Column(
                "note", "oid", -1, "INTEGER", ColumnType.INTEGER, true, null, null, 0, Column.Kind.ROWID, "BINARY");
        Select inner = from(Shelf.NOTE, ColumnRef.of(oid));
        Shelf.Result result = shelf.run(over(new Derived(inner, List.of("oid")), output("oid")));
        assertThat(result.plain()).contains("(SELECT note.oid AS oid FROM note)");
        assertThat(result.firsts()).containsExactly(1, 2);
    }

    @Test
    void derived_checksItsNames() {
        assertThatThrownBy(() -> new Derived(from(BOOK, at(BOOK, "id")), List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compound_dropsOrder_keepsSlices() throws SQLException {
        Select all = keys(BOOK, Condition.ALWAYS);
        Select last = from(BOOK, at(BOOK, "id"))
                .withOrder(List.of(new Ordering.By(at(BOOK, "id"), true, null)))
                .withWindow(1, 0);
        Select select = over(new Compound(Operation.UNION_ALL, List.of(all, last), List.of("key")), output("key"))
                .withOrder(by(output("key")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .isEqualTo(
                        "SELECT q.key FROM (SELECT book.id AS key FROM book UNION ALL"
                                + " SELECT * FROM (SELECT book.id FROM book ORDER BY book.id DESC LIMIT ?)) AS q ORDER BY q.key");
        assertThat(result.firsts()).containsExactly(1, 2, 3, 3);
    }

    @Test
    void compound_startsWithASlice_andNamesIt() throws SQLException {
        Select first = keys(BOOK, Condition.ALWAYS).withWindow(1, 0);
        Select second = keys(AUTHOR, greater(at(AUTHOR, "id"), 2L));
        Select select = over(new Compound(Operation.UNION, List.of(first, second), List.of("k")), output("k"))
                .withWhere(greater(output("k"), 0L))
                .withOrder(by(output("k")));
        Shelf.Result result = shelf.run(select);
        assertThat(result.plain())
                .contains("FROM (SELECT * FROM (SELECT book.id AS k FROM book ORDER BY book.id LIMIT ?)"
                        + " UNION SELECT author.id FROM author WHERE author.id > ?) AS q");
        assertThat(result.firsts()).containsExactly(1, 3);
    }

    @Test
    void compound_counts_intersects_andNests() throws SQLException {
        Select all = keys(BOOK, Condition.ALWAYS);
        Select some = keys(BOOK, greater(at(BOOK, "id"), 1L));
        Select both = over(new Compound(Operation.INTERSECT, List.of(all, some), List.of("id")), output("id"));
        Select left = over(new Compound(Operation.EXCEPT, List.of(all, both), List.of()), Aggregate.rows());
        Shelf.Result result = shelf.run(left);
        assertThat(result.plain())
                .isEqualTo("SELECT count(*) FROM (SELECT book.id FROM book EXCEPT SELECT q.id FROM"
                        + " (SELECT book.id FROM book INTERSECT SELECT book.id FROM book WHERE book.id > ?) AS q)");
        assertThat(result.firsts()).containsExactly(1);
    }

    @Test
    void compound_partsJoinOnTheirOwn() throws SQLException {
        Select ann = from(BOOK, at(BOOK, "title")).withWhere(equal(via("name", TO_AUTHOR), "Ann"));
        Select pub = from(BOOK, at(BOOK, "title")).withWhere(equal(via("name", TO_PUBLISHER), "Pub2"));
        Select select = over(new Compound(Operation.UNION, List.of(ann, pub), List.of("title")), output("title"))
                .withOrder(by(output("title")));
        assertThat(shelf.run(select).firsts()).containsExactly("A1", "A2", "B1");
    }

    @Test
    void compound_insideACorrelatedSubSelect_mayLookOut() throws SQLException {
        Select own = from(BOOK, at(BOOK, "id")).withWhere(equal(at(BOOK, "author_id"), outside(2, AUTHOR, "id")));
        Select pupils =
                from(AUTHOR, at(AUTHOR, "id")).withWhere(equal(at(AUTHOR, "mentor_id"), outside(2, AUTHOR, "id")));
        Select count = over(new Compound(Operation.UNION_ALL, List.of(own, pupils), List.of()), Aggregate.rows());
        Shelf.Result result =
                shelf.run(from(AUTHOR, new Expression.Scalar(count, false)).withOrder(by(at(AUTHOR, "id"))));
        assertThat(result.plain()).contains("FROM author AS author_2 WHERE author_2.mentor_id = author.id");
        assertThat(result.firsts()).containsExactly(3, 2, 0);
    }

    @Test
    void compound_needsTwoParts() {
        assertThatThrownBy(() -> new Compound(Operation.UNION, List.of(keys(BOOK, Condition.ALWAYS)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void elements_areValuesPartsOrBytes() throws SQLException {
        Select plain = over(new Source.Elements(bind("[3,4]")), new Element(-1, Elements.PLAIN));
        assertThat(shelf.run(plain).sql()).isEqualTo("SELECT value FROM json_each(?)");
        assertThat(shelf.run(plain).firsts()).containsExactly(3, 4);
        Select parts = over(
                new Source.Elements(bind("[[3,\"6162\"]]")),
                new Element(0, Elements.PLAIN),
                new Element(1, Elements.HEX));
        assertThat(shelf.run(parts).sql()).isEqualTo("SELECT value->>0, unhex(value->>1) FROM json_each(?)");
        assertThat(shelf.run(parts).rows()).containsExactly(List.of(3, ByteBuffer.wrap(new byte[] {'a', 'b'})));
    }

    @Test
    void elements_areNotTornByOperators() throws SQLException {
        Expression part = new Element(0, Elements.PLAIN);
        Select select = over(
                new Source.Elements(bind("[[3]]")),
                new Negated(part),
                new Arithmetic(Operator.CONCAT, bind("n"), part),
                new Expression.Collated(part, Expression.Collation.NOCASE));
        assertThat(shelf.run(select).rows()).containsExactly(List.of(-3, "n3", 3));
    }

    @Test
    void inSelect_dropsAnOrderWithoutSlice() throws SQLException {
        Condition where = new Condition.InSelect(List.of(at(BOOK, "id")), keys(BOOK, Condition.ALWAYS));
        assertThat(shelf.run(from(BOOK, at(BOOK, "id")).withWhere(where)).sql()).doesNotContain("ORDER");
        Condition sliced = new Condition.InSelect(
                List.of(at(BOOK, "id")), keys(BOOK, Condition.ALWAYS).withWindow(1, 0));
        assertThat(shelf.run(from(BOOK, at(BOOK, "id")).withWhere(sliced)).plain())
                .contains("ORDER BY book.id LIMIT ?)");
        assertThat(shelf.run(from(BOOK, at(BOOK, "id")).withWhere(new Condition.Exists(keys(BOOK, Condition.ALWAYS))))
                        .sql())
                .doesNotContain("ORDER");
    }
}
