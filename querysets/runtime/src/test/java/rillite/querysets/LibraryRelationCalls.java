package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** The library cases that read related rows, aggregates, windows and set operations, as calls. */
final class LibraryRelationCalls {

    private LibraryRelationCalls() {}

    static void addTo(Map<String, Function<Database, Publisher<?>>> calls) {
        part1(calls);
        part2(calls);
        part3(calls);
    }

    private static void part1(Map<String, Function<Database, Publisher<?>>> calls) {
        calls.put("L7", db -> db.objects("book").exclude("publisher__name", "Pub1"));
        calls.put("L8", db -> db.objects("author").exclude("books__pages", 100));
        calls.put("L9", db -> db.objects("book").exclude("reviews__stars", 5, "reviews__body", "good"));
        calls.put("L10", db -> db.objects("book").filter("reviews__stars", 2, "reviews__body", "good"));
        calls.put("L11", db -> db.objects("book").filter("reviews__stars", 2).filter("reviews__body", "good"));
        calls.put("L12", db -> db.objects("book").filter("reviews__stars", 5));
        calls.put(
                "L13",
                db -> db.objects("book")
                        .filter("tags__name__in", List.of("java", "sql"))
                        .distinct());
        calls.put("L29", db -> db.objects("author").distinct().orderBy("books__pages"));
        calls.put("L31", db -> db.objects("book").distinctOn("author"));
        calls.put(
                "L32",
                db -> db.objects("book")
                        .filter("tags__name__in", List.of("java", "sql"))
                        .distinct()
                        .count());
        calls.put(
                "L33",
                db -> db.objects("book")
                        .filter("tags__name__in", List.of("java", "sql"))
                        .count());
        calls.put(
                "L36",
                db -> db.objects("author").annotate("n", Agg.count("books")).count());
        calls.put(
                "L37",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .filter("n__gt", 0)
                        .count());
        calls.put(
                "L89",
                db -> db.objects("book")
                        .filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300)))
                        .orderBy("id"));
        calls.put(
                "L90",
                db -> db.objects("book")
                        .filter("publisher__name", "Pub1")
                        .filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300)))
                        .orderBy("id"));
        calls.put(
                "L91",
                db -> db.objects("book")
                        .filter(Q.of("publisher__name", "Pub1").or(Q.of("publisher__name", "Pub2")))
                        .orderBy("id"));
        calls.put(
                "L92",
                db -> db.objects("author")
                        .filter(Q.of("books__pages", 300).or(Q.of("name", "Éva")))
                        .orderBy("id"));
        calls.put(
                "L93",
                db -> db.objects("author")
                        .filter(Q.of("books__pages", 300).or(Q.of("name__startswith", "a_b")))
                        .orderBy("id"));
        calls.put(
                "L94",
                db -> db.objects("book").filter("publisher__isnull", true).orderBy("id"));
        calls.put(
                "L95",
                db -> db.objects("book").filter("publisher__name__isnull", true).orderBy("id"));
    }

    private static void part2(Map<String, Function<Database, Publisher<?>>> calls) {
        calls.put("L96", db -> db.objects("author").filter("books__isnull", true));
        calls.put(
                "L97", db -> db.objects("author").filter("books__isnull", false).orderBy("id"));
        calls.put(
                "L133",
                db -> db.objects("author")
                        .filter("id", 1)
                        .annotate("s", Agg.sum("books__pages"), "n", Agg.count("books__reviews"))
                        .values("s", "n")
                        .get());
        calls.put(
                "L134",
                db -> db.objects("author")
                        .filter("id", 1)
                        .annotate("b", Agg.count("books"), "r", Agg.count("books__reviews"))
                        .values("b", "r")
                        .get());
        calls.put(
                "L135",
                db -> db.objects("author")
                        .filter("id", 1)
                        .annotate(
                                "b",
                                Agg.count("books").distinct(),
                                "r",
                                Agg.count("books__reviews").distinct())
                        .values("b", "r")
                        .get());
        calls.put(
                "L136",
                db -> db.objects("author")
                        .none()
                        .aggregate("age__sum", Agg.sum("age"), "id__count", Agg.count("id"), "m", Agg.max("age")));
        calls.put(
                "L137",
                db -> db.objects("author")
                        .filter("id", 99)
                        .aggregate(
                                "s",
                                Agg.sum("age"),
                                "c",
                                Agg.count("id"),
                                "d",
                                Agg.sum("age").orElse(0)));
        calls.put(
                "L138",
                db -> db.objects("author")
                        .filter("id__in", List.of())
                        .aggregate(
                                "s",
                                Agg.sum("age"),
                                "c",
                                Agg.count("id"),
                                "d",
                                Agg.sum("age").orElse(0)));
        calls.put(
                "L139",
                db -> db.objects("author").aggregate("a", Agg.avg("age"), "c", Agg.count("age"), "n", Agg.count()));
        calls.put("L140", db -> db.objects("author").orderBy("id").slice(0, 2).aggregate("s", Agg.sum("age")));
        calls.put("L141", db -> db.objects("book").values("pages").distinct().aggregate("s", Agg.sum("pages")));
        calls.put(
                "L142",
                db -> db.objects("author").annotate("n", Agg.count("books")).aggregate("m", Agg.max("n")));
        calls.put(
                "L143",
                db -> db.objects("book")
                        .values("pages")
                        .annotate("n", Agg.count("id"))
                        .orderBy("pages"));
        calls.put(
                "L144",
                db -> db.objects("book")
                        .annotate("n", Agg.count("tags"))
                        .values("pages", "n")
                        .orderBy("id"));
        calls.put(
                "L145",
                db -> db.objects("book").orderBy("title").values("pages").annotate("n", Agg.count("id")));
        calls.put(
                "L146",
                db -> db.objects("author")
                        .filter("books__pages__gt", 100)
                        .annotate("n", Agg.count("books"))
                        .values("id", "n")
                        .orderBy("id"));
        calls.put(
                "L147",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .filter("books__pages__gt", 100)
                        .values("id", "n")
                        .orderBy("id"));
        calls.put(
                "L148",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .filter("n__gt", 1, "age__gt", 1)
                        .values("id", "n"));
        calls.put(
                "L149",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .filter(Q.of("n__gt", 1).or(Q.of("age", 25)))
                        .orderBy("id")
                        .values("id", "n"));
        calls.put(
                "L150",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books").filter(Q.of("pages__gt", 100)))
                        .orderBy("id")
                        .values("id", "n"));
        calls.put("L151", db -> db.objects("author").annotate("name", Agg.count("books")));
        calls.put(
                "L152",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .annotate("m", Agg.sum(Agg.count("books"))));
        calls.put(
                "L154",
                db -> db.objects("author")
                        .filter(Q.exists(db.objects("book").filter("author", F.outer("id"), "pages__gte", 300))));
        calls.put(
                "L155",
                db -> db.objects("author")
                        .filter(Q.exists(db.objects("book").filter("author", F.outer("id")))
                                .not()));
        calls.put(
                "L156",
                db -> db.objects("book")
                        .annotate("r", Window.rowNumber().partitionBy("author").orderBy("-pages"))
                        .filter("r", 1)
                        .orderBy("id")
                        .values("id", "r"));
        calls.put(
                "L157",
                db -> db.objects("book")
                        .annotate("r", Window.rank().orderBy("pages"))
                        .orderBy("r", "id")
                        .values("id", "r"));
        calls.put(
                "L158",
                db -> db.objects("author")
                        .filter("id__lte", 2)
                        .values("id")
                        .union(db.objects("author")
                                .filter("id__in", List.of(2, 3))
                                .values("id"))
                        .orderBy("-id")
                        .flat(Long.class));
    }

    private static void part3(Map<String, Function<Database, Publisher<?>>> calls) {
        calls.put(
                "L159",
                db -> db.objects("author")
                        .filter("id__lte", 2)
                        .values("id")
                        .unionAll(db.objects("author")
                                .filter("id__in", List.of(2, 3))
                                .values("id"))
                        .orderBy("id")
                        .flat(Long.class));
        calls.put(
                "L160",
                db -> db.objects("author")
                        .filter("id", 1)
                        .union(db.objects("author").filter("id", 2))
                        .filter("name", "x"));
        calls.put(
                "L161",
                db -> db.objects("author")
                        .orderBy("id")
                        .slice(0, 1)
                        .union(db.objects("author").orderBy("-id").slice(0, 1))
                        .orderBy("id"));
        calls.put(
                "L162",
                db -> db.objects("author")
                        .orderBy("id")
                        .union(db.objects("author").orderBy("-id"))
                        .values("id")
                        .flat(Long.class));
        calls.put(
                "L163",
                db -> db.objects("author")
                        .filter("id", 1)
                        .union(db.objects("author").filter("id", 2))
                        .count());
        calls.put(
                "L164",
                db -> db.objects("author").none().union(db.objects("author").filter("id", 2)));
        calls.put(
                "L165",
                db -> db.objects("author")
                        .filter("id__lte", 2)
                        .intersect(db.objects("author").filter("id__gte", 2))
                        .orderBy("id"));
        calls.put(
                "L166",
                db -> db.objects("author")
                        .filter("id__lte", 2)
                        .except(db.objects("author").filter("id__gte", 2))
                        .values("id")
                        .flat(Long.class));
        calls.put(
                "L167",
                db -> db.objects("author").intersect(db.objects("author").none()));
        calls.put("L168", db -> db.objects("author").none().except(db.objects("author")));
        calls.put(
                "L169",
                db -> db.objects("author").values("id").union(db.objects("book").values("id", "title")));
        calls.put("L182", db -> db.objects("author").orderBy("books__pages", "id"));
        calls.put(
                "L188",
                db -> db.objects("book")
                        .values("author", "author_id", "author__name")
                        .limit(1));
        calls.put("L190", db -> db.objects("book").values("id", "tags__name").orderBy("id", "tags__id"));
        calls.put(
                "L196",
                db -> db.objects("author")
                        .annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .values("id", "big__title")
                        .orderBy("id", "big__id"));
        calls.put(
                "L197",
                db -> db.objects("author")
                        .annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .filter("big__isnull", true));
        calls.put(
                "L198",
                db -> db.objects("book")
                        .filter("pages__gt", F.of("author__age"))
                        .orderBy("id"));
        calls.put("L199", db -> db.objects("author").filter("age__gt", F.of("mentor__age")));
        calls.put(
                "L200",
                db -> db.objects("book")
                        .filter("id", 3)
                        .annotate("x", F.of("pages").div(7))
                        .values("x")
                        .flat(Long.class));
        calls.put(
                "L201",
                db -> db.objects("author")
                        .orderBy("id")
                        .annotate(
                                "x",
                                Case.when(Q.of("age", null), "n")
                                        .when(Q.of("age__gt", 30), "o")
                                        .otherwise("y"))
                        .values("x")
                        .flat(String.class));
        calls.put("L207", db -> db.objects("author").filter("mentor__mentor__name", "Ann"));
        calls.put(
                "L208",
                db -> db.objects("author")
                        .exclude("mentor__mentor__name", "Ann")
                        .orderBy("id"));
        calls.put("L209", db -> db.objects("book").exclude("tags__name", "java").orderBy("id"));
        calls.put("L210", db -> db.objects("book").exclude("tags__isnull", true).orderBy("id"));
        calls.put(
                "L211",
                db -> db.objects("book")
                        .filter(Q.of("pages", 100)
                                .and(Q.of("tags__name", "java").not()))
                        .orderBy("id"));
        calls.put("L212", db -> db.objects("book").filter("tags__name", "java").filter("tags__name", "sql"));
        calls.put(
                "L213",
                db -> db.objects("author")
                        .annotate("n", Agg.count("books"))
                        .exclude("n", 0)
                        .orderBy("id"));
        calls.put(
                "L214",
                db -> db.objects("author")
                        .alias("n", Agg.count("books"))
                        .filter("n__gte", 2)
                        .values());
        calls.put(
                "L215",
                db -> db.objects("author").alias("n", Agg.count("books")).values("n"));
    }
}
