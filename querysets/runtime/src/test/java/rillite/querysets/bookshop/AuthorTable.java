package rillite.querysets.bookshop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.DateCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class AuthorTable<R> extends Table<R, Author> {

    public static final AuthorTable<Author> AUTHOR = new AuthorTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");
    public final DateCol<R> born = dateCol("born");
    public final TextCol<R> country = textCol("country");
    public final LongCol<R> mentorId = longCol("mentor_id");

    private AuthorTable() {
        super(Author.class, "author");
    }

    AuthorTable(Table<R, ?> from, String relation) {
        super(Author.class, "author", from, relation);
    }

    public AuthorTable<R> mentor() {
        return new AuthorTable<>(this, "mentor");
    }

    public ToMany<R, Author, AuthorTable<Author>> authorsAsMentor() {
        return toMany("authors_as_mentor", AUTHOR);
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    @Override
    protected Author read(Cells row) {
        return new Author(
                row.get(id),
                row.get(name),
                row.orNull(born),
                row.orNull(country),
                row.ref("mentor", AUTHOR, mentorId),
                row.refs("authors_as_mentor", AUTHOR),
                row.refs("books", BookTable.BOOK));
    }

    @Override
    protected @Nullable Object value(Author row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            case 2 -> row.born();
            case 3 -> row.country();
            case 4 -> row.mentor().id();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Author row) {
        return List.of(row.mentor(), row.authorsAsMentor(), row.books());
    }
}
