package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.docs.TypedTables.AuthorTable.AUTHOR;
import static rillite.docs.TypedTables.BookTable.BOOK;
import static rillite.querysets.Agg.count;
import static rillite.querysets.F.outer;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.docs.TypedTables.Author;
import rillite.docs.TypedTables.Book;
import rillite.docs.TypedTables.NewAuthor;
import rillite.querysets.Annotated;
import rillite.querysets.BoolCol;
import rillite.querysets.BulkResult;
import rillite.querysets.Case;
import rillite.querysets.Created;
import rillite.querysets.Database;
import rillite.querysets.DateCol;
import rillite.querysets.DateTimeCol;
import rillite.querysets.Expr;
import rillite.querysets.Fn;
import rillite.querysets.Fts;
import rillite.querysets.JsonCol;
import rillite.querysets.NotLoadedException;
import rillite.querysets.NumberExpr;
import rillite.querysets.Partial;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Ref;
import rillite.querysets.Repository;
import rillite.querysets.Row2;
import rillite.querysets.Subquery;
import rillite.querysets.TextExpr;
import rillite.querysets.TimeCol;
import rillite.querysets.ToMany;
import rillite.querysets.TypedLink;
import rillite.querysets.Window;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/typed.md */
final class TypedTests {
    private static final String PAGE = Pages.text("guides/typed.md");

    private SqliteConnectionFactory connections;
    private Database db;
    private QuerySet<Author> authors;
    private QuerySet<Book> books;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(connections, TypedTables.SCHEMA.split(";"));
        Scratch.run(
                connections,
                "INSERT INTO author VALUES (1, 'Ann', 'ann@example.org', 40, NULL), (2, 'Ben', NULL, NULL, 1)",
                "INSERT INTO book VALUES (1, 'A1', 1, 100), (2, 'A2', 1, 300), (3, 'B1', 2, 200)",
                "INSERT INTO book_search(book_search) VALUES ('rebuild')");
        db = Scratch.await(Database.over(connections));
        authors = db.objects(AUTHOR);
        books = db.objects(BOOK);
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private static <T> List<T> list(Flux<T> flux) {
        return Scratch.await(flux.collectList());
    }

    @Test
    void queries_nameColumnsAndRelations() {
        // tag::first[]
        Flux<Book> found = db.objects(BOOK)
                .filter(BOOK.author().email.endsWith("@example.org"), BOOK.pages.gt(100))
                .orderBy(BOOK.author().name.asc(), BOOK.pages.desc())
                .flux();
        // end::first[]
        assertThat(list(found)).extracting(Book::title).containsExactly("A2");

        // tag::toMany[]
        QuerySet<Author> long150 =
                authors.filter(AUTHOR.books().any(b -> b.pages.gt(150).and(b.title.startsWith("A"))));
        QuerySet<Author> every = authors.filter(AUTHOR.books().every(b -> b.pages.gte(200)));
        QuerySet<Author> busy = authors.filter(AUTHOR.books().count().gt(1));
        // end::toMany[]
        assertThat(list(long150.flux())).extracting(Author::name).containsExactly("Ann");
        assertThat(list(every.flux())).extracting(Author::name).containsExactly("Ben");
        assertThat(list(busy.flux())).extracting(Author::name).containsExactly("Ann");

        Integer least = null;
        // tag::optional[]
        Q<Author> grown = AUTHOR.age.gte(18);
        QuerySet<Author> some = authors.filter(grown, AUTHOR.age.gte(least).when(least != null));
        // end::optional[]
        assertThat(list(some.flux())).hasSize(1);

        // tag::exists[]
        QuerySet<Author> published =
                authors.filter(Q.exists(books.filter(BOOK.author().id.eq(outer(AUTHOR.id)), BOOK.pages.gt(250))));
        // end::exists[]
        assertThat(list(published.flux())).hasSize(1);
    }

