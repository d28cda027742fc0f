package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The library cases about windows, orders, terminals, writes of sets and what is read, spelled as the suite spells them. */
final class LibraryRowCalls extends LibraryCalls {

    LibraryRowCalls(Database db) {
        super(db);
        first();
        second();
    }

    private void first() {
        call("L20", () -> authors.slice(0, 2).filter("id", 1));
        call("L21", () -> authors.slice(0, 2).orderBy("id"));
        call("L22", () -> authors.slice(-1));
        call("L23", () -> authors.orderBy("id").slice(1, 4).slice(1, 2));
        call("L24", () -> authors.orderBy("id").slice(1, 4).slice(5));
        call("L25", () -> authors.orderBy("id").slice(3));
        call("L26", () -> authors.slice(0, 0));
        call("L27", () -> books.filter("author__in", authors.orderBy("-id").slice(0, 2)));
        call("L28", () -> books.filter("author__in", authors.orderBy("-id")));
        call("L29", () -> authors.distinct().orderBy("books__pages"));
        call("L30", () -> books.values("pages").distinct().orderBy("title"));
        call("L31", () -> books.distinctOn("author"));
        call(
                "L32",
                () -> books.filter("tags__name__in", List.of("java", "sql"))
                        .distinct()
                        .count());
        call("L33", () -> books.filter("tags__name__in", List.of("java", "sql")).count());
        call("L34", () -> authors.slice(1, 3).count());
        call("L36", () -> authors.annotate("n", Agg.count("books")).count());
        call(
                "L37",
                () -> authors.annotate("n", Agg.count("books"))
                        .filter("n__gt", 0)
                        .count());
        call("L38", () -> authors.filter("age", 30).orderBy("name").exists());
        call("L39", () -> authors.slice(10).exists());
        call("L40", () -> authors.filter("age", 30).contains(1L));
        call("L41", () -> authors.filter("age", 30).first());
        call("L42", () -> authors.filter("age", 30).last());
        call("L43", () -> authors.orderBy("-name").first());
        call("L44", () -> authors.orderBy("age", "id").last());
        call("L45", () -> authors.filter("id", 99).first());
        call("L46", () -> authors.orderBy("id").slice(0, 2).last());
        call("L47", () -> authors.orderBy("age", "-name").reverse());
        call("L48", () -> authors.get("id", 99));
        call("L49", () -> authors.get("age", 30));
        call("L50", () -> authors.orderBy("id").slice(0, 1).get("age", 40));
        call("L51", () -> authors.inBulk(List.of(3, 1, 99, 1)));
        call("L52", () -> authors.inBulk(List.of()));
        call("L53", () -> authors.inBulk("age", List.of(30)));
        call("L54", () -> authors.slice(0, 1).inBulk(List.of(1)));
        call(
                "L55",
                () -> authors.inBulk(LongStream.range(0, 2500).boxed().toList()).map(Map::size));
        call("L56", () -> books.earliest("published"));
    }

    private void second() {
        call(
                "L179",
                () -> authors.orderBy(F.of("age").asc().nullsLast(), F.of("id").asc()));
        call("L180", () -> authors.orderBy("age", "id"));
        call("L181", () -> authors.orderRandom().count());
        call("L182", () -> authors.orderBy("books__pages", "id"));
        call("L183", () -> authors.orderBy("nope"));
        call("L184", () -> authors.orderBy("name").unordered());
        call("L185", () -> authors.orderBy("name; drop"));
        call("L186", () -> authors.filter("nmae", "x"));
        call("L187", () -> authors.filter("name__startwith", "x"));
        call("L188", () -> books.values("author", "author_id", "author__name").limit(1));
        call("L189", () -> books.values("id", "title").flat(Long.class));
        call("L190", () -> books.values("id", "tags__name").orderBy("id", "tags__id"));
        call(
                "L196",
                () -> authors.annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .values("id", "big__title")
                        .orderBy("id", "big__id"));
        call(
                "L197",
                () -> authors.annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .filter("big__isnull", true));
        call("L198", () -> books.filter("pages__gt", F.of("author__age")).orderBy("id"));
        call("L199", () -> authors.filter("age__gt", F.of("mentor__age")));
        call(
                "L200",
                () -> books.filter("id", 3)
                        .annotate("x", F.of("pages").div(7))
                        .values("x")
                        .flat(Long.class));
        call(
                "L201",
                () -> authors.orderBy("id")
                        .annotate(
                                "x",
                                Case.when(Q.of("age", null), "n")
                                        .when(Q.of("age__gt", 30), "o")
                                        .otherwise("y"))
                        .values("x")
                        .flat(String.class));
        call("L202", () -> authors.none());
        call("L204", () -> authors.filter("id", 1).explain());
        call(
                "L267",
                () -> db.sql("select id, name from author where age > ?", 29)
                        .values("name")
                        .flat(String.class));
        call("L268", () -> db.sql("select name from author").as("author"));
    }
}
