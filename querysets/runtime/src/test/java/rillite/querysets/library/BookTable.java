package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.DateCol;
import rillite.querysets.DateTimeCol;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class BookTable<R> extends Table<R, Book> {

    public static final BookTable<Book> BOOK = new BookTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> title = textCol("title");
    public final LongCol<R> authorId = longCol("author_id");
    public final LongCol<R> publisherId = longCol("publisher_id");
    public final IntCol<R> pages = intCol("pages");
    public final DateCol<R> published = dateCol("published");
    public final DateTimeCol<R> created = dateTimeCol("created");

    private BookTable() {
        super(Book.class, "book");
    }

    BookTable(Table<R, ?> from, String relation) {
        super(Book.class, "book", from, relation);
    }

    public AuthorTable<R> author() {
        return new AuthorTable<>(this, "author");
    }

    public PublisherTable<R> publisher() {
        return new PublisherTable<>(this, "publisher");
    }

    public ToMany<R, BookTag, BookTagTable<BookTag>> bookTags() {
        return toMany("book_tags", BookTagTable.BOOK_TAG);
    }

    public ToMany<R, Review, ReviewTable<Review>> reviews() {
        return toMany("reviews", ReviewTable.REVIEW);
    }

    public ToMany<R, Tag, TagTable<Tag>> tags() {
        return toMany("tags", TagTable.TAG);
    }

    @Override
    protected Book read(Cells row) {
        return new Book(
                row.get(id),
                row.get(title),
                row.ref("author", AuthorTable.AUTHOR, authorId),
                row.ref("publisher", PublisherTable.PUBLISHER, publisherId),
                row.get(pages),
                row.orNull(published),
                row.orNull(created),
                row.refs("book_tags", BookTagTable.BOOK_TAG),
                row.refs("reviews", ReviewTable.REVIEW),
                row.refs("tags", TagTable.TAG));
    }

    @Override
    protected @Nullable Object value(Book row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.title();
            case 2 -> row.author().id();
            case 3 -> row.publisher().id();
            case 4 -> row.pages();
            case 5 -> row.published();
            case 6 -> row.created();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Book row) {
        return List.of(row.author(), row.publisher(), row.bookTags(), row.reviews(), row.tags());
    }
}