    @Test
    void projections_readValues() {
        // tag::select[]
        record Card(String title, String author) {}

        Flux<String> titles = books.select(BOOK.title).flux();
        Flux<Optional<String>> mails = authors.selectOptional(AUTHOR.email).flux();
        Flux<Row2<String, Integer>> pairs = books.select(BOOK.title, BOOK.pages).flux();
        Flux<Card> cards =
                books.select(BOOK.title, BOOK.author().name, Card::new).flux();
        // end::select[]
        assertThat(list(titles)).hasSize(3);
        assertThat(list(mails)).contains(Optional.empty());
        assertThat(list(pairs)).contains(new Row2<>("A1", 100));
        assertThat(list(cards)).contains(new Card("B1", "Ben"));

        // tag::groups[]
        var number = count().as("number");
        Flux<Row2<String, Long>> perAuthor = books.groupBy(BOOK.author().name)
                .select(BOOK.author().name, number)
                .filter(number.gt(1))
                .flux();
        // end::groups[]
        assertThat(list(perAuthor)).containsExactly(new Row2<>("Ann", 2L));

        // tag::annotate[]
        var pages = AUTHOR.books().sum(b -> b.pages).as("pages");
        Flux<Annotated<Author>> annotated =
                authors.annotate(pages).orderBy(pages.desc()).flux();
        Flux<String> lines = annotated.map(one -> one.value().name() + " " + one.get(pages));
        // end::annotate[]
        assertThat(list(lines)).containsExactly("Ann 400", "Ben 200");

        // tag::aggregate[]
        Mono<Long> sum = books.sum(BOOK.pages);
        Mono<Row2<Long, Integer>> both = books.aggregate(count(), rillite.querysets.Agg.max(BOOK.pages));
        // end::aggregate[]
        assertThat(Scratch.await(sum)).isEqualTo(600L);
        assertThat(Scratch.await(both)).isEqualTo(new Row2<>(3L, 300));

        // tag::only[]
        Flux<Partial<Book>> light = books.only(BOOK.title).flux();
        Flux<String> names = light.map(book -> book.get(BOOK.title));
        // end::only[]
        assertThat(list(names)).hasSize(3);
    }

    @Test
    void functions_keepRootAndType() {
        // tag::fn[]
        TextExpr<Author> shown = Fn.concat(Fn.upper(AUTHOR.name), ", ", Fn.coalesce(AUTHOR.email, "no mail"));
        NumberExpr<Author, Integer> age = Fn.coalesce(AUTHOR.age, 0);
        Flux<String> lines = authors.filter(shown.startsWith("A").or(age.eq(0)))
                .select(shown)
                .flux();
        // end::fn[]
        assertThat(list(lines)).containsExactly("ANN, ann@example.org", "BEN, no mail");

        // tag::case[]
        TextExpr<Book> size = Case.when(BOOK.pages.lt(150), "short")
                .when(BOOK.pages.lt(250), "medium")
                .otherwise("long");
        Flux<Row2<String, String>> sizes = books.select(BOOK.title, size).flux();
        // end::case[]
        assertThat(list(sizes)).contains(new Row2<>("A1", "short"), new Row2<>("B1", "medium"));

        // tag::window[]
        var place = Window.rowNumber()
                .partitionBy(BOOK.authorId)
                .orderBy(BOOK.pages.desc())
                .as("place");
        Flux<String> longestOfEach =
                books.alias(place).filter(place.eq(1)).select(BOOK.title).flux();
        // end::window[]
        assertThat(list(longestOfEach)).containsExactlyInAnyOrder("A2", "B1");

        // tag::subquery[]
        QuerySet<Book> ofAuthor =
                books.filter(BOOK.author().id.eq(outer(AUTHOR.id))).orderBy(BOOK.pages.desc());
        NumberExpr<Author, Integer> most = Subquery.of(AUTHOR, ofAuthor.limit(1), BOOK.pages);
        Flux<Row2<String, Integer>> mostOfEach =
                authors.select(AUTHOR.name, most).flux();
        // end::subquery[]
        assertThat(list(mostOfEach)).contains(new Row2<>("Ann", 300), new Row2<>("Ben", 200));

        // tag::fts[]
        Flux<Row2<Long, String>> hits = books.filter(Fts.match(BOOK.bookSearch(), Fts.words("b1")))
                .orderBy(Fts.rank(BOOK.bookSearch()).asc())
                .select(BOOK.id, Fts.highlight(BOOK.bookSearch().title, "[", "]"))
                .flux();
        // end::fts[]
        assertThat(list(hits)).containsExactly(new Row2<>(3L, "[B1]"));
    }

    @Test
    void relations_areLoadedWhenAsked() {
        // tag::related[]
        Flux<Book> withAuthors = books.selectRelated(BOOK.author().mentor()).flux();
        Flux<String> mentors = withAuthors
                .mapNotNull(book -> book.author().get().mentor().orNull())
                .map(Author::name);

        Flux<Author> withBooks = authors.prefetchRelated(
                        AUTHOR.books().with(q -> q.orderBy(BOOK.pages.desc()).limit(1)))
                .flux();
        Flux<String> longest =
                withBooks.map(author -> author.books().list().get(0).title());
        // end::related[]
        assertThat(list(mentors)).containsExactly("Ann");
        assertThat(list(longest)).containsExactly("A2", "B1");

        List<Author> found = list(authors.flux());
        assertThatThrownBy(() -> found.get(0).books().list())
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("db.load(rows, \"books\")");
        // tag::load[]
        Mono<List<Author>> complete = db.load(found, AUTHOR.books(), AUTHOR.mentor());
        // end::load[]
        assertThat(Scratch.await(complete).get(0).books().size()).isEqualTo(2);
    }

