package rillite.docs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Cells;
import rillite.querysets.Fields;
import rillite.querysets.IntCol;
import rillite.querysets.LongCol;
import rillite.querysets.NewRow;
import rillite.querysets.Ref;
import rillite.querysets.Refs;
import rillite.querysets.Table;
import rillite.querysets.TextCol;
import rillite.querysets.ToMany;

/** Table classes and records of guides/typed.md, as they are generated. */
final class TypedTables {
    private TypedTables() {}

    static final String SCHEMA = """
            CREATE TABLE author (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                email TEXT,
                age INTEGER,
                mentor_id INTEGER REFERENCES author
            );
            CREATE TABLE book (
                id INTEGER PRIMARY KEY,
                title TEXT NOT NULL,
                author_id INTEGER NOT NULL REFERENCES author ON DELETE CASCADE,
                pages INTEGER NOT NULL
            );
            CREATE VIRTUAL TABLE book_search USING fts5(title, content='book', content_rowid='id')""";

    // tag::record[]
    public record Author(
            long id,
            String name,
            @Nullable String email,
            @Nullable Integer age,
            Ref<Author> mentor,
            Refs<Author> authorsAsMentor,
            Refs<Book> books) {}
    // end::record[]

    public record Book(long id, String title, Ref<Author> author, int pages) {}

    // tag::table[]
    public static final class AuthorTable<R> extends Table<R, Author> {

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
                    row.orNull(email),
                    row.orNull(age),
                    row.ref("mentor", AUTHOR, mentorId),
                    row.refs("authors_as_mentor", AUTHOR),
                    row.refs("books", BookTable.BOOK));
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
            return List.of(row.mentor(), row.authorsAsMentor(), row.books());
        }
    }
    // end::table[]

    // tag::insert[]
    public record NewAuthor(Fields fields) implements NewRow<Author> {

        public NewAuthor(String name) {
            this(Fields.of("name", name));
        }

        public NewAuthor id(long id) {
            return new NewAuthor(fields.with("id", id));
        }

        public NewAuthor email(@Nullable String email) {
            return new NewAuthor(fields.with("email", email));
        }

        public NewAuthor age(@Nullable Integer age) {
            return new NewAuthor(fields.with("age", age));
        }

        public NewAuthor mentorId(@Nullable Long mentorId) {
            return new NewAuthor(fields.with("mentor_id", mentorId));
        }
    }
    // end::insert[]

    public static final class BookTable<R> extends Table<R, Book> {

        public static final BookTable<Book> BOOK = new BookTable<>();

        public final LongCol<R> id = longCol("id");
        public final TextCol<R> title = textCol("title");
        public final LongCol<R> authorId = longCol("author_id");
        public final IntCol<R> pages = intCol("pages");

        private BookTable() {
            super(Book.class, "book");
        }

        BookTable(Table<R, ?> from, String relation) {
            super(Book.class, "book", from, relation);
        }

        public AuthorTable<R> author() {
            return new AuthorTable<>(this, "author");
        }

        // tag::search[]
        public BookSearchTable<R> bookSearch() {
            return new BookSearchTable<>(this, "book_search");
        }
        // end::search[]

        @Override
        protected Book read(Cells row) {
            return new Book(
                    row.get(id), row.get(title), row.ref("author", AuthorTable.AUTHOR, authorId), row.get(pages));
        }

        @Override
        protected @Nullable Object value(Book row, int column) {
            return switch (column) {
                case 0 -> row.id();
                case 1 -> row.title();
                case 2 -> row.author().id();
                case 3 -> row.pages();
                default -> throw new IndexOutOfBoundsException(column);
            };
        }

        @Override
        protected List<Object> related(Book row) {
            return List.of(row.author());
        }
    }

    /** A row of the index. */
    public record BookSearch(String title) {}

    public static final class BookSearchTable<R> extends Table<R, BookSearch> {

        public final TextCol<R> title = textCol("title");

        BookSearchTable(Table<R, ?> from, String relation) {
            super(BookSearch.class, "book_search", from, relation);
        }

        @Override
        protected BookSearch read(Cells row) {
            return new BookSearch(row.get(title));
        }

        @Override
        protected @Nullable Object value(BookSearch row, int column) {
            return row.title();
        }

        @Override
        protected List<Object> related(BookSearch row) {
            return List.of();
        }
    }
}
