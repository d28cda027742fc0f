package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;

public final class BookTagTable<R> extends Table<R, BookTag> {

    public static final BookTagTable<BookTag> BOOK_TAG = new BookTagTable<>();

    public final LongCol<R> id = longCol("id");
    public final LongCol<R> bookId = longCol("book_id");
    public final LongCol<R> tagId = longCol("tag_id");

    private BookTagTable() {
        super(BookTag.class, "book_tag");
    }

    BookTagTable(Table<R, ?> from, String relation) {
        super(BookTag.class, "book_tag", from, relation);
    }

    public BookTable<R> book() {
        return new BookTable<>(this, "book");
    }

    public TagTable<R> tag() {
        return new TagTable<>(this, "tag");
    }

    @Override
    protected BookTag read(Cells row) {
        return new BookTag(row.get(id), row.ref("book", BookTable.BOOK, bookId), row.ref("tag", TagTable.TAG, tagId));
    }

    @Override
    protected @Nullable Object value(BookTag row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.book().id();
            case 2 -> row.tag().id();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(BookTag row) {
        return List.of(row.book(), row.tag());
    }
}