    @Test
    void writes_takeAssignmentsAndRecords() {
        // tag::write[]
        Mono<Author> created = authors.insert(new NewAuthor("Zoe").age(30));
        Mono<Author> again = authors.create(AUTHOR.name.to("Yan"), AUTHOR.email.toNull());
        Mono<Long> longer = books.filter(BOOK.author().name.eq("Ann")).update(BOOK.pages.to(BOOK.pages.plus(10)));
        // end::write[]
        assertThat(Scratch.await(created).id()).isEqualTo(3);
        assertThat(Scratch.await(again).email()).isNull();
        assertThat(Scratch.await(longer)).isEqualTo(2L);

        Author ann = Scratch.await(authors.find(1));
        Author older =
                new Author(ann.id(), ann.name(), ann.email(), 41, ann.mentor(), ann.authorsAsMentor(), ann.books());
        // tag::row[]
        Mono<Author> stored = authors.updateRow(older, AUTHOR.age).ifUnchanged(AUTHOR.email);
        // end::row[]
        assertThat(Scratch.await(stored).age()).isEqualTo(41);
    }

    @Test
    void writesOfMany_takeRecords() {
        List<Book> changed = list(books.flux().map(b -> new Book(b.id(), b.title() + "!", b.author(), b.pages() + 1)));
        // tag::bulk[]
        Mono<BulkResult> inserted = authors.bulkInsert(
                        Flux.range(1, 1_000).map(i -> new NewAuthor("Author " + i).age(30)))
                .batch(500)
                .result();
        Mono<Long> updated = books.bulkUpdate(changed, BOOK.title, BOOK.pages);
        // end::bulk[]
        assertThat(Scratch.await(inserted).inserted()).isEqualTo(1_000L);
        assertThat(Scratch.await(updated)).isEqualTo(3L);

        // tag::getOrCreate[]
        Mono<Created<Author>> eve = authors.getOrCreate(
                new NewAuthor("Eve").email("eve@example.org").age(50), AUTHOR.email);
        Mono<Created<Author>> older = authors.updateOrCreate(
                List.of(AUTHOR.email.to("eve@example.org")),
                List.of(AUTHOR.age.to(AUTHOR.age.plus(1))),
                List.of(AUTHOR.name.to("Eve"), AUTHOR.age.to(1)));
        // end::getOrCreate[]
        assertThat(Scratch.await(eve).created()).isTrue();
        assertThat(Scratch.await(older).value().age()).isEqualTo(51);
    }

    @Test
    void links_takeRecords() {
        Author ben = Scratch.await(authors.find(2));
        Book book = Scratch.await(books.find(1));
        // tag::link[]
        TypedLink<Book> written = db.link(AUTHOR.books(), ben);
        Mono<Long> added = written.add(book);
        Mono<Book> made = written.create(BOOK.title.to("B2"), BOOK.pages.to(120));
        Mono<Long> byKey = db.link(AUTHOR.books(), Ref.of(1L)).byKey().add(List.of(1L, 2L));
        // end::link[]
        assertThat(Scratch.await(added)).isEqualTo(1L);
        assertThat(Scratch.await(made).author().id()).isEqualTo(2L);
        assertThat(Scratch.await(byKey)).isEqualTo(1L);
    }

    @Test
    void repositories_haveTheUsualNames() {
        // tag::repository[]
        Repository<Author, Long> people = db.repository(AUTHOR);
        Mono<Author> ann = people.findWithRelations(1L, AUTHOR.books());
        Flux<Author> grown = people.findBy(AUTHOR.age.gte(18));
        // end::repository[]
        assertThat(Scratch.await(ann).books().size()).isEqualTo(2);
        assertThat(list(grown)).hasSize(1);
    }

    @Test
    void everyTypedLookup_isOnThePage() {
        Stream.of(
                        Expr.class,
                        NumberExpr.class,
                        TextExpr.class,
                        BoolCol.class,
                        DateCol.class,
                        TimeCol.class,
                        DateTimeCol.class,
                        JsonCol.class,
                        ToMany.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !name.equals("toString"))
                .distinct()
                .forEach(name -> assertThat(PAGE).as(name).containsPattern("[`.]" + name + "[(`]"));
    }

    @Test
    void everyMethodOfRepository_isOnThePage() {
        Arrays.stream(Repository.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !name.equals("toString"))
                .forEach(name -> assertThat(PAGE).as(name).contains("`" + name));
    }
}
