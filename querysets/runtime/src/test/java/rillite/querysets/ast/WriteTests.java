package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.ast.Shelf.AUTHOR;
import static rillite.querysets.ast.Shelf.BOOK;
import static rillite.querysets.ast.Shelf.STOCK;
import static rillite.querysets.ast.Shelf.TO_AUTHOR;
import static rillite.querysets.ast.Shelf.at;
import static rillite.querysets.ast.Shelf.bind;
import static rillite.querysets.ast.Shelf.column;
import static rillite.querysets.ast.Shelf.equal;
import static rillite.querysets.ast.Shelf.from;
import static rillite.querysets.ast.Shelf.greater;
import static rillite.querysets.ast.Shelf.isNull;
import static rillite.querysets.ast.Shelf.keys;
import static rillite.querysets.ast.Shelf.not;
import static rillite.querysets.ast.Shelf.outside;
import static rillite.querysets.ast.Shelf.via;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Excluded;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Write.Assignment;
import rillite.querysets.ast.Write.Conflict;
import rillite.querysets.ast.Write.Delete;
import rillite.querysets.ast.Write.Insert;
import rillite.querysets.ast.Write.Update;
import rillite.querysets.schema.Column;

/** Statements that write: rows given or selected, conflicts, sub-selects, what comes back. */
final class WriteTests {

    private static final List<Column> STOCKED =
            List.of(column(STOCK, "shop"), column(STOCK, "book"), column(STOCK, "amount"));
    private static final List<Expression> ONE_MORE = List.of(bind(1L), bind(1L), bind(5L));
    private static final List<Column> KEY = STOCKED.subList(0, 2);

    private Shelf shelf;

    @BeforeEach
    void open(@TempDir java.nio.file.Path directory) throws SQLException {
        shelf = Shelf.open(directory);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
    }

    private static Assignment set(Column column, Expression value) {
        return new Assignment(column, value);
    }

    private static Insert stock(List<Expression> values, Conflict conflict) {
        return new Insert(STOCK, STOCKED, values, null, conflict, List.of(at(STOCK, "amount")));
    }

