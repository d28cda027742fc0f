package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full-text search by table classes: of the index, of the table that it indexes, and of one that leads there. */
final class TypedSearchTests {

    private static final String SCRIPT = """
            CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
            INSERT INTO book VALUES (1, 'the fox', 'quick brown fox'), (2, 'dog', 'lazy dog and fox fox fox'),
              (3, 'cat', 'nothing at all');
            CREATE TABLE review (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book);
            INSERT INTO review VALUES (1, 1), (2, 3);
            CREATE VIRTUAL TABLE search USING fts5(title, body, content='book', content_rowid='id');
            INSERT INTO search(search) VALUES ('rebuild');
            """;

    record Found(long id) {}

    record Page(String title) {}

    record Review(long id) {}

    /** What the three tables have in common. */
    abstract static class Plain<R, T> extends Table<R, T> {

        Plain(Class<T> type, String name) {
            super(type, name);
        }

        Plain(Class<T> type, String name, Table<R, ?> from, String relation) {
            super(type, name, from, relation);
        }

        @Override
        protected @Nullable Object value(T row, int column) {
            return null;
        }

        @Override
        protected List<Object> related(T row) {
            return List.of();
        }
    }

    static final class SearchTable<R> extends Plain<R, Page> {

        static final SearchTable<Page> SEARCH = new SearchTable<>();

        final TextCol<R> title = textCol("title");
        final TextCol<R> body = textCol("body");

        private SearchTable() {
            super(Page.class, "search");
        }

        SearchTable(Table<R, ?> from, String relation) {
            super(Page.class, "search", from, relation);
        }

        @Override
        protected Page read(Cells row) {
            return new Page(row.get(title));
        }
    }

    static final class BookTable<R> extends Plain<R, Found> {

        static final BookTable<Found> BOOK = new BookTable<>();

        final LongCol<R> id = longCol("id");

        private BookTable() {
            super(Found.class, "book");
        }

        BookTable(Table<R, ?> from, String relation) {
            super(Found.class, "book", from, relation);
        }

        SearchTable<R> search() {
            return new SearchTable<>(this, "search");
        }

        @Override
        protected Found read(Cells row) {
            return new Found(row.get(id));
        }
    }

    static final class ReviewTable<R> extends Plain<R, Review> {

        static final ReviewTable<Review> REVIEW = new ReviewTable<>();

        final LongCol<R> id = longCol("id");

        private ReviewTable() {
            super(Review.class, "review");
        }

        BookTable<R> book() {
            return new BookTable<>(this, "book");
        }

        @Override
        protected Review read(Cells row) {
            return new Review(row.get(id));
        }
    }

    private static final SearchTable<Page> SEARCH = SearchTable.SEARCH;
    private static final BookTable<Found> BOOK = BookTable.BOOK;
    private static final ReviewTable<Review> REVIEW = ReviewTable.REVIEW;

    private Fixture fixture;
    private Database db;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.ofScript(Access.DRIVER, directory, SCRIPT);
        db = fixture.db;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> List<T> list(Query<?, T, ?> query) {
        return Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
    }

    @Test
    void match_ofTheIndexItself() {
        Q<Page> fox = Fts.match(SEARCH, "fox");
        QuerySet<Page> found =
                db.objects(SEARCH).filter(fox).orderBy(Fts.rank(SEARCH).asc());
        QuerySet<Row> dynamic = db.objects("search").filter(Fts.match("search", "fox"));
        assertThat(found.values("title").toSql())
                .isEqualTo(dynamic.orderBy(Fts.rank("search").asc())
                        .values("title")
                        .toSql());
        assertThat(list(found)).extracting(Page::title).containsExactlyInAnyOrder("dog", "the fox");
        assertThat(list(db.objects(SEARCH).filter(Fts.match(SEARCH.title, "fox"))))
                .containsExactly(new Page("the fox"));
        assertThat(list(db.objects(SEARCH)
                        .filter(fox)
                        .orderBy(Fts.rank(SEARCH, 10, 1).asc())
                        .select(Fts.highlight(SEARCH.title, "[", "]"), Fts.snippet(SEARCH, "<", ">", "..", 2))))
                .hasSize(2)
                .contains(new Row2<>("the [fox]", "the <fox>"));
    }

    @Test
    void match_ofTheIndexedTable() {
        Q<Found> fox = Fts.match(BOOK.search(), Fts.words("fox"));
        QuerySet<Found> found =
                db.objects(BOOK).filter(fox).orderBy(Fts.rank(BOOK.search()).asc());
        QuerySet<Row> dynamic = db.objects("book")
                .filter(Fts.match("search", Fts.words("fox")))
                .orderBy(Fts.rank("search").asc());
        assertThat(found.values("id").toSql()).isEqualTo(dynamic.values("id").toSql());
        assertThat(list(found)).hasSize(2);

        TextExpr<Found> title = Fts.highlight(BOOK.search().title, "[", "]");
        assertThat(db.objects(BOOK).filter(fox).annotate(title.as("x")).toSql())
                .isEqualTo(db.objects("book")
                        .filter(Fts.match("search", "\"fox\""))
                        .annotate("x", Fts.highlight("search__title", "[", "]"))
                        .toSql());
        assertThat(list(db.objects(BOOK)
                        .filter(Fts.match(BOOK.search().title, "fox"))
                        .select(title, Fts.snippet(BOOK.search().body, "<", ">", "..", 8))))
                .containsExactly(new Row2<>("the [fox]", "quick brown fox"));
        assertThat(db.objects(BOOK)
                        .orderBy(Fts.rank(BOOK.search(), 2.0).desc())
                        .toSql()
                        .sql())
                .contains("bm25(\"search\".\"search\", ?)");
    }

    @Test
    void match_overARelation() {
        assertThat(list(db.objects(REVIEW).filter(Fts.match(REVIEW.book().search(), "fox"))))
                .containsExactly(new Review(1));
    }

    @Test
    void columnOfNoIndex_isRefused() {
        assertThatThrownBy(() -> db.objects(BOOK).filter(Fts.match(BOOK.id, "fox")))
                .isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> db.objects(BOOK).orderBy(Fts.rank(BOOK).asc())).isInstanceOf(QueryException.class);
    }
}
