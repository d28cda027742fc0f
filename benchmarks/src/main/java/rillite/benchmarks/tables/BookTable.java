package rillite.benchmarks.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.RealCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class BookTable<R> extends Table<R, Book> {

    /** The table as the root of queries. */
    public static final BookTable<Book> BOOK = new BookTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> title = textCol("title");
    public final LongCol<R> authorId = longCol("author_id");
    public final LongCol<R> pages = longCol("pages");
    public final RealCol<R> price = realCol("price");

    private BookTable() {
        super(Book.class, "book");
    }

    BookTable(Table<R, ?> from, String relation) {
        super(Book.class, "book", from, relation);
    }

    public AuthorTable<R> author() {
        return new AuthorTable<>(this, "author");
    }

    @Override
    protected Book read(Cells row) {
        return new Book(
                row.get(id),
                row.get(title),
                row.ref("author", AuthorTable.AUTHOR, authorId),
                row.get(pages),
                row.get(price));
    }

    @Override
    protected @Nullable Object value(Book row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.title();
            case 2 -> row.author().id();
            case 3 -> row.pages();
            case 4 -> row.price();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Book row) {
        return List.of(row.author());
    }
}