    @Test
    void insert_ofDefaults_andReturning() throws SQLException {
        Insert insert = new Insert(Shelf.AUTHOR_2, List.of(), List.of(), null, null, List.of(at(Shelf.AUTHOR_2, "id")));
        Shelf.Result result = shelf.run(insert);
        assertThat(result.plain()).isEqualTo("INSERT INTO author_2 DEFAULT VALUES RETURNING author_2.id");
        assertThat(result.firsts()).containsExactly(2);
        assertThatThrownBy(() -> new Insert(
                        AUTHOR,
                        List.of(),
                        List.of(),
                        null,
                        new Conflict(List.of(), Condition.ALWAYS, List.of(), Condition.ALWAYS),
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conflict_mayLeaveTheRowAlone() throws SQLException {
        Conflict any = new Conflict(List.of(), Condition.ALWAYS, List.of(), Condition.ALWAYS);
        Shelf.Result result = shelf.run(stock(ONE_MORE, any));
        assertThat(result.plain())
                .isEqualTo("INSERT INTO stock (shop, book, amount) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                        + " RETURNING stock.amount");
        assertThat(result.rows()).isEmpty();
        Conflict onKey = new Conflict(KEY, Condition.ALWAYS, List.of(), Condition.ALWAYS);
        assertThat(shelf.run(stock(ONE_MORE, onKey)).plain()).contains(" ON CONFLICT (shop, book) DO NOTHING");
    }

    @Test
    void conflict_mayChangeTheRow() throws SQLException {
        Column amount = column(STOCK, "amount");
        Expression sum = new Arithmetic(Operator.PLUS, at(STOCK, "amount"), new Excluded(amount));
        Conflict add = new Conflict(KEY, Condition.ALWAYS, List.of(set(amount, sum)), greater(at(STOCK, "amount"), 3L));
        Shelf.Result result = shelf.run(stock(ONE_MORE, add));
        assertThat(result.plain())
                .isEqualTo("INSERT INTO stock (shop, book, amount) VALUES (?, ?, ?) ON CONFLICT (shop, book)"
                        + " DO UPDATE SET amount = (stock.amount + excluded.amount) WHERE stock.amount > ?"
                        + " RETURNING stock.amount");
        assertThat(result.binds()).containsExactly(1L, 1L, 5L, 3L);
        assertThat(result.firsts()).containsExactly(15);
    }

    @Test
    void conflict_mayMeanAPartialIndex() throws SQLException {
        List<Column> columns = List.of(column(BOOK, "title"), column(BOOK, "pages"), column(BOOK, "author_id"));
        Conflict partial = new Conflict(
                List.of(column(BOOK, "title")),
                greater(at(BOOK, "pages"), new Number(100)),
                List.of(set(column(BOOK, "pages"), new Excluded(column(BOOK, "pages")))),
                Condition.ALWAYS);
        Insert insert = new Insert(
                BOOK, columns, List.of(bind("A2"), bind(250L), bind(1L)), null, partial, List.of(at(BOOK, "id")));
        Shelf.Result result = shelf.run(insert);
        assertThat(result.plain())
                .contains("ON CONFLICT (title) WHERE book.pages > 100 DO UPDATE SET pages = excluded.pages");
        assertThat(result.firsts()).containsExactly(2);
    }

    @Test
    void insertOfASelect_withConflict_hasAWhere() throws SQLException {
        Select rows = from(BOOK, new Number(1), at(BOOK, "id"), at(BOOK, "pages"));
        Column amount = column(STOCK, "amount");
        Conflict replace =
                new Conflict(KEY, Condition.ALWAYS, List.of(set(amount, new Excluded(amount))), Condition.ALWAYS);
        Shelf.Result result =
                shelf.run(new Insert(STOCK, STOCKED, List.of(), rows, replace, List.of(at(STOCK, "amount"))));
        assertThat(result.plain())
                .isEqualTo("INSERT INTO stock (shop, book, amount) SELECT 1, book.id, book.pages FROM book WHERE true"
                        + " ON CONFLICT (shop, book) DO UPDATE SET amount = excluded.amount RETURNING stock.amount");
        assertThat(result.firsts()).containsExactly(100, 200, 300);
        Insert plain =
                new Insert(STOCK, STOCKED, List.of(), rows.withWhere(greater(at(BOOK, "id"), 9L)), null, List.of());
        assertThat(shelf.run(plain).plain()).endsWith(" FROM book WHERE book.id > ?");
    }

    @Test
    void insertOfASelect_withJoinsAndConflict() throws SQLException {
        Select rows = from(BOOK, via("id", TO_AUTHOR), at(BOOK, "id"), via("age", TO_AUTHOR));
        Conflict leave = new Conflict(List.of(), Condition.ALWAYS, List.of(), Condition.ALWAYS);
        Shelf.Result result = shelf.run(new Insert(STOCK, STOCKED, List.of(), rows, leave, List.of(at(STOCK, "book"))));
        assertThat(result.plain())
                .contains(" JOIN author ON author.id = book.author_id WHERE true ON CONFLICT DO NOTHING");
        assertThat(result.firsts()).containsExactly(3);
    }

    @Test
    void insertOfOwnRows_andChangeOfTheTarget_readTheRightTable() throws SQLException {
        Select rows = from(STOCK, at(STOCK, "shop"), at(STOCK, "book"), new Number(1));
        Column amount = column(STOCK, "amount");
        Expression sum = new Arithmetic(Operator.PLUS, at(STOCK, "amount"), new Excluded(amount));
        Conflict add = new Conflict(KEY, Condition.ALWAYS, List.of(set(amount, sum)), Condition.ALWAYS);
        Shelf.Result result = shelf.run(new Insert(STOCK, STOCKED, List.of(), rows, add, List.of(at(STOCK, "amount"))));
        assertThat(result.firsts()).containsExactly(11, 21);
    }

    @Test
    void conditionalInsert_happensOnce() throws SQLException {
        Select existing = from(AUTHOR, new Number(1)).withWhere(equal(at(AUTHOR, "name"), "Dan"));
        Select row = Select.of(Source.NOTHING, List.of(bind("Dan"))).withWhere(not(new Condition.Exists(existing)));
        Insert insert =
                new Insert(AUTHOR, List.of(column(AUTHOR, "name")), List.of(), row, null, List.of(at(AUTHOR, "id")));
        Shelf.Result first = shelf.run(insert);
        assertThat(first.plain())
                .isEqualTo("INSERT INTO author (name) SELECT ? WHERE NOT (EXISTS"
                        + " (SELECT 1 FROM author WHERE author.name = ?)) RETURNING author.id");
        assertThat(first.firsts()).containsExactly(4);
        assertThat(shelf.run(insert).rows()).isEmpty();
    }

    @Test
    void update_withSubSelectOverItself_isNumbered() throws SQLException {
        Select oldest = from(
                        AUTHOR,
                        new Expression.Aggregate(
                                Expression.Total.MAX, at(AUTHOR, "age"), false, Condition.ALWAYS, null))
                .withWhere(not(equal(at(AUTHOR, "id"), outside(1, AUTHOR, "id"))));
        Update update = new Update(
                AUTHOR,
                List.of(set(column(AUTHOR, "age"), new Expression.Scalar(oldest, true))),
                isNull(at(AUTHOR, "age")),
                List.of(at(AUTHOR, "id"), at(AUTHOR, "age")));
        Shelf.Result result = shelf.run(update);
        assertThat(result.plain())
                .isEqualTo("UPDATE author SET age = (SELECT max(author_2.age) FROM author AS author_2"
                        + " WHERE NOT (author_2.id = author.id)) WHERE author.age IS NULL"
                        + " RETURNING author.id, author.age");
        assertThat(result.rows()).containsExactly(List.of(2, 50));
    }

    @Test
    void delete_ofKeysFoundThroughAJoin() throws SQLException {
        Condition where =
                new Condition.InSelect(List.of(at(BOOK, "id")), keys(BOOK, equal(via("name", TO_AUTHOR), "Ann")));
        Shelf.Result result = shelf.run(new Delete(BOOK, where, List.of(at(BOOK, "id"))));
        assertThat(result.plain())
                .isEqualTo("DELETE FROM book WHERE book.id IN (SELECT book.id FROM book"
                        + " JOIN author ON author.id = book.author_id WHERE author.name = ?) RETURNING book.id");
        assertThat(result.firsts()).containsExactly(1, 2);
    }

    @Test
    void shapes_ofWrites_dependOnAllTheirParts() {
        Conflict none = new Conflict(List.of(), Condition.ALWAYS, List.of(), Condition.ALWAYS);
        assertThat(shelf.compile(stock(ONE_MORE, none)).sql())
                .isNotEqualTo(
                        shelf.compile(stock(ONE_MORE, new Conflict(KEY, Condition.ALWAYS, List.of(), Condition.ALWAYS)))
                                .sql());
        Delete silent = new Delete(BOOK, Condition.ALWAYS, List.of());
        Delete telling = new Delete(BOOK, Condition.ALWAYS, List.of(at(BOOK, "id")));
        assertThat(shelf.compile(silent).sql())
                .isNotEqualTo(shelf.compile(telling).sql());
        Insert nulls = stock(List.of(bind(1L), bind(1L), bind(null)), none);
        assertThat(shelf.compile(nulls).sql())
                .isSameAs(shelf.compile(stock(ONE_MORE, none)).sql());
    }
}
