package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The library cases that choose columns and load related rows, as calls. */
final class LibraryLoadingCalls {

    private final Map<String, Function<Database, Publisher<?>>> calls;

    private LibraryLoadingCalls(Map<String, Function<Database, Publisher<?>>> calls) {
        this.calls = calls;
    }

    static void addTo(Map<String, Function<Database, Publisher<?>>> calls) {
        LibraryLoadingCalls library = new LibraryLoadingCalls(calls);
        library.joins();
        library.columns();
        library.prefetches();
        library.prefetchQueries();
        library.prefetchStreams();
    }

    private void authors(String id, Function<QuerySet<Row>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects("author")));
    }

    private void books(String id, Function<QuerySet<Row>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects("book")));
    }

    /** The rows of a whole list, each as something else. */
    private static Flux<Object> read(QuerySet<Row> query, Function<Row, Object> reading) {
        return query.list().flatMapIterable(rows -> rows).map(reading);
    }

    /** The key, and a value of the one related row. */
    private static List<@Nullable Object> pair(Row row, String relation, String name) {
        Row related = row.one(relation);
        return Arrays.asList(row.pk(), related == null ? null : related.get(name));
    }

    private static List<Object> tree(Row row, String relation, Function<Row, Object> child) {
        return List.of(row.pk(), row.list(relation).stream().map(child).toList());
    }

    private void joins() {
        books("L35", b -> b.selectRelated("author").orderBy("title").count());
        books("L78", b -> read(b.selectRelated("publisher").orderBy("id"), row -> pair(row, "publisher", "name")));
        books("L79", b -> read(b.selectRelated("author").orderBy("id"), row -> pair(row, "author", "name")));
        calls.put(
                "L80",
                db -> read(
                        db.objects("review")
                                .selectRelated("book__author__mentor")
                                .orderBy("id"),
                        row -> {
                            Row author = Objects.requireNonNull(
                                    Objects.requireNonNull(row.one("book")).one("author"));
                            Row mentor = author.one("mentor");
                            return Arrays.asList(row.pk(), mentor == null ? null : mentor.pk());
                        }));
        books("L81", b -> b.selectRelated("publisher").filter("publisher__name", "Pub1"));
        authors("L82", a -> read(a.selectRelated("profile").orderBy("id"), row -> pair(row, "profile", "bio")));
        authors(
                "L83",
                a -> a.selectRelated("profile")
                        .get("id", 3)
                        .flatMapMany(row -> Flux.fromStream(java.util.stream.Stream.ofNullable(row.one("profile")))));
        books("L84", b -> b.selectRelated("tags"));
        books("L85", b -> b.selectRelated("nope"));
        authors("L86", a -> read(a.selectRelated("mentor").orderBy("id"), row -> pair(row, "mentor", "name")));
        books(
                "L87",
                b -> read(
                        b.selectRelated("author")
                                .only("title", "author__name")
                                .orderBy("id")
                                .limit(1),
                        row -> Arrays.asList(
                                row.get("title"),
                                Objects.requireNonNull(row.one("author")).get("name"))));
        books("L88", b -> b.selectRelated("author").values("title").limit(1));
    }

    private void columns() {
        books("L191", b -> b.values("id").defer("title"));
        books("L192", b -> unloaded(b.defer("title", "pages").limit(1)));
        books("L193", b -> unloaded(b.only("title").limit(1)));
        books("L194", b -> unloaded(b.only("title").only("pages").limit(1)));
        books("L195", b -> b.selectRelated("author").only("title").limit(1));
    }

    private static Flux<String> unloaded(QuerySet<Row> query) {
        return query.flux().flatMapIterable(Row::unloadedNames);
    }

    private void prefetches() {
        authors("L216", a -> read(a.prefetchRelated("books").orderBy("id"), row -> tree(row, "books", Row::pk)));
        books("L217", b -> read(b.prefetchRelated("tags").orderBy("id"), row -> tree(row, "tags", Row::pk)));
        authors(
                "L218",
                a -> read(
                        a.prefetchRelated("books__tags").orderBy("id"),
                        row -> tree(
                                row,
                                "books",
                                book -> tree(book, "tags", tag -> Objects.requireNonNull(tag.get("name"))))));
        books("L219", b -> read(b.prefetchRelated("publisher").orderBy("id"), row -> pair(row, "publisher", "name")));
        authors(
                "L220",
                a -> read(
                        a.prefetchRelated("mentees__mentor").orderBy("id"),
                        row -> tree(
                                row,
                                "mentees",
                                mentee -> List.of(
                                        mentee.pk(),
                                        Objects.requireNonNull(mentee.one("mentor"))
                                                .pk()))));
        authors("L221", a -> a.none().prefetchRelated("books"));
        authors("L222", a -> a.filter("mentor", null).prefetchRelated("mentor__books"));
        authors("L226", a -> a.prefetchRelated("nope"));
        authors("L227", a -> a.prefetchRelated("name"));
        authors("L229", a -> a.prefetchRelated("books").values("id").slice(0, 2));
        authors(
                "L232",
                a -> read(a.prefetchRelated("books").filter("id", 1), row -> row.list("books"))
                        .flatMapIterable(books -> (List<?>) books)
                        .map(book -> Objects.requireNonNull(Objects.requireNonNull(((Row) book).one("author"))
                                .get("name"))));
    }

    private void prefetchQueries() {
        authors(
                "L223",
                a -> read(
                        a.prefetchRelated(Prefetch.of(
                                                "books",
                                                q -> q.filter("pages__gt", 100).orderBy("-pages"))
                                        .as("big"))
                                .orderBy("id"),
                        row -> tree(row, "big", Row::pk)));
        authors(
                "L224",
                a -> read(
                        a.prefetchRelated(Prefetch.of(
                                                "books",
                                                q -> q.orderBy("-pages").limit(1))
                                        .as("top"))
                                .orderBy("id"),
                        row -> tree(row, "top", Row::pk)));
        authors("L228", a -> a.prefetchRelated("books").prefetchRelated(Prefetch.of("books", q -> q)));
    }

    private void prefetchStreams() {
        authors("L237", a -> a.prefetchRelated("books").list().map(List::size));
        authors("L233", a -> a.prefetchRelated("books").flux().count());
        authors(
                "L234",
                a -> a.orderBy("id")
                        .prefetchRelated("books")
                        .fetchSize(2)
                        .flux()
                        .count());
        authors("L235", a -> a.prefetchRelated("books").withoutRelated().flux().count());
        authors(
                "L236",
                a -> read(a.orderBy("id").prefetchRelated("books").slice(0, 1), row -> tree(row, "books", Row::pk)));
    }
}
