package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class TagTable<R> extends Table<R, Tag> {

    public static final TagTable<Tag> TAG = new TagTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");

    private TagTable() {
        super(Tag.class, "tag");
    }

    TagTable(Table<R, ?> from, String relation) {
        super(Tag.class, "tag", from, relation);
    }

    public ToMany<R, BookTag, BookTagTable<BookTag>> bookTags() {
        return toMany("book_tags", BookTagTable.BOOK_TAG);
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    @Override
    protected Tag read(Cells row) {
        return new Tag(
                row.get(id),
                row.get(name),
                row.refs("book_tags", BookTagTable.BOOK_TAG),
                row.refs("books", BookTable.BOOK));
    }

    @Override
    protected @Nullable Object value(Tag row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Tag row) {
        return List.of(row.bookTags(), row.books());
    }
}
