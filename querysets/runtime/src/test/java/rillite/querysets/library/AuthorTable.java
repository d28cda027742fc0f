package rillite.querysets.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

public final class AuthorTable<R> extends Table<R, Author> {

    public static final AuthorTable<Author> AUTHOR = new AuthorTable<>();

    public final LongCol<R> id = longCol("id");
    public final TextCol<R> name = textCol("name");
    public final TextCol<R> email = textCol("email");
    public final IntCol<R> age = intCol("age");
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

    public ProfileTable<R> profile() {
        return new ProfileTable<>(this, "profile");
    }

    public ToMany<R, Award, AwardTable<Award>> awards() {
        return toMany("awards", AwardTable.AWARD);
    }

    public ToMany<R, Book, BookTable<Book>> books() {
        return toMany("books", BookTable.BOOK);
    }

    public ToMany<R, Author, AuthorTable<Author>> mentees() {
        return toMany("mentees", AUTHOR);
    }

    @Override
    protected Author read(Cells row) {
        return new Author(
                row.get(id),
                row.get(name),
                row.orNull(email),
                row.orNull(age),
                row.ref("mentor", AUTHOR, mentorId),
                row.ref("profile", ProfileTable.PROFILE),
                row.refs("awards", AwardTable.AWARD),
                row.refs("books", BookTable.BOOK),
                row.refs("mentees", AUTHOR));
    }

    @Override
    protected @Nullable Object value(Author row, int column) {
        return switch (column) {
            case 0 -> row.id();
            case 1 -> row.name();
            case 2 -> row.email();
            case 3 -> row.age();
            case 4 -> row.mentor().id();
            default -> throw new IndexOutOfBoundsException(column);
        };
    }

    @Override
    protected List<Object> related(Author row) {
        return List.of(row.mentor(), row.profile(), row.awards(), row.books(), row.mentees());
    }
}
