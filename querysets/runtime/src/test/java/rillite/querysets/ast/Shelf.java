package rillite.querysets.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import rillite.querysets.ast.Condition.Compare;
import rillite.querysets.ast.Condition.Comparison;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;
import rillite.querysets.schema.Declaration;
import rillite.querysets.schema.Table;

/** A small file, the tables in it, and the pieces from which tests build trees by hand. */
final class Shelf implements AutoCloseable {

    static final Table AUTHOR = table("author", "id INTEGER!", "name TEXT!", "age INTEGER", "mentor_id INTEGER");
    static final Table PUBLISHER = table("publisher", "id INTEGER!", "name TEXT!");
    static final Table BOOK =
            table("book", "id INTEGER!", "title TEXT!", "pages INTEGER!", "author_id INTEGER!", "publisher_id INTEGER");
    static final Table REVIEW = table("review", "id INTEGER!", "book_id INTEGER!", "stars INTEGER!", "body TEXT");
    static final Table AUTHOR_2 = table("author_2", "id INTEGER!", "name TEXT");
    static final Table Q = table("q", "id INTEGER!", "we\"ird TEXT");
    static final Table NOTE = table("note", "title TEXT", "body TEXT");
    static final Table STOCK = table("stock", "shop INTEGER!", "book INTEGER!", "amount INTEGER");

    /** From a book to its author; there always is one. */
    static final Hop TO_AUTHOR = hop(BOOK, "author_id", AUTHOR, "id", false, false);

    /** From a book to its publisher; there may be none. */
    static final Hop TO_PUBLISHER = hop(BOOK, "publisher_id", PUBLISHER, "id", true, false);

    static final Hop TO_MENTOR = hop(AUTHOR, "mentor_id", AUTHOR, "id", true, false);
    static final Hop TO_BOOKS = hop(AUTHOR, "id", BOOK, "author_id", true, true);
    static final Hop TO_REVIEWS = hop(BOOK, "id", REVIEW, "book_id", true, true);

    private static final String SCRIPT = """
            CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER, mentor_id INTEGER);
            CREATE TABLE publisher (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER NOT NULL,
              author_id INTEGER NOT NULL, publisher_id INTEGER);
            CREATE TABLE review (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL, stars INTEGER NOT NULL, body TEXT);
            CREATE TABLE author_2 (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE q (id INTEGER PRIMARY KEY, "we""ird" TEXT);
            CREATE TABLE stock (shop INTEGER, book INTEGER, amount INTEGER, PRIMARY KEY (shop, book)) WITHOUT ROWID;
            CREATE UNIQUE INDEX title_of_long ON book (title) WHERE pages > 100;
            CREATE VIRTUAL TABLE note USING fts5(title, body);
            INSERT INTO author VALUES (1, 'Ann', 30, NULL), (2, 'Bob', NULL, 1), (3, 'Cid', 50, 2);
            INSERT INTO publisher VALUES (1, 'Pub1'), (2, 'Pub2');
            INSERT INTO book VALUES (1, 'A1', 100, 1, 1), (2, 'A2', 200, 1, NULL), (3, 'B1', 300, 2, 2);
            INSERT INTO review VALUES (1, 1, 5, 'good'), (2, 1, 2, NULL), (3, 3, 5, 'bad');
            INSERT INTO author_2 VALUES (1, 'x');
            INSERT INTO q VALUES (1, 'w');
            INSERT INTO stock VALUES (1, 1, 10), (1, 2, 20);
            INSERT INTO note (rowid, title, body) VALUES (1, 'sea', 'salt water'), (2, 'land', 'dry sand');
            """;

    private final Connection connection;
    private final SqlCompiler compiler = new SqlCompiler(1000);

    private Shelf(Connection connection) {
        this.connection = connection;
    }

