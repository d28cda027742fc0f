package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The library cases that write, as calls. */
final class LibraryWriteCalls {

    private final Map<String, Function<Database, Publisher<?>>> calls;

    private LibraryWriteCalls(Map<String, Function<Database, Publisher<?>>> calls) {
        this.calls = calls;
    }

    static void addTo(Map<String, Function<Database, Publisher<?>>> calls) {
        LibraryWriteCalls writes = new LibraryWriteCalls(calls);
        writes.updates();
        writes.deletes();
        writes.rows();
        writes.getOrCreates();
        writes.links();
        writes.bulk();
    }

    private void on(String table, String id, Function<QuerySet<Row>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects(table)));
    }

    private void updates() {
        on("book", "L57", b -> b.filter("id", 1).update("pages", F.of("pages").plus(1)));
        on("book", "L58", b -> b.update("title", F.of("author__name")));
        on("book", "L59", b -> b.filter("author__name", "Ann").update("pages", 1));
        on("book", "L60", b -> b.filter("tags__name", "java").update("pages", 1));
        on("book", "L61", b -> b.update("author__name", "x"));
        on("book", "L62", b -> b.slice(0, 2).update("pages", 1));
        on("author", "L63", a -> a.annotate("n", Agg.count("books")).update("age", F.of("n")));
        calls.put(
                "L64",
                db -> db.objects("author")
                        .update(
                                "age",
                                Subquery.of(db.objects("book")
                                        .filter("author", F.outer("id"))
                                        .orderBy("-pages")
                                        .limit(1)
                                        .values("pages"))));
        on("book", "L65", b -> b.filter("id", 1).update("publisher", null));
        on("book", "L66", b -> b.orderBy("id").update("pages", 1));
        on(
                "book",
                "L67",
                b -> b.update("pages", Case.when(Q.of("pages__gte", 200), 1).otherwise(0)));
        on("book", "L68", b -> b.distinct().update("pages", 3));
    }

    private void deletes() {
        on("author", "L69", a -> a.filter("id", 4).delete());
        on("author", "L70", a -> a.filter("id", 1).delete());
        on("publisher", "L71", p -> p.filter("id", 1).delete());
        on("review", "L72", r -> r.filter("stars", 5).delete());
        on("review", "L73", r -> r.filter("book__author__name", "Ann").delete());
        on("review", "L74", r -> r.slice(0, 1).delete());
        on("review", "L75", r -> r.distinct().delete());
        on("review", "L76", r -> r.values("id").delete());
        on("author", "L77", a -> a.filter("id", 2).delete());
        on(
                "author",
                "L203",
                a -> Flux.concat(
                        a.none().count(),
                        a.none().exists(),
                        a.none().update("age", 1),
                        a.none().delete().map(LibraryWriteCalls::plain),
                        a.none().first().<Object>map(row -> row).defaultIfEmpty(LibraryCasesTests.NULL)));
    }

    private static Map<String, Object> plain(Deleted deleted) {
        return Map.of("total", deleted.total(), "tables", deleted.byTable());
    }

    private void rows() {
        on("publisher", "L264", p -> p.save(Fields.of("id", 88, "name", "s")));
        on("publisher", "L265", p -> p.updateRow(Fields.of("id", 88, "name", "s"), "name"));
        on("publisher", "L266", p -> p.insert(Fields.of("id", 1, "name", "s")));
    }

    private void getOrCreates() {
        on(
                "publisher",
                "L250",
                p -> p.getOrCreate(Fields.of("name", "Pub1"), Fields.of("name", "zz"))
                        .map(Created::created));
        on("publisher", "L251", p -> p.getOrCreate(Fields.of("name", "PubX")).map(Created::created));
        on(
                "publisher",
                "L252",
                p -> p.getOrCreate(Fields.of("name__iexact", "nobody"), Fields.of("name", "N"))
                        .flatMapIterable(LibraryWriteCalls::nameAndCreated));
        on("author", "L253", a -> a.getOrCreate(Fields.of("age", 30)));
        on(
                "publisher",
                "L254",
                p -> p.updateOrCreate(Fields.of("id", 1), Fields.of("name", "zz"))
                        .map(Created::created));
        on(
                "publisher",
                "L255",
                p -> p.updateOrCreate(Fields.of("id", 77), Fields.of("name", "u"), Fields.of("name", "c"))
                        .flatMapIterable(LibraryWriteCalls::nameAndCreated));
    }

    private static List<Object> nameAndCreated(Created<Row> row) {
        return List.of(row.value().asMap().get("name"), row.created());
    }

    private void links() {
        calls.put("L256", db -> db.link("book", "tags", 1L).add(1L, 3L));
        calls.put("L257", db -> db.link("book", "tags", 1L).set(2L, 3L));
        calls.put("L258", db -> db.link("book", "tags", 1L).remove(1L, 4L));
        calls.put("L259", db -> db.link("book", "tags", 1L).clear());
        calls.put("L260", db -> db.link("book", "tags", 1L).create("name", "z"));
        calls.put("L261", db -> db.link("publisher", "books", 2L).add(3L));
        calls.put("L262", db -> db.link("publisher", "books", 1L).remove(1L));
        calls.put("L263", db -> db.link("publisher", "books", 1L).clear());
    }

    private static Flux<Fields> authors(int count) {
        return Flux.range(0, count).map(i -> Fields.of("name", "n" + i));
    }

    private static Flux<Fields> publishers() {
        return Flux.just(Fields.of("id", 1, "name", "dup"), Fields.of("id", 9, "name", "new"));
    }

    private void bulk() {
        on("author", "L238", a -> a.bulkCreate(authors(600)).result().map(BulkResult::inserted));
        on("author", "L239", a -> a.bulkCreate(authors(3)).batch(2).rows());
        on("author", "L240", a -> a.bulkCreate(Flux.<Fields>empty()).rows());
        on(
                "publisher",
                "L241",
                p -> p.bulkCreate(publishers()).onConflictIgnore().rows());
        on(
                "publisher",
                "L242",
                p -> p.bulkCreate(publishers())
                        .onConflictUpdate("id")
                        .set("name")
                        .rows());
        on(
                "publisher",
                "L243",
                p -> p.bulkCreate(Flux.just(Fields.of("name", "x"), Fields.of("id", 50, "name", "y")))
                        .rows());
        on(
                "author",
                "L245",
                a -> a.bulkUpdate(Flux.just(Fields.of("id", 1, "age", 1), Fields.of("id", 2, "age", null)), "age"));
        on(
                "author",
                "L246",
                a -> a.bulkUpdate(Flux.just(Fields.of("id", 1, "age", 1), Fields.of("id", 99, "age", 5)), "age"));
        on("author", "L247", a -> a.bulkUpdate(Flux.just(Fields.of("age", 1)), "age"));
        on("author", "L248", a -> a.bulkUpdate(Flux.just(Fields.of("id", 1)), "id"));
        on("author", "L249", a -> a.bulkUpdate(Flux.just(Fields.of("id", 1))));
    }
}
