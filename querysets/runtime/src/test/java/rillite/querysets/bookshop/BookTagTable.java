package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;

public final class BookTagTable<R> extends Table<R, BookTag> {

    public static final BookTagTable<BookTag> BOOK_TAG = new BookTagTable<>();

    public final LongCol<R> bookId = longCol("book_id");
    public final TextCol<R> tagName = textCol("tag_name");

    private BookTagTable() {
        super(BookTag.class, "book_tag");
    }

    BookTagTable(Table<R, ?> from, String relation) {
        super(BookTag.class, "book_tag", from, relation);
    }

    public BookTable<R> book() {
        return new BookTable<>(this, "book");
    }

    public TagTable<R> tagNameRef() {
        return new TagTable<>(this, "tag_name_ref");
    }

    @Override
    protected BookTag read(Cells row) {
        return new BookTag(
                row.ref("book", BookTable.BOOK, bookId),
                row.get(tagName),
                row.ref("tag_name_ref", TagTable.TAG, tagName));
    }

    @Override
    protected @Nullable Object value(BookTag row, int column) {
        return switch (column) {
            case 0 -> row.book().id();
            case 1 -> row.tagName();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(BookTag row) {
        return List.of(row.book(), row.tagNameRef());
    }
}
