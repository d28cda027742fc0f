package rillite.benchmarks.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class AuthorTable<R> extends Table<R, Author> {

    /** The table as the root of queries. */
    public static final AuthorTable<Author> AUTHOR = new AuthorTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");
    public final TextCol<R> email = textCol("email");
    public final LongCol<R> publisherId = longCol("publisher_id");

    private AuthorTable() {
        super(Author.class, "author");
    }

    AuthorTable(Table<R, ?> from, String relation) {
        super(Author.class, "author", from, relation);
    }

    public PublisherTable<R> publisher() {
        return new PublisherTable<>(this, "publisher");
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    @Override
    protected Author read(Cells row) {
        return new Author(
                row.get(id),
                row.get(name),
                row.get(email),
                row.ref("publisher", PublisherTable.PUBLISHER, publisherId),
                row.refs("books", BookTable.BOOK));
    }

    @Override
    protected @Nullable Object value(Author row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            case 2 -> row.email();
            case 3 -> row.publisher().id();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Author row) {
        return List.of(row.publisher(), row.books());
    }
}
