package rillite.docs;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.DateCol;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.Ref;
import rillite.querysets.Refs;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

/** Table classes of the sample bookshop, as far as guides/querysets.md uses them. */
final class ShopTables {
    private ShopTables() {}

    public record Publisher(long id, String name, String city, Refs<Book> books) {}

    public static final class PublisherTable<R> extends Table<R, Publisher> {

        public static final PublisherTable<Publisher> PUBLISHER = new PublisherTable<>();

        public final LongCol<R> id = longCol("id");
        public final TextCol<R> name = textCol("name");
        public final TextCol<R> city = textCol("city");

        private PublisherTable() {
            super(Publisher.class, "publisher");
        }

        PublisherTable(Table<R, ?> from, String relation) {
            super(Publisher.class, "publisher", from, relation);
        }

        public ToMany<R, Book, BookTable<Book>> books() {
            return toMany("books", BookTable.BOOK);
        }

        @Override
        protected Publisher read(Cells row) {
            return new Publisher(row.get(id), row.get(name), row.get(city), row.refs("books", BookTable.BOOK));
        }

        @Override
        protected @Nullable Object value(Publisher row, int column) {
            return switch (column) {
                case 0 -> row.id();
                case 1 -> row.name();
                case 2 -> row.city();
                default -> throw new IndexOutOfBoundsException(column);
            };
        }

        @Override
        protected List<Object> related(Publisher row) {
            return List.of(row.books());
        }
    }

    // tag::record[]
    public record Book(
            long id,
            String title,
            LocalDate published,
            int pages,
            int priceCents,
            Ref<Publisher> publisher,
            Refs<Review> reviews) {}
    // end::record[]

    public static final class BookTable<R> extends Table<R, Book> {

        public static final BookTable<Book> BOOK = new BookTable<>();

        public final LongCol<R> id = longCol("id");
        public final TextCol<R> title = textCol("title");
        public final DateCol<R> published = dateCol("published");
        public final IntCol<R> pages = intCol("pages");
        public final IntCol<R> priceCents = intCol("price_cents");
        public final LongCol<R> publisherId = longCol("publisher_id");

        private BookTable() {
            super(Book.class, "book");
        }

        BookTable(Table<R, ?> from, String relation) {
            super(Book.class, "book", from, relation);
        }

        public PublisherTable<R> publisher() {
            return new PublisherTable<>(this, "publisher");
        }

        public ToMany<R, Review, ReviewTable<Review>> reviews() {
            return toMany("reviews", ReviewTable.REVIEW);
        }

        @Override
        protected Book read(Cells row) {
            return new Book(
                    row.get(id),
                    row.get(title),
                    row.get(published),
                    row.get(pages),
                    row.get(priceCents),
                    row.ref("publisher", PublisherTable.PUBLISHER, publisherId),
                    row.refs("reviews", ReviewTable.REVIEW));
        }

        @Override
        protected @Nullable Object value(Book row, int column) {
            return switch (column) {
                case 0 -> row.id();
                case 1 -> row.title();
                case 2 -> row.published();
                case 3 -> row.pages();
                case 4 -> row.priceCents();
                case 5 -> row.publisher().id();
                default -> throw new IndexOutOfBoundsException(column);
            };
        }

        @Override
        protected List<Object> related(Book row) {
            return List.of(row.publisher(), row.reviews());
        }
    }

    public record Review(
            long id,
            Ref<Book> book,
            long customerId,
            int stars,
            @Nullable String body) {}

    public static final class ReviewTable<R> extends Table<R, Review> {

        public static final ReviewTable<Review> REVIEW = new ReviewTable<>();

        public final LongCol<R> id = longCol("id");
        public final LongCol<R> bookId = longCol("book_id");
        public final LongCol<R> customerId = longCol("customer_id");
        public final IntCol<R> stars = intCol("stars");
        public final TextCol<R> body = textCol("body");

        private ReviewTable() {
            super(Review.class, "review");
        }

        ReviewTable(Table<R, ?> from, String relation) {
            super(Review.class, "review", from, relation);
        }

        public BookTable<R> book() {
            return new BookTable<>(this, "book");
        }

        @Override
        protected Review read(Cells row) {
            return new Review(
                    row.get(id),
                    row.ref("book", BookTable.BOOK, bookId),
                    row.get(customerId),
                    row.get(stars),
                    row.orNull(body));
        }

        @Override
        protected @Nullable Object value(Review row, int column) {
            return switch (column) {
                case 0 -> row.id();
                case 1 -> row.book().id();
                case 2 -> row.customerId();
                case 3 -> row.stars();
                case 4 -> row.body();
                default -> throw new IndexOutOfBoundsException(column);
            };
        }

        @Override
        protected List<Object> related(Review row) {
            return List.of(row.book());
        }
    }
}
