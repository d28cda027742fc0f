package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;

/** A fresh library for each test, and its tables as queries. */
@ParameterizedClass
@EnumSource(Access.class)
abstract class LibraryTestCase {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    Fixture library;
    QuerySet<Row> authors;
    QuerySet<Row> books;
    QuerySet<Row> reviews;
    QuerySet<Row> publishers;

    @BeforeEach
    void open() {
        library = Fixture.library(access, directory);
        authors = library.db.objects("author");
        books = library.db.objects("book");
        reviews = library.db.objects("review");
        publishers = library.db.objects("publisher");
    }

    @AfterEach
    void close() {
        library.close();
    }

    Asked ask(QuerySet<Row> query) {
        return Asked.of(library, query);
    }

    /** The first row of a table. */
    Row row(String table) {
        Row row = Objects.requireNonNull(library.db.objects(table).first().block(Fixture.PATIENCE));
        library.sent();
        return row;
    }

    /** Runs a publisher, whose statements and values are asserted then. */
    Ran run(Publisher<?> publisher) {
        return Ran.of(library, publisher);
    }

    /** The rows of a table in the order of their keys, as the file has them. */
    List<List<@Nullable Object>> stored(String table) {
        return library.jdbc("SELECT * FROM " + table + " ORDER BY id");
    }

    /** Asserts what a publisher gives and which statements without values that takes. */
    void gives(Publisher<?> publisher, List<String> statements, Object... values) {
        Ran ran = run(publisher);
        statements.forEach(ran::statement);
        ran.gives(values);
    }

    /** Asserts that a call throws at once, with a text that contains this one, and sends nothing. */
    void refuses(Callable<?> call, Class<? extends QueryException> type, String text) {
        library.sent();
        @Nullable Throwable thrown = catchThrowable(call::call);
        assertThat(thrown).isExactlyInstanceOf(type).hasMessageContaining(text);
        assertThat(library.sent()).isEmpty();
    }
}
