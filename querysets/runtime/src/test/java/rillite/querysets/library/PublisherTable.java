package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class PublisherTable<R> extends Table<R, Publisher> {

    public static final PublisherTable<Publisher> PUBLISHER = new PublisherTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");

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
        return new Publisher(row.get(id), row.get(name), row.refs("books", BookTable.BOOK));
    }

    @Override
    protected @Nullable Object value(Publisher row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Publisher row) {
        return List.of(row.books());
    }
}
