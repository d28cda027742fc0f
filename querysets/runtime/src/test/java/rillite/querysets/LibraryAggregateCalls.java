package rillite.querysets;

import java.util.List;
import reactor.core.publisher.Mono;

/** The library cases about aggregates, windows and set operations, spelled as the suite spells them. */
final class LibraryAggregateCalls extends LibraryCalls {

    LibraryAggregateCalls(Database db) {
        super(db);
        first();
        second();
    }

    private void first() {
        call(
                "L133",
                () -> authors.filter("id", 1)
                        .annotate("s", Agg.sum("books__pages"), "n", Agg.count("books__reviews"))
                        .values("s", "n")
                        .get());
        call(
                "L134",
                () -> authors.filter("id", 1)
                        .annotate("b", Agg.count("books"), "r", Agg.count("books__reviews"))
                        .values("b", "r")
                        .get());
        call(
                "L135",
                () -> authors.filter("id", 1)
                        .annotate(
                                "b",
                                Agg.count("books").distinct(),
                                "r",
                                Agg.count("books__reviews").distinct())
                        .values("b", "r")
                        .get());
        call(
                "L136",
                () -> authors.none()
                        .aggregate("age__sum", Agg.sum("age"), "id__count", Agg.count("id"), "m", Agg.max("age")));
        call("L137", () -> summed(authors.filter("id", 99)));
        call("L138", () -> summed(authors.filter("id__in", List.of())));
        call("L139", () -> authors.aggregate("a", Agg.avg("age"), "c", Agg.count("age"), "n", Agg.count()));
        call("L140", () -> authors.orderBy("id").slice(0, 2).aggregate("s", Agg.sum("age")));
        call("L141", () -> books.values("pages").distinct().aggregate("s", Agg.sum("pages")));
        call("L142", () -> authors.annotate("n", Agg.count("books")).aggregate("m", Agg.max("n")));
        call("L143", () -> books.values("pages").annotate("n", Agg.count("id")).orderBy("pages"));
        call(
                "L144",
                () -> books.annotate("n", Agg.count("tags"))
                        .values("pages", "n")
                        .orderBy("id"));
        call("L145", () -> books.orderBy("title").values("pages").annotate("n", Agg.count("id")));
        call(
                "L146",
                () -> authors.filter("books__pages__gt", 100)
                        .annotate("n", Agg.count("books"))
                        .values("id", "n")
                        .orderBy("id"));
        call(
                "L147",
                () -> authors.annotate("n", Agg.count("books"))
                        .filter("books__pages__gt", 100)
                        .values("id", "n")
                        .orderBy("id"));
        call(
                "L148",
                () -> authors.annotate("n", Agg.count("books"))
                        .filter("n__gt", 1, "age__gt", 1)
                        .values("id", "n"));
        call(
                "L149",
                () -> authors.annotate("n", Agg.count("books"))
                        .filter(Q.of("n__gt", 1).or(Q.of("age", 25)))
                        .orderBy("id")
                        .values("id", "n"));
        call(
                "L150",
                () -> authors.annotate("n", Agg.count("books").filter(Q.of("pages__gt", 100)))
                        .orderBy("id")
                        .values("id", "n"));
        call("L151", () -> authors.annotate("name", Agg.count("books")));
        call("L152", () -> authors.annotate("n", Agg.count("books")).annotate("m", Agg.sum(Agg.count("books"))));
        call(
                "L153",
                () -> authors.orderBy("id")
                        .annotate(
                                "n",
                                Fn.coalesce(
                                        Subquery.of(books.filter("author", F.outer("id"))
                                                .unordered()
                                                .values("author")
                                                .annotate("c", Agg.count("id"))
                                                .values("c")),
                                        0))
                        .values("id", "n"));
        call("L154", () -> authors.filter(Q.exists(books.filter("author", F.outer("id"), "pages__gte", 300))));
        call(
                "L155",
                () -> authors.filter(
                        Q.exists(books.filter("author", F.outer("id"))).not()));
        call(
                "L156",
                () -> books.annotate(
                                "r", Window.rowNumber().partitionBy("author").orderBy("-pages"))
                        .filter("r", 1)
                        .orderBy("id")
                        .values("id", "r"));
        call(
                "L157",
                () -> books.annotate("r", Window.rank().orderBy("pages"))
                        .orderBy("r", "id")
                        .values("id", "r"));
        call(
                "L158",
                () -> authors.filter("id__lte", 2)
                        .values("id")
                        .union(authors.filter("id__in", List.of(2, 3)).values("id"))
                        .orderBy("-id")
                        .flat(Long.class));
        call(
                "L159",
                () -> authors.filter("id__lte", 2)
                        .values("id")
                        .unionAll(authors.filter("id__in", List.of(2, 3)).values("id"))
                        .orderBy("id")
                        .flat(Long.class));
        call(
                "L160",
                () -> authors.filter("id", 1).union(authors.filter("id", 2)).filter("name", "x"));
        call(
                "L161",
                () -> authors.orderBy("id")
                        .slice(0, 1)
                        .union(authors.orderBy("-id").slice(0, 1))
                        .orderBy("id"));
        call(
                "L162",
                () -> authors.orderBy("id")
                        .union(authors.orderBy("-id"))
                        .values("id")
                        .flat(Long.class));
        call(
                "L163",
                () -> authors.filter("id", 1).union(authors.filter("id", 2)).count());
        call("L164", () -> authors.none().union(authors.filter("id", 2)));
        call(
                "L165",
                () -> authors.filter("id__lte", 2)
                        .intersect(authors.filter("id__gte", 2))
                        .orderBy("id"));
        call(
                "L166",
                () -> authors.filter("id__lte", 2)
                        .except(authors.filter("id__gte", 2))
                        .values("id")
                        .flat(Long.class));
        call("L167", () -> authors.intersect(authors.none()));
        call("L168", () -> authors.none().except(authors));
        call("L169", () -> authors.values("id").union(books.values("id", "title")));
        call("L170", () -> authors.filter("age", 30).or(authors.filter("id", 1)).orderBy("id"));
        call(
                "L171",
                () -> authors.filter("age", 30).and(authors.filter("id", 4)).orderBy("id"));
        call(
                "L172",
                () -> authors.filter("age", 30)
                        .xor(authors.filter("id__lte", 2))
                        .orderBy("id"));
        call(
                "L173",
                () -> authors.filter(Q.of("id__lte", 3).xor(Q.of("id__lte", 2)).xor(Q.of("id", 1)))
                        .orderBy("id"));
    }

    private static Mono<Row> summed(QuerySet<Row> some) {
        return some.aggregate(
                "s", Agg.sum("age"), "c", Agg.count("id"), "d", Agg.sum("age").orElse(0));
    }

    private void second() {
        call("L174", () -> authors.or(books));
        call(
                "L213",
                () -> authors.annotate("n", Agg.count("books")).exclude("n", 0).orderBy("id"));
        call(
                "L214",
                () -> authors.alias("n", Agg.count("books")).filter("n__gte", 2).values());
        call("L215", () -> authors.alias("n", Agg.count("books")).values("n"));
    }
}
