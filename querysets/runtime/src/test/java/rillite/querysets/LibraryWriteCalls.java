package rillite.querysets;

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
}