    static Shelf open(Path directory) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("shelf.db"));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(SCRIPT);
        }
        Function.create(
                connection,
                "rl_fold",
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        String text = value_text(0);
                        if (text == null) {
                            result();
                        } else {
                            result(text.toLowerCase(Locale.ROOT));
                        }
                    }
                },
                1,
                0);
        Function.create(
                connection,
                "regexp",
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        if (value_text(0) == null || value_text(1) == null) {
                            result();
                        } else {
                            Pattern pattern = Pattern.compile(value_text(0));
                            result(pattern.matcher(value_text(1)).find() ? 1 : 0);
                        }
                    }
                },
                2,
                0);
        return new Shelf(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    SqlText compile(Select select) {
        return same(compiler.compile(select), new SqlCompiler(1).compile(select));
    }

    SqlText compile(Write write) {
        return same(compiler.compile(write), new SqlCompiler(1).compile(write));
    }

    private static SqlText same(SqlText cached, SqlText anew) {
        assertThat(anew).isEqualTo(cached);
        return cached;
    }

    /** Compiles twice, once from the cache, and runs. */
    Result run(Select select) throws SQLException {
        return run(compile(select));
    }

    /** Compiles twice, once from the cache, and runs. */
    Result run(Write write) throws SQLException {
        return run(compile(write));
    }

    Result run(SqlText text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.sql())) {
            for (int i = 0; i < text.binds().size(); i++) {
                statement.setObject(i + 1, text.binds().get(i));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            if (statement.execute()) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        Object value = result.getObject(i);
                        row.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
                    }
                    rows.add(row);
                }
            }
            return new Result(text.sql(), text.binds(), rows);
        }
    }

    /** Runs a text. */
    List<List<@Nullable Object>> rows(String sql) throws SQLException {
        return run(new SqlText(sql, List.of())).rows();
    }

    /** A statement and what it gave; numbers are Integer, Long or Double as the driver finds fit, BLOBs are ByteBuffers. */
    record Result(String sql, List<@Nullable Object> binds, List<List<@Nullable Object>> rows) {

        /** The values of the first column. */
        List<@Nullable Object> firsts() {
            List<@Nullable Object> firsts = new ArrayList<>();
            rows.forEach(row -> firsts.add(row.get(0)));
            return firsts;
        }

        /** The text without quotes where no quote is needed. */
        String plain() {
            return Shelf.plain(sql);
        }
    }

    static String plain(String sql) {
        return sql.replaceAll("\"(\\w+)\"", "$1");
    }

    /** A table from columns as in {@code "name TEXT!"}, where the sign means NOT NULL. */
    static Table table(String name, String... columns) {
        List<Column> made = new ArrayList<>();
        for (String column : columns) {
            int space = column.lastIndexOf(' ');
            boolean notNull = column.endsWith("!");
            String type = column.substring(space + 1).replace("!", "");
            made.add(new Column(
                    name,
                    column.substring(0, space),
                    made.size(),
                    type,
                    ColumnType.valueOf(type),
                    notNull,
                    null,
                    null,
                    0,
                    Column.Kind.NORMAL,
                    "BINARY"));
        }
        return new Table(
                name,
                Table.Kind.TABLE,
                made,
                List.of(made.get(0)),
                List.of(),
                List.of(),
                false,
                false,
                Declaration.UNKNOWN,
                null);
    }

    static Column column(Table table, String name) {
        return table.column(name).orElseThrow();
    }

    static Hop hop(Table start, String from, Table table, String to, boolean optional, boolean many) {
        return Hop.of(table, List.of(column(start, from)), List.of(column(table, to)), optional, many);
    }

    static rillite.querysets.ast.Path path(Hop... hops) {
        return new rillite.querysets.ast.Path(List.of(hops));
    }

    /** A column of the root. */
    static ColumnRef at(Table table, String column) {
        return ColumnRef.of(column(table, column));
    }

    /** A column at the end of the hops. */
    static ColumnRef via(String column, Hop... hops) {
        return ColumnRef.of(path(hops), column(hops[hops.length - 1].table(), column));
    }

    /** A column of the root of a query further out. */
    static ColumnRef outside(int up, Table table, String column, Hop... hops) {
        return new ColumnRef(path(hops), column(table, column), up);
    }

    static Bind bind(@Nullable Object value) {
        return new Bind(value);
    }

    static Condition equal(Expression left, Object right) {
        return compare(Comparison.EQUAL, left, right);
    }

    static Condition greater(Expression left, Object right) {
        return compare(Comparison.GREATER, left, right);
    }

    private static Condition compare(Comparison comparison, Expression left, Object right) {
        return new Compare(comparison, left, right instanceof Expression expression ? expression : new Bind(right));
    }

    static Condition isNull(Expression expression) {
        return new Condition.IsNull(expression, false);
    }

    static Condition and(Condition... parts) {
        return Condition.all(List.of(parts));
    }

    static Condition or(Condition... parts) {
        return Condition.any(List.of(parts));
    }

    static Condition not(Condition condition) {
        return Condition.not(condition);
    }

    static Select from(Table table, Expression... columns) {
        return Select.of(new Source.Base(table), List.of(columns));
    }

    /** The given column of all rows that fulfil a condition, in order. */
    static Select keys(Table table, Condition where) {
        return from(table, at(table, "id")).withWhere(where).withOrder(by(at(table, "id")));
    }

    static List<Ordering> by(Expression... expressions) {
        return Stream.of(expressions)
                .<Ordering>map(expression -> new Ordering.By(expression, false, null))
                .toList();
    }
}
