package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.BlobCol;
import rillite.querysets.BoolCol;
import rillite.querysets.Cells;
import rillite.querysets.DateCol;
import rillite.querysets.DecimalCol;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.RealCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class BookTable<R> extends Table<R, Book> {

    public static final BookTable<Book> BOOK = new BookTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> isbn = textCol("isbn");
    public final TextCol<R> title = textCol("title");
    public final LongCol<R> authorId = longCol("author_id");
    public final LongCol<R> publisherId = longCol("publisher_id");
    public final LongCol<R> categoryId = longCol("category_id");
    public final IntCol<R> pages = intCol("pages");
    public final DecimalCol<R> price = decimalCol("price");
    public final RealCol<R> weight = realCol("weight");
    public final BoolCol<R> inPrint = boolCol("in_print");
    public final DateCol<R> published = dateCol("published");
    public final BlobCol<R> cover = blobCol("cover");
    public final LongCol<R> titleLength = longCol("title_length");

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

    public CategoryTable<R> category() {
        return new CategoryTable<>(this, "category");
    }

    public ToMany<R, Award, AwardTable<Award>> awards() {
        return toMany("awards", AwardTable.AWARD);
    }

    public ToMany<R, BookTag, BookTagTable<BookTag>> bookTags() {
        return toMany("book_tags", BookTagTable.BOOK_TAG);
    }

    public ToMany<R, OrderLine, OrderLineTable<OrderLine>> orderLines() {
        return toMany("order lines", OrderLineTable.ORDER_LINE);
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
                row.get(isbn),
                row.get(title),
                row.ref("author", AuthorTable.AUTHOR, authorId),
                row.ref("publisher", PublisherTable.PUBLISHER, publisherId),
                row.ref("category", CategoryTable.CATEGORY, categoryId),
                row.get(pages),
                row.get(price),
                row.orNull(weight),
                row.get(inPrint),
                row.orNull(published),
                row.orNull(cover),
                row.orNull(titleLength),
                row.refs("awards", AwardTable.AWARD),
                row.refs("book_tags", BookTagTable.BOOK_TAG),
                row.refs("order lines", OrderLineTable.ORDER_LINE),
                row.refs("reviews", ReviewTable.REVIEW),
                row.refs("tags", TagTable.TAG));
    }

    @Override
    protected @Nullable Object value(Book row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.isbn();
            case 2 -> row.title();
            case 3 -> row.author().id();
            case 4 -> row.publisher().id();
            case 5 -> row.category().id();
            case 6 -> row.pages();
            case 7 -> row.price();
            case 8 -> row.weight();
            case 9 -> row.inPrint();
            case 10 -> row.published();
            case 11 -> row.cover();
            case 12 -> row.titleLength();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Book row) {
        return List.of(
                row.author(),
                row.publisher(),
                row.category(),
                row.awards(),
                row.bookTags(),
                row.orderLines(),
                row.reviews(),
                row.tags());
    }
}
