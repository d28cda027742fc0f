package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler refuses columns of another root and values of another type. */
final class TypedRootsTests {

    private static final String FRAME = """
            import static rillite.querysets.library.AuthorTable.AUTHOR;
            import static rillite.querysets.library.BookTable.BOOK;
            import static rillite.querysets.library.BookTagTable.BOOK_TAG;
            import static rillite.querysets.Agg.count;
            import static rillite.querysets.F.outer;
            import rillite.querysets.*;
            import rillite.querysets.library.*;

            final class Snippet {
                Object call(
                        Database db, QuerySet<Author> authors, QuerySet<Book> books, Author author, Book book, Tag tag) {
                    return %s;
                }
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authors.filter(AUTHOR.name.eq(\"x\"))",
                "authors.filter(Q.of(\"name\", \"x\"))",
                "authors.filter(AUTHOR.mentor().name.eq(AUTHOR.name))",
                "authors.filter(AUTHOR.age.gte(29.5), AUTHOR.id.eq(1), AUTHOR.id.in(1, 2))",
                "books.filter(BOOK.author().name.eq(\"x\")).orderBy(BOOK.author().age.desc().nullsLast())",
                "books.filter(BOOK.pages.gt(BOOK.author().age))",
                "books.update(BOOK.pages.to(BOOK.pages.plus(1)), BOOK.publisherId.toNull())",
                "authors.filter(AUTHOR.books().any(b -> b.title.eq(\"x\").and(b.pages.gt(3))))",
                "authors.filter(Q.exists(books.filter(BOOK.author().id.eq(outer(AUTHOR.id)))))",
                "authors.select(AUTHOR.name, AUTHOR.books().count(), Row2<String, Long>::new)",
                "authors.prefetchRelated(AUTHOR.books().then(b -> b.tags()), AUTHOR.mentor())",
                "authors.prefetchRelated(AUTHOR.books().with(q -> q.orderBy(BOOK.pages.desc()).limit(3)))",
                "db.objects(AUTHOR).select(AUTHOR.name).filter(AUTHOR.age.gt(3))",
                "db.link(BOOK.tags(), book).add(java.util.List.of(tag), BOOK_TAG.tagId.to(1L))",
                "db.link(BOOK.tags(), Ref.of(1)).set(tag, tag)",
                "authors.bulkInsert(reactor.core.publisher.Flux.just(new NewAuthor(\"x\")))",
                "books.bulkUpdate(java.util.List.of(book), BOOK.pages, BOOK.title)",
                "authors.getOrCreate(java.util.List.of(AUTHOR.email.to(\"x\"), AUTHOR.age.toNull()))",
                "authors.updateOrCreate(new NewAuthor(\"x\").email(\"y\"), AUTHOR.email, AUTHOR.name)",
                "authors.filter(Fn.upper(AUTHOR.name).startsWith(\"A\"), Fn.coalesce(AUTHOR.age, 0).gt(2.5))",
                "authors.filter(Fn.upper(\"name\").startsWith(\"A\"), Fn.coalesce(\"age\", 0).gt(3))",
                "authors.orderBy(Fn.concat(AUTHOR.name, \" \", AUTHOR.mentor().name).asc())",
                "authors.orderBy(Fn.coalesce(AUTHOR.email, AUTHOR.name, F.value(\"x\")).asc())",
                "authors.orderBy(Fn.concat(Fn.upper(\"name\"), \", \", F.of(\"email\")).asc())",
                "authors.filter(Case.when(AUTHOR.age.gt(3), \"x\").otherwise(AUTHOR.name).contains(\"x\"))",
                "authors.filter(Case.when(Q.of(\"age\", 3), AUTHOR.age).otherwise(0).gt(1))",
                "books.orderBy(Window.rank().partitionBy(BOOK.authorId).orderBy(BOOK.pages.desc()).asc())",
                "books.annotate(Window.lag(BOOK.title, 1).partitionBy(BOOK.author().name).as(\"x\"))",
                "authors.filter(Subquery.of(AUTHOR, books, BOOK.title).startsWith(\"A\"))",
                "authors.filter(Fts.match(AUTHOR, \"x\"), Fts.match(AUTHOR.name, \"x\"))",
            })
    void calls_ofOneRoot_compile(String call) {
        assertThat(errors(call)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authors.filter(BOOK.title.eq(\"x\"))",
                "authors.filter(BOOK.author().name.eq(\"x\"))",
                "authors.exclude(BOOK.title.eq(\"x\"))",
                "authors.get(BOOK.id.eq(1))",
                "authors.orderBy(BOOK.title.asc())",
                "authors.distinctOn(BOOK.title)",
                "authors.distinctOn(BOOK.author())",
                "authors.earliest(BOOK.title)",
                "authors.select(AUTHOR.id, BOOK.title)",
                "authors.select(BOOK.title)",
                "authors.groupBy(BOOK.pages)",
                "authors.annotate(BOOK.reviews().count().as(\"n\"))",
                "authors.alias(BOOK.reviews().count().as(\"n\"))",
                "authors.aggregate(Agg.sum(BOOK.pages))",
                "authors.sum(BOOK.pages)",
                "authors.update(BOOK.title.to(\"x\"))",
                "authors.create(BOOK.title.to(\"x\"))",
                "authors.insert(new NewBook(\"x\", 1, 2))",
                "authors.inBulk(BOOK.id, java.util.List.of(1L))",
                "authors.selectRelated(BOOK.author())",
                "authors.prefetchRelated(BOOK.tags())",
                "authors.only(BOOK.title)",
                "authors.filter(AUTHOR.name.eq(BOOK.title))",
                "authors.filter(AUTHOR.name.eq(\"x\").and(BOOK.title.eq(\"x\")))",
                "authors.filter(AUTHOR.age.plus(BOOK.pages).gt(3))",
                "authors.filter(AUTHOR.books().any(b -> AUTHOR.name.eq(\"x\")))",
                "authors.select(AUTHOR.name).filter(BOOK.pages.gt(3))",
                "authors.annotate(AUTHOR.books().count().as(\"n\")).orderBy(BOOK.title.asc())",
                "authors.prefetchRelated(AUTHOR.books().then(b -> AUTHOR.awards()))",
                "authors.prefetchRelated(AUTHOR.books().with(q -> q.filter(AUTHOR.id.eq(1))))",
                "db.objects(BOOK.author())",
                "db.link(BOOK.tags(), author)",
                "db.link(BOOK.tags(), book).add(author)",
                "db.link(BOOK.tags(), book).remove(java.util.List.of(author))",
                "db.link(BOOK.tags(), book).set(tag, author)",
                "db.link(BOOK.tags(), book).create(BOOK.title.to(\"x\"))",
                "db.link(BOOK.tags(), book).create(new NewAuthor(\"x\"))",
                "authors.bulkInsert(java.util.List.of(new NewBook(\"x\", 1, 2)))",
                "authors.bulkUpdate(java.util.List.of(book), AUTHOR.age)",
                "authors.bulkUpdate(java.util.List.of(author), BOOK.pages)",
                "authors.getOrCreate(java.util.List.of(BOOK.title.to(\"x\")))",
                "authors.getOrCreate(java.util.List.of(AUTHOR.name.to(\"x\")), java.util.List.of(BOOK.title.to(\"x\")))",
                "authors.getOrCreate(new NewAuthor(\"x\"), BOOK.title)",
                "authors.updateOrCreate(new NewBook(\"x\", 1, 2), AUTHOR.name)",
                "authors.filter(Fn.upper(BOOK.title).eq(\"x\"))",
                "authors.orderBy(Fn.coalesce(AUTHOR.email, BOOK.title).asc())",
                "authors.orderBy(Fn.coalesce(AUTHOR.age, AUTHOR.id, BOOK.pages).asc())",
                "authors.orderBy(Fn.greatest(BOOK.published, AUTHOR.age).asc())",
                "authors.orderBy(Fn.concat(AUTHOR.name, \" \", BOOK.title).asc())",
                "authors.orderBy(Fn.substr(AUTHOR.name, BOOK.pages).asc())",
                "authors.orderBy(Fn.replace(AUTHOR.name, BOOK.title, AUTHOR.email).asc())",
                "authors.orderBy(Fn.nullIf(AUTHOR.name, BOOK.title).asc())",
                "authors.orderBy(Fn.mod(AUTHOR.age, BOOK.pages).asc())",
                "authors.orderBy(Fn.power(AUTHOR.age, BOOK.pages).asc())",
                "authors.orderBy(Fn.round(AUTHOR.age, BOOK.pages).asc())",
                "authors.orderBy(Fn.plus(BOOK.published, 1, DatePart.DAY).asc())",
                "books.orderBy(Fn.plus(BOOK.published, AUTHOR.age, DatePart.DAY).asc())",
                "books.orderBy(Fn.between(BOOK.published, AUTHOR.age, DatePart.DAY).asc())",
                "authors.orderBy(Fn.cast(BOOK.pages, String.class).asc())",
                "authors.filter(Case.when(BOOK.pages.gt(3), \"x\").otherwise(\"y\").eq(\"x\"))",
                "authors.filter(Case.when(AUTHOR.age.gt(3), BOOK.title).otherwise(\"y\").eq(\"x\"))",
                "authors.filter(Case.when(AUTHOR.age.gt(3), \"x\").when(BOOK.pages.gt(3), \"z\").otherwise(\"y\").eq(\"x\"))",
                "authors.filter(Case.when(AUTHOR.age.gt(3), \"x\").otherwise(BOOK.title).eq(\"x\"))",
                "authors.orderBy(Window.rowNumber().partitionBy(BOOK.authorId).asc())",
                "authors.orderBy(Window.rowNumber().partitionBy(AUTHOR.age).orderBy(BOOK.pages.asc()).asc())",
                "authors.orderBy(Window.lag(AUTHOR.age, 1).partitionBy(BOOK.pages).asc())",
                "authors.orderBy(Window.rowNumber().partitionBy(AUTHOR.age, BOOK.pages).asc())",
                "authors.orderBy(Window.of(Agg.sum(BOOK.pages)).asc())",
                "books.filter(Subquery.of(AUTHOR, books, BOOK.title).eq(\"x\"))",
                "authors.filter(Subquery.of(AUTHOR, books, AUTHOR.name).eq(\"x\"))",
                "authors.filter(Fts.match(BOOK, \"x\"))",
                "authors.orderBy(Fts.rank(BOOK).asc())",
                "authors.orderBy(Fts.highlight(BOOK.title, \"[\", \"]\").asc())",
                "authors.orderBy(F.test(BOOK.pages.gt(3)).asc())",
            })
    void calls_ofAnotherRoot_doNotCompile(String call) {
        assertThat(errors(call)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authors.filter(AUTHOR.name.eq(5))",
                "authors.filter(AUTHOR.age.eq(\"5\"))",
                "authors.filter(AUTHOR.age.in(\"5\"))",
                "authors.filter(AUTHOR.age.contains(\"5\"))",
                "books.filter(BOOK.published.gt(\"2020-01-01\"))",
                "authors.update(AUTHOR.age.to(\"x\"))",
                "authors.filter(AUTHOR.age)",
                "authors.select(AUTHOR.age, AUTHOR.name, (Integer age, Integer name) -> age)",
                "authors.filter(Fn.upper(AUTHOR.name).gt(3))",
                "authors.filter(Fn.length(AUTHOR.name).startsWith(\"3\"))",
                "authors.orderBy(Fn.coalesce(AUTHOR.age, \"x\").asc())",
                "authors.orderBy(Fn.coalesce(AUTHOR.name, 3).asc())",
                "authors.filter(Case.when(AUTHOR.age.gt(3), \"x\").otherwise(3).eq(\"x\"))",
                "authors.filter(Subquery.of(AUTHOR, books, BOOK.pages).contains(\"x\"))",
                "authors.filter(Window.lag(AUTHOR.age, 1).eq(\"x\"))",
            })
    void values_ofAnotherType_doNotCompile(String call) {
        assertThat(errors(call)).isNotEmpty();
    }

    private List<String> errors(String call) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String code = FRAME.formatted(call);
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of("-proc:none", "-classpath", classes, "-d", directory.toString());
        compiler.getTask(new StringWriter(), null, found, options, null, List.of(file))
                .call();
        return List.copyOf(found.getDiagnostics()).stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ROOT))
                .peek(message -> assertThat(message)
                        .doesNotContain("does not exist", "cannot find symbol\n  symbol:   variable"))
                .toList();
    }
}
