package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.AnyCol;
import rillite.querysets.Cells;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class TagTable<R> extends Table<R, Tag> {

    public static final TagTable<Tag> TAG = new TagTable<>();

    public final TextCol<R> name = textCol("name");
    public final AnyCol<R> note = anyCol("note");

    private TagTable() {
        super(Tag.class, "tag");
    }

    TagTable(Table<R, ?> from, String relation) {
        super(Tag.class, "tag", from, relation);
    }

    public ToMany<R, BookTag, BookTagTable<BookTag>> bookTagsAsTagNameRef() {
        return toMany("book_tags_as_tag_name_ref", BookTagTable.BOOK_TAG);
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    @Override
    protected Tag read(Cells row) {
        return new Tag(
                row.get(name),
                row.orNull(note),
                row.refs("book_tags_as_tag_name_ref", BookTagTable.BOOK_TAG),
                row.refs("books", BookTable.BOOK));
    }

    @Override
    protected @Nullable Object value(Tag row, int column) {
        return switch (column) {
            case 0 -> row.name();
            case 1 -> row.note();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Tag row) {
        return List.of(row.bookTagsAsTagNameRef(), row.books());
    }
}
